from django import template

from ..identity import providers

register = template.Library()
register.simple_tag(providers, name="identity_providers")
