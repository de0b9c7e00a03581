from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth import get_user_model

from .people import EXTRA, PEOPLE, subject


class Adapter(DefaultOIDCAdapter):
    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs) -> dict:
        return {"sub": subject(user.username), **PEOPLE[user.username], **EXTRA}

    def get_user_sub(self, client, user) -> str:
        return subject(user.username)

    def get_user_by_sub(self, client, sub):
        return get_user_model().objects.filter(username=sub.rpartition("-")[2]).first()
