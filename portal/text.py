"""Typed text: one cleaning for each kind of it, and one folding for searching and sorting.

Forms clean in `portal.forms.service.CleanBoundField`, models in `clean_stored`, exports in `portal.desk.exports`.
Nothing here refuses a text; what may stand in a name is said in `portal.validators`.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from django.db import models

LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Control characters other than tab and newline: Word pastes \x0b, and no XML (so no XLSX, no DOCX) may hold them.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What turns the reading direction of all that follows, what is half a character, and what Unicode says is none.
NEVER_KEPT = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
SAME_WHEN_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("‐‑‒–—", "-"),
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
    }
)
# The dots of O.C.M.W. and a.s.b.l., not that of St. Truiden.
DOTS_OF_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)|(?<=\.\w)\.")
# "An Claes <an@town.example>", as mail programs copy an address.
NAMED_ADDRESS = re.compile(r"[^<>]*<([^<>]*)>[ .,;]*")
Cleaning = Callable[[str], str]


def clean(text: str) -> str:
    """Text of several lines: composed characters (NFC), newlines as line ends, no control or direction characters."""
    text = LINE_ENDS.sub("\n", text)
    text = CONTROLS.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", NEVER_KEPT.sub("", text))


def clean_line(text: str) -> str:
    """The same for a single line: a tab or a line end is a space."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def clean_name(text: str) -> str:
    """A name: one line without anything invisible, such as zero-width characters and soft hyphens; single spaces."""
    return " ".join(clean_line(without_invisible(text)).split())


def clean_address(text: str) -> str:
    """An e-mail address, in the one form in which addresses are stored and compared.

    What is copied from a mail program or a page comes with a name, with mailto: or with the end of a sentence.
    """
    text = clean_name(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean_name(text)).lower()))
    if named := NAMED_ADDRESS.fullmatch(text):
        text = named[1]
    while text != (bare := text.strip(" .,;:<>").removeprefix("mailto:")):
        text = bare
    return text


def clean_number(text: str) -> str:
    """What is read as a number (an amount, an enterprise number): every kind of digit as 0 to 9."""
    text = clean_name(unicodedata.normalize("NFKC", clean_name(text)))
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def without_invisible(text: str) -> str:
    """Without the characters of Unicode's category Cf (format), and the joiner that is none."""
    if text.isascii():
        return text
    return "".join(char for char in text if char != "\u034f" and unicodedata.category(char) != "Cf")


def fold(text: str) -> str:
    """For searching and sorting: without capitals and accents, with plain apostrophes and hyphens, initials in one."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char)).translate(SAME_WHEN_FOLDED)
    return DOTS_OF_INITIALS.sub("", text)


def words_of(text: str) -> list[str]:
    """The words of a text as searches compare them: folded, without what stands between them."""
    return re.findall(r"[^\W_]+", fold(text))


# ── Stored text ───────────────────────────────────────────────────────────────────────────────────────────────────────
OUR_APPS = frozenset({"portal", "partners", "applications", "home"})
# What translators type comes by no form of Django's.
OTHERS = frozenset({"wagtail_localize.stringtranslation"})
# Written by the portal in a form of its own: a calendar file has to end its lines with \r\n.
NOT_TYPED = frozenset({"portal.mail.outbox.calendar"})


def cleaning_of(field: models.Field) -> Cleaning | None:
    """How the text of a model's field is cleaned; None where it holds no typed text.

    A field may bring its own as `clean_text`.
    """
    if f"{field.model._meta.label_lower}.{field.name}" in NOT_TYPED:
        return None
    if own := getattr(field, "clean_text", None):
        return own
    if isinstance(field, models.EmailField):
        return clean_address
    if isinstance(field, models.TextField):
        return clean
    if isinstance(field, models.CharField) and not field.choices:
        return clean_line
    return None


@cache
def cleanings(model: type[models.Model]) -> dict[str, Cleaning]:
    found = {field.attname: cleaning_of(field) for field in model._meta.concrete_fields}
    return {name: cleaning for name, cleaning in found.items() if cleaning}


def clean_stored(sender, instance: models.Model, raw: bool = False, update_fields=None, **kwargs) -> None:
    """Whichever way a text came, by a form or not, it is stored clean (receives pre_save)."""
    if raw or (sender._meta.app_label not in OUR_APPS and sender._meta.label_lower not in OTHERS):
        return
    for name, cleaning in cleanings(sender).items():
        # Not getattr: a deferred field is not there, and would be read from the database.
        value = instance.__dict__.get(name)
        if isinstance(value, str) and value and (cleaned := cleaning(value)) != value:
            setattr(instance, name, cleaned)
