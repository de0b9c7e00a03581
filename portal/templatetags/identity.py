from django import template

from ..accounts.oidc import providers

register = template.Library()
register.simple_tag(providers, name="identity_providers")
