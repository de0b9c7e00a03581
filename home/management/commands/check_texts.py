from django.core.management.base import BaseCommand
from django.utils import translation
from wagtail.models import Page

from home.content_checks.faults import faults_of
from home.models import Frame, Question, Term


class Command(BaseCommand):
    help = "Lists what is wrong with the published texts, in English; ends with 1 where there is anything."

    def handle(self, *args, **options):
        pages = Page.objects.filter(live=True, depth__gt=1).order_by("path").specific()
        texts = [row for model in (Question, Term, Frame) for row in model.objects.filter(live=True)]
        number = 0
        with translation.override("en"):
            for each in (*pages, *texts):
                for fault in faults_of(each):
                    number += 1
                    place = getattr(each, "url_path", None) or f"{each.locale.language_code}: {each}"
                    self.stdout.write(f"{place}: {fault.message}")
        if number:
            self.stderr.write(f"{number} faults")
            raise SystemExit(1)
        self.stdout.write("Nothing found.")
