"""The letters about a decision: one a party, in the language of its letters, addressed to it, on paper and on screen.

`written` gives what a prepared decision would send today; once it is released, what was sent is a row (Letter).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from partners.models import Organisation
from portal import clock, shipped_texts
from portal.documents.pdf import pdf, printed_html
from portal.formats import euro
from portal.mail.rendering import WordsByLanguage
from portal.shipped_texts import filled
from portal.workflow import Refused

from ..case.estimate import complete_estimate
from ..communication.applicant_mails import people_of, words_about
from ..models import Decision, LetterTemplate, Office, Party

FOLDER = Path(__file__).parent / "letter_texts"
Outcome = Decision.Outcome
EVENTS: dict[str, str] = {Outcome.APPROVE: "approved", Outcome.DECLINE: "declined", Outcome.REVOKE: "revoked"}


# ── Written ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Written:
    """One letter. It is filled in at once, and rendered only where it is looked at or printed.

    Two are equal that say the same to the same party: `said` holds all that their templates read.
    """

    party: Party
    language: str
    said: dict[str, Any]
    sample: bool = field(compare=False)

    @property
    def subject(self) -> str:
        return self.said["title"]

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return f"{self.party.application.reference}-{slugify(self.party.name)}"

    @cached_property
    def html(self) -> str:
        """The page to be printed."""
        return printed_html("applications/print/letter.html", self.said, self.language)

    @cached_property
    def on_screen(self) -> str:
        """The same words as a piece of another page."""
        with translation.override(self.language):
            return render_to_string("applications/letter.html", {**self.said, "on_screen": True})

    @cached_property
    def pdf(self) -> bytes:
        return pdf(self.html)


def languages_of(parties: list[Party]) -> list[str]:
    """In which languages these get their letters; the reasons are needed in each."""
    needed = {party.organisation.letter_language for party in parties if party.organisation}
    return [code for code in Organisation.Language.values if code in needed]


def written(decision: Decision) -> list[Written]:
    """One letter for each party, as it would be sent today; Refused where something is missing for it."""
    application = decision.application
    parties = application.joined_parties
    needed = languages_of(parties)
    if missing := [code for code in needed if not getattr(decision, f"reasons_{code}").strip()]:
        names = ", ".join(str(Organisation.Language(code).label) for code in missing)
        raise Refused(
            _("The reasons are missing in a language in which a party gets its letter: %(list)s.") % {"list": names}
        )
    templates = {
        found.language: found for found in LetterTemplate.objects.filter(outcome=decision.outcome, language__in=needed)
    }
    offices = {(found.region, found.language): found for found in Office.objects.filter(language__in=needed)}
    if any(code not in templates or ("", code) not in offices for code in needed):
        raise Refused(_("There is no text, or no default office, for the letter in one of the languages."))
    letters = []
    for party in parties:
        language = party.organisation.letter_language
        region = party.organisation.municipality.language or Office.Region.BRUSSELS
        office = offices.get((region, language)) or offices["", language]
        letters.append(_letter(decision, party, templates[language], office))
    return letters


def _letter(decision: Decision, party: Party, template: LetterTemplate, office: Office) -> Written:
    language = template.language
    # Letters go to those who take part, each an organisation.
    organisation = cast(Organisation, party.organisation)
    with translation.override(language):
        known = values(decision, party, language)
        said = {
            "title": filled(template.subject, known),
            "party": party.name,
            "town": str(organisation.municipality.name),
            "office": {name: getattr(office, name) for name in Office.words},
            "date": known["date"],
            "correction": filled(template.correction, known) if decision.corrects_id else "",
            "body": filled(template.body, known),
        }
    return Written(party=party, language=language, said=said, sample=template.sample or office.sample)


def values(decision: Decision, party: Party, language: str) -> dict[str, str]:
    """What stands for each placeholder, in the language in force."""
    application, corrected = decision.application, decision.corrects
    known = {
        "reference": application.reference or "",
        "organisation": party.name,
        "parties": ", ".join(other.name for other in application.joined_parties),
        "submitted_on": _day(localdate(application.submitted_at)),
        "date": _day(clock.today()),
        "reasons": decision.reasons_in(language).strip(),
        "replaced_on": _day(localdate(corrected.decided_at)) if corrected else "",
    }
    if decision.outcome == Outcome.APPROVE and decision.contact:
        known["estimate"] = euro(estimate(decision))
        known["contact"] = f"{decision.contact} ({decision.contact.email})"
    return known


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def estimate(decision: Decision) -> Decimal:
    """The support of what is approved: as it was promised to be estimated, where a partnership stands already."""
    partnership = decision.partnership or decision.corrects and decision.corrects.partnership
    return partnership.estimate if partnership else complete_estimate(decision.application).total


def digest(letters: list[Written]) -> str:
    """Of all that they say: what someone looked at is what is sent."""
    return hashlib.sha256(json.dumps([[letter.party.pk, letter.html] for letter in letters]).encode()).hexdigest()


# ── The mail that goes with them ──────────────────────────────────────────────────────────────────────────────────────
def mails(decision: Decision) -> WordsByLanguage:
    """The mail to everyone who works on it, rendered in each of their languages. It names no reasons."""
    context: dict[str, Any] = {"decision": decision}
    if decision.outcome == Outcome.APPROVE:
        context["total"] = estimate(decision)
    written = words_about(decision.application, EVENTS[decision.outcome], **context)
    written.render(sorted({person.language for person in people_of(decision.application)}))
    return written


# ── Shipped ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def load_letter_texts() -> list[LetterTemplate | Office]:
    """Bring the shipped samples in; answers those that were edited, and are kept, though a newer one is shipped."""
    return shipped_texts.load(shipped())


def shipped() -> Iterator[LetterTemplate | Office]:
    """As they ship: in each language the default office, and a text for each outcome."""
    for language, texts in shipped_texts.read(FOLDER, Organisation.Language.values):
        yield Office(region="", language=language, sample=True, **texts.pop("office"))
        for outcome, parts in texts.items():
            yield LetterTemplate(outcome=outcome, language=language, sample=True, **parts)
