"""What a person does to sign in, over HTTP."""

from django.test import Client

from portal.models import Mail, User
from tests.codes import code_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_for(email: str) -> str:
    mail = Mail.objects.filter(to=email).latest("pk")
    assert mail.sensitive
    return code_in(mail.text)


def ask_for_code(client: Client, email: str, language: str = "nl", **more):
    return client.post(f"/{language}/account/login/", {"login": email}, follow=True, **more)


def type_code(client: Client, code: str, language: str = "nl", **more):
    return client.post(f"/{language}/account/login/code/", {"code": code}, follow=True, **more)


def sign_in(user: User, client: Client | None = None, **more) -> Client:
    """By mailed code; `more` are headers."""
    client = client or Client()
    ask_for_code(client, user.email, **more)
    type_code(client, code_for(user.email), **more)
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
