from django.core.management.base import BaseCommand, CommandError

from ...files import cleanup
from ...files.store import PLACES


class Command(BaseCommand):
    help = "Moves private files without a row in the database to the trash; says why where that is not safe."

    def add_arguments(self, parser):
        parser.add_argument("--look", action="store_true", help="only count what lies there")
        parser.add_argument(
            "--adopt", action="store_true", help="the files are this database's from now on: it or they moved here"
        )
        parser.add_argument("--all", action="store_true", help="also where more files go than is usual")

    def handle(self, *args, look=False, adopt=False, **options):
        for place in PLACES:
            found = cleanup.look(place)
            self.stdout.write(f"{place}: {len(found.names)} files, {len(found.without_row)} of them without a row")
        if look:
            return
        try:
            moved = cleanup.clean_up(adopt=adopt, even_many=options["all"])
        except cleanup.Stopped as stopped:
            raise CommandError(str(stopped)) from None
        self.stdout.write(f"Moved to the trash: {moved} files. They are deleted after 30 days.")
