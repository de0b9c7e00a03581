from django.core.management.base import BaseCommand, CommandError

from portal.models import User
from portal.text import clean_address

from ...accounts import mfa


class Command(BaseCommand):
    help = (
        "For someone who lost the telephone: takes app, passkeys and recovery codes off an account and signs it out "
        "everywhere; signing in then sets up a new second step. Logged, and mailed to the person."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="why, for the log")

    def handle(self, *args, email, reason, **options):
        user = User.objects.filter(email=clean_address(email)).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        self.stdout.write(f"{mfa.reset(user, reason=reason)} second steps taken off {user.email}")
