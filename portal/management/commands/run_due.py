import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from ... import jobs


class Command(BaseCommand):
    help = "Runs whatever time triggers: reminders, expiry, publishing, mails to try again. Safe to run at any time."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with this pause in between")

    def handle(self, *args, every=None, **options):
        while True:
            for name, count in jobs.run_all().items():
                if count:
                    self.stdout.write(f"{name}: {count}")
            if every is None:
                return
            time.sleep(every)
            close_old_connections()
