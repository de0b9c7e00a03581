"""Drafts for browser tests, put into the running site's database: sample organisations in real municipalities.

Each of these functions runs in the site's console (`RunningSite.prepare`) and gives what the test has to know.
"""

from django.db import transaction
from django.utils import translation

from applications.management.sample_answers import GUIDES, WORDS
from applications.models import Application, AssignmentRule, Contact, GuidanceStep
from applications.parties import services as parties_services
from partners.models import Capacity, Membership, Municipality, Organisation
from partners.models.municipality import Province
from portal.models import User
from portal.slow_work import others_may_wait
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    complete_application,
    enterprise_number,
    prepared,
    reviewed,
    submitted_application,
)

Kind = Organisation.Kind
FRENCH, DUTCH, GERMAN = (WORDS[language] for language in ("fr", "nl", "de"))


def organisation(name: str, kind: str, refnis: str, language: str, number: int) -> Organisation:
    return OrganisationFactory(
        name=name,
        kind=kind,
        municipality=Municipality.objects.get(refnis=refnis),
        letter_language=language,
        enterprise_number=enterprise_number(number),
    )


def worker(name: str, *organisations: Organisation, works: bool = True, capacity: str = "") -> Membership:
    """Someone who works for these organisations, or only signs for them."""
    domain, language = organisations[0].municipality.name_fr.lower(), organisations[0].letter_language
    user = UserFactory(email=f"{name}@{domain}.example", first_name=name.title(), last_name="", language=language)
    return [
        MembershipFactory(
            user=user, organisation=one, manager=works, contributor=works, viewer=not works, capacity=capacity
        )
        for one in organisations
    ][0]


def complete_draft(lead: Membership, who: str, how: str, **answers) -> Application:
    """An application that is complete but for its parties."""
    refnis = lead.organisation.municipality.refnis
    email = lead.user.email
    rows = {
        "dwellings": [
            {
                "secured": "secured",
                "kind": "house",
                "municipality": refnis,
                "bedrooms": 3,
                "persons": 5,
                "rent": "850.00",
                "available_from": "2027-02-15",
                "months": 24,
                "adapted": False,
            }
        ],
        "steps": [{"step": step, "by_team": False, "who": who, "how": how} for step in GuidanceStep.Step.values],
        "contacts": [
            {
                "role": Contact.Role.CONTACT,
                "name": answers["contact_name"],
                "function": answers["contact_function"],
                "email": email,
                "phone": "",
            }
        ],
    }
    with translation.override(lead.organisation.letter_language):
        return complete_application(lead, contact_email=email, **rows, **answers)


def gembloux() -> str:
    """In French: a municipality's draft; its CPAS and two non-profit organisations are registered."""
    municipality = organisation("Commune de Gembloux (exemple)", Kind.MUNICIPALITY, "92142", "fr", 611)
    pcsw = organisation("CPAS de Gembloux (exemple)", Kind.PCSW, "92142", "fr", 612)
    lead = worker("commune", municipality)
    worker("bourgmestre", municipality, works=False, capacity=Capacity.MAYOR)
    worker("directeur", municipality, pcsw, works=False, capacity=Capacity.GENERAL_DIRECTOR)
    worker("cpas", pcsw)
    worker("presidente", pcsw, works=False, capacity=Capacity.CHAIR)
    for number, (name, title) in enumerate((("abri", "ASBL Abri (exemple)"), ("toit", "ASBL Toit (exemple)")), 613):
        worker(name, organisation(title, Kind.NON_PROFIT, "92142", "fr", number), capacity=Capacity.REPRESENTATIVE)
    return str(complete_draft(lead, *GUIDES["fr"], **FRENCH).uuid)


def eupen() -> str:
    """In German: the welfare centre's draft; its municipality is registered."""
    town = organisation("Stadt Eupen (Muster)", Kind.MUNICIPALITY, "63023", "de", 621)
    pcsw = organisation("ÖSHZ Eupen (Muster)", Kind.PCSW, "63023", "de", 622)
    worker("stadt", town)
    worker("buergermeisterin", town, works=False, capacity=Capacity.MAYOR)
    worker("direktor", town, pcsw, works=False, capacity=Capacity.GENERAL_DIRECTOR)
    worker("praesident", pcsw, works=False, capacity=Capacity.CHAIR)
    return str(complete_draft(worker("oeshz", pcsw), *GUIDES["de"], **GERMAN).uuid)


