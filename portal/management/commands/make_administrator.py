from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.workflow import Refused

from ...staff import account_changes


class Command(BaseCommand):
    help = (
        "Makes the first administrator: finds or makes the account and puts it into the group Administrators. "
        "Where there are active administrators it needs --emergency. Logged, and mailed to all administrators."
    )
    # The first administrator comes before the second steps that the checks ask for.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="why, for the log")
        parser.add_argument("--emergency", action="store_true", help="although there are administrators")
        parser.add_argument("--first-name", default="", help="of a new account")
        parser.add_argument("--last-name", default="", help="of a new account")
        parser.add_argument("--language", default="nl", choices=["nl", "fr", "de", "en"], help="of its mails")

    def handle(self, *args, email, reason, emergency, first_name, last_name, language, **options):
        details = {"first_name": first_name, "last_name": last_name, "language": language}
        try:
            user = account_changes.make_administrator(email, reason=reason, emergency=emergency, **details)
        except (Refused, ValidationError) as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{user.email} is an administrator.")
