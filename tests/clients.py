"""Someone who is signed in."""

from django.test import Client


def client_of(user, **options) -> Client:
    """A browser in which this person signed in; `options` are those of Django's Client."""
    client = Client(**options)
    client.force_login(user)
    return client
