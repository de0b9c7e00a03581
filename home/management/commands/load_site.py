from django.core.management.base import BaseCommand

from home import kept_pages
from home.content.loader import load


class Command(BaseCommand):
    help = (
        "Loads the site as shipped: rates, pages and translations. Keeps whatever an editor changed. Safe to run again."
    )

    def handle(self, *args, **options):
        report = load()
        # A new release may bring other questions, texts and templates.
        kept_pages.drop_all()
        if report.created or report.updated:
            self.stdout.write(f"pages: {len(report.created)} created, {len(report.updated)} updated")
        for name in report.kept:
            self.stdout.write(f"kept: {name} was changed by an editor, and the shipped text is newer")
        for name in report.incomplete:
            self.stdout.write(f"draft: {name} is not published, because not everything in it is translated")
