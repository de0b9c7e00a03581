from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import log
from portal.models import User


class Command(BaseCommand):
    help = (
        "For someone who lost the telephone: takes the second step off an account; signing in then sets up a new one."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        count, _rows = Authenticator.objects.filter(user=user).delete()
        log.record(user, "second_step_reset")
        self.stdout.write(f"{count} second steps taken off {user.email}")
