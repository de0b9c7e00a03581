from django import template

from ..formats import file_size

register = template.Library()
register.filter("file_size", file_size)
