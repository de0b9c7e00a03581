"""Only where settings.DEMO is on: the demo accounts with their present codes, and the mails that were caught."""

import email.message
import email.policy
import mailbox
import re
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import User

DEMO_DOMAIN = "demo.example"
SHOWN = 30
# The line of its own on which a mail has its code.
CODE = re.compile(r"^ {4}([0-9A-Z-]+)$", re.MULTILINE)


@never_cache
@require_safe
def demo(request):
    """Demo accounts by role, the second-step code of each that has one, and the latest mails."""
    people = User.objects.filter(email__endswith="@" + DEMO_DOMAIN, is_active=True).order_by("pk")
    secrets = {
        factor.user_id: decrypt(factor.data["secret"])
        for factor in Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=people)
    }
    accounts = [(person, current_code(secrets.get(person.pk))) for person in people]
    return render(request, "demo.html", {"accounts": accounts, "mails": caught_mails()})


def current_code(secret: str | None) -> str:
    """The six digits that an authenticator app with this secret shows now; empty without a secret."""
    if not secret:
        return ""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def caught_mails() -> list[dict]:
    """The latest mails that `manage.py mail_sink` caught, newest first."""
    folder = Path(settings.MAIL_SINK_DIR)
    if not folder.is_dir():
        return []
    parse = email.message_from_binary_file
    box = mailbox.Maildir(folder, factory=lambda file: parse(file, policy=email.policy.default))
    newest = sorted(box.iterkeys(), key=lambda key: (folder / "new" / key).stat().st_mtime_ns, reverse=True)[:SHOWN]
    return [shown(box[key]) for key in newest]


def shown(message: email.message.EmailMessage) -> dict:
    text = message.get_body(("plain",)).get_content()
    code = CODE.search(text)
    return {
        "to": message["to"],
        "subject": message["subject"],
        "date": message["date"],
        "code": code and code[1],
        "text": text,
    }
