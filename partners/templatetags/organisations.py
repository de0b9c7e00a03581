from django import template

from ..organisations.municipal_names import name_for_strangers

register = template.Library()
register.filter("for_strangers", name_for_strangers)
