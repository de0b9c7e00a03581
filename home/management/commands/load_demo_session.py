from datetime import time, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Locale

from home.content.source import fixed_id
from home.models import Session, SessionIndexPage, SessionPage
from portal import clock
from portal.accounts.demo import DEMO_DOMAIN
from portal.models import User

from ...sessions import services as sessions_services

IN_DAYS = 21
SEATS = 25
# Title, introduction, slug.
TEXTS = {
    "nl": (
        "Voorbeeld: online infosessie",
        "Dit is een voorbeeld. Fedasil geeft uitleg en beantwoordt uw vragen.",
        "voorbeeld",
    ),
    "fr": (
        "Exemple : séance d’information en ligne",
        "Ceci est un exemple. Fedasil présente les partenariats et répond à vos questions.",
        "exemple",
    ),
    "de": (
        "Beispiel: Online-Infoveranstaltung",
        "Das ist ein Beispiel. Fedasil stellt die Partnerschaften vor und beantwortet Ihre Fragen.",
        "beispiel",
    ),
    "en": (
        "Sample: online information session",
        "This is a sample. Fedasil explains the partnerships and answers your questions.",
        "sample",
    ),
}


class Command(BaseCommand):
    help = "Development: a sample of an information session to come, with seats. Safe to run again."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("A sample session belongs to development and tests.")
        key = fixed_id("demo/session")
        if Session.objects.filter(uuid=key).exists():
            return
        officer = User.objects.get(email=f"officer@{DEMO_DOMAIN}")
        day = clock.today() + timedelta(days=IN_DAYS)
        session = sessions_services.plan(
            Session(uuid=key, name=TEXTS["en"][0], date=day, start_time=time(14), end_time=time(15), seats=SEATS),
            officer,
        )
        for language, (title, intro, slug) in TEXTS.items():
            locale = Locale.objects.get(language_code=language)
            page = SessionPage(title=title, intro=intro, slug=slug, session=session, translation_key=key, locale=locale)
            SessionIndexPage.objects.get(locale=locale).add_child(instance=page)
            page.save_revision().publish()
