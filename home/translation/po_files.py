"""Translations that come back as a PO file: read, checked, taken over, with words for what was not."""

import tempfile
from collections.abc import Iterable

import polib
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringTranslation, Translation

from portal.models import User

HEADER = "X-WagtailLocalize-TranslationID"
MOST_BYTES = 2_000_000


class RefusedFile(Exception):
    """The file is not taken over; says why, and what to do."""


def take_over(translation: Translation, content: bytes, user: User) -> Iterable[str]:
    """Import the translated texts of a PO file; what was left out, in words. Raises RefusedFile."""
    po = _read(content)
    if HEADER not in po.metadata:
        raise RefusedFile(
            _(
                "This file does not say which translation it belongs to: its header “%(header)s” is missing. "
                "Download the PO file of this page again, and put your translations into that one."
            )
            % {"header": HEADER}
        )
    if po.metadata[HEADER] != str(translation.uuid):
        raise RefusedFile(_("This file belongs to another page or language. Download the PO file of this page."))
    fuzzy = [entry for entry in po if entry.fuzzy and not entry.obsolete]
    for entry in [entry for entry in po if entry.fuzzy or entry.obsolete]:
        po.remove(entry)
    unknown = translation.import_po(po, user=user, tool_name="PO")
    return list(_left_out(translation, len(fuzzy), len(unknown)))


def _read(content: bytes) -> polib.POFile:
    # polib reads a text without line ends as the name of a file: it gets one of ours.
    with tempfile.NamedTemporaryFile(suffix=".po") as kept:
        kept.write(content)
        kept.flush()
        try:
            return polib.pofile(kept.name)
        except (OSError, ValueError, LookupError) as error:  # what polib cannot read, and an encoding that is none
            raise RefusedFile(
                _("This is not a PO file, or it is damaged. Download the PO file of this page again.")
            ) from error


def _left_out(translation: Translation, fuzzy: int, unknown: int) -> Iterable[str]:
    segments = translation.source.stringsegment_set.all()
    refused = segments.get_translations(translation.target_locale).filter(has_error=True)
    if number := refused.count():
        yield ngettext(
            "%(number)s text has an error and counts as not translated: %(reason)s",
            "%(number)s texts have an error and count as not translated. The first: %(reason)s",
            number,
        ) % {"number": number, "reason": _reason(refused.order_by("pk").first())}
    if fuzzy:
        yield ngettext(
            "%(number)s text is marked “fuzzy” in the file and was left out.",
            "%(number)s texts are marked “fuzzy” in the file and were left out.",
            fuzzy,
        ) % {"number": fuzzy}
    if unknown:
        yield ngettext(
            "%(number)s text of the file does not stand in the page any more and was left out.",
            "%(number)s texts of the file do not stand in the page any more and were left out.",
            unknown,
        ) % {"number": unknown}


def _reason(translation: StringTranslation) -> str:
    return translation.get_error() or _("Check its tags and links.")
