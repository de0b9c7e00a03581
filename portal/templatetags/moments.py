from django import template
from django.utils.timezone import localtime

from ..formats import period, time_of_day

register = template.Library()
register.simple_tag(period)


@register.filter
def clock_time(moment):
    """A moment's time of day, here in Belgium."""
    return time_of_day(localtime(moment))
