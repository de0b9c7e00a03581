import argparse

from django.core.management.base import BaseCommand, CommandError

from portal.models import LogEntry

from ...audit import hash_chain


class Command(BaseCommand):
    help = "Prove that no entry of the log was changed, removed or added, or say where it breaks."

    def add_arguments(self, parser):
        parser.add_argument(
            "--digests",
            type=argparse.FileType(encoding="utf-8"),
            help="a file of the server's log with the daily digests: tells also whether the end of a chain was cut",
        )

    def handle(self, *args, digests=None, **options):
        found = list(hash_chain.breaks())
        if digests:
            with digests:
                found += hash_chain.breaks_against(digests)
        for place in found:
            self.stderr.write(str(place))
        if found:
            raise CommandError(f"The log does not hold in {len(found)} places.")
        self.stdout.write(f"The log holds: {LogEntry.objects.count()} entries.")
