"""The texts of the site that editors may change, by name: what ships, how long one may be, what may stand in braces.

What ships are the messages of the catalogues. What was published in their place is carried by the frame of the pages
(home/frame.py), so that no page asks for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.formats import labelled
from portal.shipped_texts import check_placeholders, filled

from .frame import frame_for

MAILS = Path(settings.BASE_DIR) / "templates" / "mail"
IN_MAILS = ("site_url", "team_email")
# Pieces of mails, which are no mail of their own.
PIECES = {"layout", "when", "confirmation_lines", "notices"}


@dataclass(frozen=True)
class Kind:
    """One text: where readers meet it, what ships (nothing for a sentence that may be added), and its limits."""

    place: str | Promise
    shipped: str | Promise = ""
    longest: int = 400
    placeholders: tuple[str, ...] = field(default=())

    def check(self, text: str) -> None:
        """Raise ValidationError, at the field `text`, for one that does not fit its place."""
        if len(text) > self.longest:
            said = _("At most %(most)s characters fit here; this text has %(number)s.")
            raise ValidationError({"text": said % {"most": self.longest, "number": len(text)}})
        try:
            check_placeholders(text, self.placeholders)
        except ValidationError as error:
            raise ValidationError({"text": error.messages}) from error

    def __str__(self) -> str:
        return labelled(self.place, Truncator(str(self.shipped)).chars(80)) if self.shipped else str(self.place)


SITE, NOT_FOUND, FAULT = gettext_lazy("All pages"), gettext_lazy("Page not found"), gettext_lazy("Fault")
CALCULATOR, CHECK = gettext_lazy("Calculator"), gettext_lazy("Check")
INTEREST = gettext_lazy("Form of interest")
TEXTS: Mapping[str, Kind] = {
    "site.name": Kind(SITE, gettext_lazy("Partners for resettlement"), 60),
    "site.tagline": Kind(gettext_lazy("All pages, a sentence below the name in the footer"), "", 120),
    "not_found.title": Kind(NOT_FOUND, gettext_lazy("This page is not here"), 80),
    "not_found.text": Kind(
        NOT_FOUND,
        gettext_lazy(
            "The address may be wrong, or the page has moved. Go on from the first page, or from your applications."
        ),
    ),
    "error.title": Kind(FAULT, gettext_lazy("Something went wrong on our side"), 80),
    "error.text": Kind(
        FAULT, gettext_lazy("We know about it. Please try again in a moment. What you saved before is still there.")
    ),
    "calculator.title": Kind(CALCULATOR, gettext_lazy("Calculate the support"), 80),
    "calculator.intro": Kind(
        CALCULATOR, gettext_lazy("How much does a partner receive? Fill in the households, and see the estimate.")
    ),
    "calculator.result": Kind(CALCULATOR, gettext_lazy("An estimate, not a promise.")),
    "calculator.share": Kind(
        CALCULATOR, gettext_lazy("You can share or print this page: the numbers stand in its address.")
    ),
    "eligibility.title": Kind(CHECK, gettext_lazy("Does a partnership suit you?"), 80),
    "eligibility.intro": Kind(
        CHECK, gettext_lazy("Six questions, without an account: see what you can do next, and whom to invite.")
    ),
    "eligibility.result": Kind(
        CHECK,
        gettext_lazy(
            "This is a first answer, not a decision. "
            "You can share or print this page: your answers stand in its address."
        ),
    ),
    "interest.title": Kind(INTEREST, gettext_lazy("Are you interested?"), 80),
    "interest.intro": Kind(
        INTEREST,
        gettext_lazy(
            "Tell us who you are. It takes five minutes, you need no account, and you commit to nothing. Someone "
            "from the team will contact you."
        ),
    ),
    "interest.help": Kind(
        INTEREST,
        gettext_lazy(
            "Fedasil uses what you write to answer you, and shares it with nobody else. "
            "Write nothing about refugees whom you know."
        ),
    ),
    "interest.received": Kind(
        INTEREST,
        gettext_lazy("Someone from the team reads what you wrote and contacts you. You also get an e-mail."),
    ),
}
OPENING, CLOSING = gettext_lazy("E-mail, first sentence"), gettext_lazy("E-mail, last sentence")


def mails() -> list[str]:
    """The names of all mails, as portal.mail.outbox.queue takes them."""
    found = sorted(MAILS.glob("*/*.txt"))
    return [f"{path.parent.name}/{path.stem}" for path in found if not {path.parent.name, path.stem} & PIECES]


def kind_of(key: str) -> Kind | None:
    if key in TEXTS:
        return TEXTS[key]
    for end, place in ((".opening", OPENING), (".closing", CLOSING)):
        name = key.removeprefix("mail.").removesuffix(end)
        if key == f"mail.{name}{end}" and name in mails():
            return Kind(labelled(place, name), placeholders=IN_MAILS)
    return None


def choices() -> list[tuple[str, str]]:
    """For the form of a text: its name, where it stands and what ships."""
    of_mails = [f"mail.{name}.{end}" for name in mails() for end in ("opening", "closing")]
    return [(key, str(kind_of(key))) for key in (*TEXTS, *of_mails)]


def text(key: str, frame) -> str:
    """The text in the active language: what was published there, else what ships in that language."""
    changed = frame.texts.get(key, "") if frame and frame.locale.language_code == get_language() else ""
    kind = TEXTS.get(key)
    return changed or (str(kind.shipped) if kind else "")


def sentences_around(mail: str, known: Mapping[str, str]) -> tuple[str, str]:
    """What editors put before and after the facts of a mail, in the active language."""
    frame = frame_for(get_language())
    first, last = (text(f"mail.{mail}.{end}", frame) for end in ("opening", "closing"))
    return filled(first, known), filled(last, known)
