from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from applications.management.samples import SAMPLES, make


class Command(BaseCommand):
    help = "Development: applications of sample organisations, for a first look at the desk. Safe to run again."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Sample applications belong to development and tests.")
        made = sum(make(number, sample) for number, sample in enumerate(SAMPLES))
        self.stdout.write(f"{made} sample applications")
