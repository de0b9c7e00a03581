from django.core.management.base import BaseCommand

from portal.demo import DEMO_DOMAIN
from portal.models import User


class Command(BaseCommand):
    help = "Deactivates the demo accounts in this database (a system check refuses them in production)."
    requires_system_checks = []

    def handle(self, *args, **options):
        count = User.objects.filter(email__endswith="@" + DEMO_DOMAIN).update(is_active=False)
        self.stdout.write(f"{count} demo accounts deactivated")
