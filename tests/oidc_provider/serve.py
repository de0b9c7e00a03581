"""`python -m tests.oidc_provider.serve PORT CALLBACK…`: a fresh provider with its people and one client."""

import os
import sys

import django

CLIENT, SECRET = "portal", "between-us"


def main(port: str, *callbacks: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.oidc_provider.settings"
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    django.setup()
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.core.servers.basehttp import get_internal_wsgi_application, run

    from .people import PEOPLE

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        get_user_model().objects.create_user(name)
    client = Client(id=CLIENT, name="The portal", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_redirect_uris(callbacks)
    client.set_secret(SECRET)
    client.save()
    run("127.0.0.1", int(port), get_internal_wsgi_application(), threading=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
