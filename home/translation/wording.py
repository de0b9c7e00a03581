"""What wagtail-localize's editor says in English, or with a word run together, in the reader's language."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail_localize.models import StringTranslation


class EditorCatalog(JavaScriptCatalog):
    """The words of the editor's script, with ours in place of some."""

    packages = ["wagtail_localize"]

    def get_paths(self, packages):
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


def said_how(self: StringTranslation) -> str:
    """How and when a text was translated; wagtail-localize writes the month in English."""
    day = date_format(localtime(self.updated_at), "DATE_FORMAT")
    if self.tool_name:
        return _("Translated with {tool_name} on {date}").format(tool_name=self.tool_name, date=day)
    if self.translation_type == self.TRANSLATION_TYPE_MACHINE:
        return _("Machine translated on {date}").format(date=day)
    return _("Translated manually on {date}").format(date=day)


def connect() -> None:
    StringTranslation.get_comment = said_how
