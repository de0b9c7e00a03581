from django import template

from ..formats import euro

register = template.Library()
register.filter("euro", euro)
