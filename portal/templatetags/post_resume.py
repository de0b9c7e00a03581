from django import template
from django.utils.html import format_html

from ..accounts import post_resume

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_by(context):
    """A hidden note of who types in this form (portal/accounts/post_resume.py)."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', post_resume.FIELD, post_resume.mark(context["user"])
    )
