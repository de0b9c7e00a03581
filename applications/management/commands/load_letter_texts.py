from django.core.management.base import BaseCommand

from ...papers.letters import load_letter_texts


class Command(BaseCommand):
    help = (
        "Loads the sample texts of letters and their office as shipped. Keeps whatever was edited. Safe to run again."
    )

    def handle(self, *args, **options):
        for text in load_letter_texts():
            self.stdout.write(f"kept: {text._meta.verbose_name}, {text}: it was edited")
