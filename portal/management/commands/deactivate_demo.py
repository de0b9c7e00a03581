from django.core.management.base import BaseCommand

from portal.models import User

from ...accounts.demo import DEMO_DOMAIN
from ...staff import account_changes


class Command(BaseCommand):
    help = "Deactivates the demo accounts in this database (a system check refuses them in production)."
    requires_system_checks = []

    def handle(self, *args, **options):
        people = User.objects.filter(email__endswith="@" + DEMO_DOMAIN, is_active=True)
        count = len([account_changes.close(person, None, reason="Demo account", mails=False) for person in people])
        self.stdout.write(f"{count} demo accounts deactivated")
