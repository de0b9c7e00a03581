import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from home.content.source import pages, snippets


class Command(BaseCommand):
    help = "Writes the translations of the shipped site, as they stand in this database, to home/content/translations."

    def handle(self, *args, **options):
        for language, _name in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                self.export(language)

    def export(self, language: str) -> None:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        files: dict = {}
        for source in [*pages(), *snippets()]:
            files.setdefault(source.translation_path(language), []).extend(self.entries(source, locale))
        for path, entries in files.items():
            # No ids of this database: with another one wagtail-localize imports nothing, silently. And one line a text,
            # so that a changed word is one changed line.
            po = polib.POFile(wrapwidth=10_000)
            po.metadata = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
            po.extend(entries)
            path.parent.mkdir(parents=True, exist_ok=True)
            po.save(str(path))
            self.stdout.write(str(path))

    @staticmethod
    def entries(source, locale) -> list[polib.POEntry]:
        model = apps.get_model("home", source.model)
        original = model.objects.get(
            translation_key=source.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        translation_source, _created = TranslationSource.update_or_create_from_instance(original)
        translation, _created = Translation.objects.get_or_create(source=translation_source, target_locale=locale)
        return [
            polib.POEntry(msgctxt=source.prefix + entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr)
            for entry in translation.export_po()
            if not entry.obsolete
        ]
