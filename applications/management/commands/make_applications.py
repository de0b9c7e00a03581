import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from applications.management.made_up import Maker

WIDTH = 40


class Command(BaseCommand):
    help = "Development: made-up applications with their organisations, versions, logs, reviews and decisions."

    def add_arguments(self, parser):
        parser.add_argument("--number", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--force", action="store_true", help="also where real people may work")

    def handle(self, *args, number, seed, force, **options):
        if not (settings.DEBUG or settings.DEMO or force):
            raise CommandError("Made-up applications belong to development and tests. --force makes them here too.")
        start = time.monotonic()
        for made in Maker(number, seed).make():
            self.show(made, number)
        if connection.vendor == "postgresql":
            # What autovacuum does some minutes after so many rows: until then plans are made for an empty table.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.stdout.write(f"{number} applications in {time.monotonic() - start:.0f} s")

    def show(self, made: int, number: int) -> None:
        if sys.stderr.isatty():
            done = WIDTH * made // number
            end = "\n" if made == number else ""
            self.stderr.write(f"\r[{'#' * done}{' ' * (WIDTH - done)}] {made:,} of {number:,}", ending=end)
