import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from home.content.source import pages


class Command(BaseCommand):
    help = "Writes the translations of the shipped pages, as they stand in this database, to home/content/translations."

    def handle(self, *args, **options):
        for language, _name in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                for source in pages():
                    self.export(source, Locale.objects.get_or_create(language_code=language)[0])

    def export(self, source, locale) -> None:
        page = Page.objects.get(
            translation_key=source.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).specific
        translation_source, _created = TranslationSource.update_or_create_from_instance(page)
        translation, _created = Translation.objects.get_or_create(source=translation_source, target_locale=locale)
        exported = translation.export_po()
        # Ids of this database must not travel: with another id the import does nothing, silently.
        exported.metadata = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
        exported.wrapwidth = 10_000  # one line a text: a changed word is one changed line
        path = source.translation(locale.language_code)
        path.parent.mkdir(parents=True, exist_ok=True)
        polib.POFile.save(exported, str(path))
        self.stdout.write(str(path))