SEATS = {"nl": ("12025", 640), "fr": ("25112", 650)}


def alone(language: str) -> str:
    """A registered non-profit organisation without an application, and someone there who also signs; the address."""
    refnis, number = SEATS[language]
    example = organisation(f"Nest {language} (voorbeeld/exemple)", Kind.NON_PROFIT, refnis, language, number)
    return worker("nest", example, capacity=Capacity.REPRESENTATIVE).user.email


def town(language: str) -> str:
    """A registered municipality and its welfare centre without an application; the domain of those who work there."""
    refnis, number = SEATS[language]
    municipality, pcsw = (
        organisation(f"{name} {language} (voorbeeld/exemple)", kind, refnis, language, number + more)
        for name, kind, more in (("Stad/Ville", Kind.MUNICIPALITY, 1), ("OCMW/CPAS", Kind.PCSW, 2))
    )
    lead = worker("stad", municipality)
    worker("mayor", municipality, works=False, capacity=Capacity.MAYOR)
    worker("director", municipality, pcsw, works=False, capacity=Capacity.GENERAL_DIRECTOR)
    worker("ocmw", pcsw)
    worker("chair", pcsw, works=False, capacity=Capacity.CHAIR)
    return lead.user.email.partition("@")[2]


def dak() -> str:
    """In Dutch: a draft with the demo's city as partner and an invitation that waits, and their numbers.

    Who leads is of no other test: a passkey stays with the account.
    """
    example = organisation("vzw Dak (voorbeeld)", Kind.NON_PROFIT, "44021", "nl", 631)
    lead = worker("dak", example, capacity=Capacity.REPRESENTATIVE)
    partner = Membership.objects.get(user__email="city@demo.example")
    with translation.override("nl"):
        draft = complete_draft(lead, *GUIDES["nl"], **DUTCH)
        joined = parties_services.invite_organisation(draft, lead.user, partner.organisation)
        parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
        waiting = parties_services.invite(draft, lead.user, name="OCMW", email="ocmw@demo.example", language="nl")
    return " ".join(str(one.uuid) for one in (draft, draft.parties.get(is_lead=True), joined, waiting))


@others_may_wait()
@transaction.atomic
def from_limburg() -> str:
    """An application from a province whose rule names the demo's officer, submitted now; its reference.

    All at once: the worker would empty the mail with the code.
    """
    officer = User.objects.get(email="officer@demo.example")
    AssignmentRule.objects.get_or_create(province=Province.LIMBURG, language="", officer=officer)
    person = UserFactory(email="team@opvang.example", first_name="Team", last_name="", language="nl")
    home = organisation("vzw Opvang", Kind.NON_PROFIT, "71016", "nl", 990)
    lead = MembershipFactory(user=person, organisation=home, capacity=Capacity.REPRESENTATIVE)
    return submitted_application(lead).reference


def submitted_in(language: str) -> str:
    """Three that came in, in Dutch or French, and their references."""
    refnis, number = SEATS[language]
    references = []
    with translation.override(language):
        for place, name in enumerate(("boot/bateau", "kade/quai", "brug/pont"), 3):
            home = organisation(
                f"{name} {language} (voorbeeld/exemple)", Kind.NON_PROFIT, refnis, language, number + place
            )
            lead = worker(f"{name[:4]}{language}", home, capacity=Capacity.REPRESENTATIVE)
            references.append(submitted_application(lead).reference)
    return " ".join(references)


def two_prepared() -> str:
    """In Dutch: two that were reviewed, an approval and a refusal that wait to be released; and their references."""
    officers = [User.objects.get(email=f"{name}@demo.example") for name in ("officer", "officer2")]
    made = []
    with translation.override("nl"):
        for number, (name, outcome) in enumerate((("huis", "approve"), ("tuin", "decline")), 671):
            example = organisation(f"vzw {name.title()} (voorbeeld)", Kind.NON_PROFIT, "44021", "nl", number)
            lead = worker(name, example, capacity=Capacity.REPRESENTATIVE)
            dossier = application_in_review(lead, officers[0])
            for officer in officers:
                reviewed(dossier, officer)
            decision = prepared(dossier, officers[0], outcome, f"Wij lazen alles van {example.name}.")
            made += [str(dossier.uuid), dossier.reference, str(decision.pk)]
    return " ".join(made)
