"""The council pack: the text on which a local authority's body decides about the intention, filled in from the answers.

No name of a person and no address goes into it: what people typed in full stays out, and signatories are capacities.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.models.municipality import Region
from portal import shipped_texts
from portal.documents.pdf import printed_html
from portal.formats import euro, labelled
from portal.shipped_texts import filled

from ..case.estimate import complete_estimate
from ..models import Application, Body, CouncilText, Party
from ..models.council_text import PARTS
from ..questionnaire.answers import aims_text
from ..questionnaire.completeness import missing
from ..questionnaire.questions import BY_CODE

FOLDER = Path(__file__).parent / "council_texts"
BODIES: dict[str, tuple[Body, ...]] = {
    Organisation.Kind.MUNICIPALITY: (Body.COLLEGE, Body.COUNCIL),
    Organisation.Kind.PCSW: (Body.PERMANENT_BUREAU, Body.WELFARE_COUNCIL),
}
# The answers of these sections fill it in.
SECTIONS = ("parties", "offer")


# ── For whom, and when ────────────────────────────────────────────────────────────────────────────────────────────────
def bodies_of(party: Party) -> tuple[Body, ...]:
    """The bodies that may decide for this party; none where it is no local authority."""
    return BODIES.get(party.organisation.kind, ()) if party.organisation else ()


def open_sections(application: Application) -> list:
    """The sections whose answers it needs and that are not complete."""
    return [BY_CODE[code] for code in SECTIONS if missing(application, BY_CODE[code])]


def texts_for(party: Party) -> list[CouncilText]:
    """The sample texts for this party, in the language of its letters."""
    if party.organisation is None:
        return []
    order = bodies_of(party)
    found = CouncilText.objects.filter(body__in=order, language=party.organisation.letter_language)
    return sorted(found, key=lambda text: order.index(text.body))


# ── Filled in ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def name_of(text: CouncilText, organisation: Organisation) -> str:
    """The body's name, with its article, as it is called in this region."""
    in_brussels = organisation.municipality.region == Region.BRUSSELS
    return in_brussels and text.name_in_brussels or text.name


def values(text: CouncilText, party: Party) -> dict[str, str]:
    """What stands for each placeholder, in the language in force."""
    # Who decides takes part, as an organisation, and the offer is complete: open_sections().
    application, organisation = party.application, cast(Organisation, party.organisation)
    estimate = complete_estimate(application)
    body = name_of(text, organisation)
    others = [other.name for other in application.joined_parties if other.pk != party.pk]
    return {
        "the_body": body,
        "The_body": capfirst(body),
        "organisation": organisation.name,
        "partners": ", ".join(others) or _("no other organisation"),
        "aims": aims_text(party),
        "households": str(len(application.household_sizes)),
        "persons": str(sum(application.household_sizes)),
        "start": date_format(cast(date, application.available_from), "DATE_FORMAT"),
        "arrival": _("They come straight on arrival in Belgium.")
        if application.straight_on_arrival
        else _("They stay in the reception network first."),
        "years": _("The parties want to go on for a second year.")
        if application.second_year
        else _("The partnership lasts one year."),
        "estimate": euro(estimate.total),
        "estimate_lines": "\n".join(
            labelled(line.code.label, f"{line.count} × {euro(line.rate)} = {euro(line.amount)}")
            for line in estimate.lines
        ),
        "signatories": ", ".join(str(capacity.label) for capacity in party.capacities),
    }


def pack(text: CouncilText, party: Party) -> tuple[str, str]:
    """Title and HTML for PDF and DOCX, in the language of the text; call it once no section is open."""
    with translation.override(text.language):
        known = values(text, party)
        title = filled(text.title, known)
        parts = {name: filled(getattr(text, name), known).strip() for name in PARTS}
        context = {
            "title": title,
            "organisation": party.organisation,
            "body": known["The_body"],
            **parts,
            "articles": [article for article in parts["articles"].split("\n\n") if article.strip()],
        }
        return title, printed_html("applications/print/council.html", context, text.language)


# ── Shipped ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def load_texts() -> list[CouncilText]:
    """Bring the shipped texts in; answers those that were edited, and are kept, though a newer one is shipped."""
    return shipped_texts.load(shipped())


def shipped() -> Iterator[CouncilText]:
    """As they ship: what stands above the bodies in a file is common to all of them."""
    for language, texts in shipped_texts.read(FOLDER, Organisation.Language.values):
        common = {name: text for name, text in texts.items() if name not in Body.values}
        for body in Body.values:
            yield CouncilText(body=body, language=language, **{**common, **texts[body]})
