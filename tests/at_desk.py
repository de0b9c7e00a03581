"""Someone of Fedasil who signed in with a second step, as the desk demands."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.test import Client


def client_at_desk(user, client: Client | None = None) -> Client:
    client = client or Client()
    client.force_login(user)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, "mfa", type="totp")
    session.save()
    return client
