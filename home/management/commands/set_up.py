from django.core.management import call_command
from django.core.management.base import BaseCommand

from applications.review.shipped_settings import load_shipped_settings
from home import synonyms
from home.approval import set_approval
from home.search import index as search_index
from portal.index_tasks import indexed_at_the_end
from portal.staff.group_permissions import set_group_permissions


class Command(BaseCommand):
    help = (
        "All that comes before serving: migrations, group permissions, approval, settings, the site. "
        "Safe to run at each start."
    )

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="development: demo accounts too")
        parser.add_argument("--samples", action="store_true", help="development: and applications for them to handle")

    def handle(self, *args, demo=False, samples=False, **options):
        with indexed_at_the_end(), search_index.left_for_later():
            call_command("migrate", verbosity=0)
            load_shipped_settings()
            call_command("load_municipalities", verbosity=0)
            call_command("load_site", stdout=self.stdout)
            synonyms.load()
            # Translators have their rights in the tree of each language, which stands now.
            set_group_permissions()
            set_approval()
            call_command("load_council_texts", stdout=self.stdout)
            call_command("load_letter_texts", stdout=self.stdout)
            if demo:
                call_command("load_demo", stdout=self.stdout)
                call_command("load_demo_session")
            if samples:
                call_command("load_samples", stdout=self.stdout)
            search_index.bring_up_to_date()
