"""Who still has to act before an application can go to Fedasil. Every page, mail and guard uses this one list.

Who at Fedasil has to act afterwards: desk/inbox/awaiting.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Capacity
from portal.formats import labelled

from ..case.intake import CurrentIntake
from ..models import Application, ChangeRequest, Party
from ..questionnaire import file_requirements
from ..questionnaire.completeness import invitations_open, lead_offers_open, missing, uncovered_aims
from ..questionnaire.definition import Section
from ..questionnaire.questions import BY_CODE, SECTIONS
from ..signing import coverage


class Kind(StrEnum):
    """What somebody still has to do, in the order in which it is done."""

    INVITATION = "invitation"
    LEAD = "lead"
    REQUEST = "request"
    SECTIONS = "sections"
    SIGNATURE = "signature"
    FILES = "files"
    INTAKE = "intake"


@dataclass(frozen=True)
class Blocker:
    """One thing that has to happen first. `whom`: who does it, by name; `what`: what it is, as a part of a sentence.

    `about`: the sections, capacities or names of files that it is about.
    """

    kind: Kind
    whom: tuple[str, ...]
    what: str
    about: tuple = ()
    due_on: date | None = None

    @property
    def names(self) -> str:
        return ", ".join(self.whom)

    @property
    def text(self) -> str:
        """As one line of a list."""
        return labelled(self.names, self.what)


def awaited(application: Application, intake: CurrentIntake | None = None) -> list[Blocker]:
    """What is waited for, of whom, in the order in which it is done; empty where only the lead has to send it.

    `intake`: where it was read for several; None reads it here.
    """
    if application.state not in coverage.SIGNABLE:
        return []
    return [
        *(
            Blocker(Kind.INVITATION, (party.name,), _("answer the invitation"))
            for party in invitations_open(application)
        ),
        *(
            Blocker(Kind.LEAD, (party.name,), _("say whether it takes over the lead"))
            for party in lead_offers_open(application)
        ),
        *_requests(application),
        *_open_sections(application),
        *_signatures(application),
        *_files(application),
        *_intake(application, intake or CurrentIntake()),
    ]


def blockers(application: Application, intake: CurrentIntake | None = None) -> list[Blocker]:
    """What keeps the application from being submitted or sent again; empty where the lead can do so.

    An open request of Fedasil is no blocker: sending the application again answers it.
    """
    return [found for found in awaited(application, intake) if found.kind != Kind.REQUEST]


def waited_for(application: Application, intake: CurrentIntake | None = None) -> list[str]:
    """What is waited for, as lines of text."""
    return [found.text for found in awaited(application, intake)]


def is_ready_but_for_intake(application: Application) -> bool:
    """Whether those who apply did all that they can: all is signed, answered and scanned.

    Asked after each change, so signatures come first: where one was never given, no answer has to be looked at.
    """
    if coverage.missing_signatures(application) or file_requirements.waiting_names(application):
        return False
    return not any(missing(application, section) for section in SECTIONS)


def names_of(found: Iterable[Blocker]) -> str:
    """Of whom, each name once."""
    return ", ".join(dict.fromkeys(name for one in found for name in one.whom))


# ── One kind after the other ──────────────────────────────────────────────────────────────────────────────────────────
def asked_of(application: Application, request: ChangeRequest) -> str:
    """Who answers a request of Fedasil: the party that it names, else the lead."""
    return request.party.name if request.party else application.lead.name


def _requests(application: Application) -> list[Blocker]:
    if application.state != Application.State.CHANGES_REQUESTED:
        return []
    prefetch_related_objects([application], "change_requests__items", "change_requests__party__organisation")
    found = []
    for request in application.change_requests.all():
        if request.state != request.State.OPEN:
            continue
        numbers = tuple(item.question for item in request.open_items)
        said = {"questions": ", ".join(numbers), "date": date_format(request.due_on, "DATE_FORMAT")}
        text = _("answer what Fedasil asks about %(questions)s, by %(date)s") % said
        found.append(Blocker(Kind.REQUEST, (asked_of(application, request),), text, numbers, request.due_on))
    return found


def open_sections(application: Application) -> list[Section]:
    """The sections that lack an answer.

    That of the parties only where an aim has no party: open invitations and requests to lead are blockers of their own.
    """
    return [
        section
        for section in SECTIONS
        if missing(application, section) and (section.code != "parties" or uncovered_aims(application))
    ]


def _open_sections(application: Application) -> list[Blocker]:
    """One for each who answers; where several sections are open only their numbers."""
    found: dict[tuple[str, ...], list[Section]] = {}
    for section in open_sections(application):
        found.setdefault(by_whom(application, section), []).append(section)
    return [
        Blocker(
            Kind.SECTIONS,
            names,
            _("section %(number)d, %(title)s") % {"number": sections[0].number, "title": sections[0].title}
            if len(sections) == 1
            else _("sections %(numbers)s") % {"numbers": ", ".join(str(section.number) for section in sections)},
            tuple(sections),
        )
        for names, sections in found.items()
    ]


def by_whom(application: Application, section: Section) -> tuple[str, ...]:
    """Who answers a section: the parties of its aim, or those whose file is missing; otherwise the lead."""
    if section.each_party:
        open_slots = [question.requirement for question in missing(application, section) if question.requirement]
        owing = {
            party for requirement in open_slots for party in file_requirements.missing_from(application, requirement)
        }
        names = [party.name for party in application.joined_parties if party in owing]
    else:
        aim = section.aim
        names = [party.name for party in application.joined_parties if aim and getattr(party, aim, False)]
    return tuple(names) or (application.lead.name,)


def _signatures(application: Application) -> list[Blocker]:
    """One for each party that lacks one."""
    found: dict[Party, list[Capacity]] = {}
    for party, capacity in coverage.missing_signatures(application):
        found.setdefault(party, []).append(capacity)
    return [
        Blocker(
            Kind.SIGNATURE,
            (party.name,),
            (_("signature as %(capacity)s") if len(capacities) == 1 else _("signatures as %(capacity)s"))
            % {"capacity": ", ".join(str(capacity.label) for capacity in capacities)},
            tuple(capacities),
        )
        for party, capacities in found.items()
    ]


def _files(application: Application) -> list[Blocker]:
    if names := file_requirements.waiting_names(application):
        return [Blocker(Kind.FILES, (_("The portal"),), _("virus check of %(names)s") % {"names": names}, (names,))]
    return []


def _intake(application: Application, intake: CurrentIntake) -> list[Blocker]:
    if closed := intake.closed_for(application):
        return [Blocker(Kind.INTAKE, ("Fedasil",), _("take applications again"), (closed.text,))]
    return []


# ── As sentences ──────────────────────────────────────────────────────────────────────────────────────────────────────
def by_kind(found: Iterable[Blocker]) -> dict[Kind, list[Blocker]]:
    grouped: dict[Kind, list[Blocker]] = {}
    for one in found:
        grouped.setdefault(one.kind, []).append(one)
    return grouped


def refusals(application: Application) -> list[str]:
    """Why it cannot be sent, a sentence for each kind of reason; empty where it can."""
    return [_refusal(kind, found) for kind, found in by_kind(blockers(application)).items()]


def _refusal(kind: Kind, found: list[Blocker]) -> str:
    match kind:
        case Kind.INVITATION:
            text = _(
                "Not submitted: %(names)s did not answer the invitation yet. Wait for the answer, or withdraw the "
                "invitation under %(section)s."
            )
            return text % {"names": names_of(found), "section": BY_CODE["parties"].title}
        case Kind.LEAD:
            text = _(
                "Not submitted: %(names)s did not say yet whether it takes over the lead. Wait for the answer, or take "
                "the question back under %(section)s."
            )
            return text % {"names": names_of(found), "section": BY_CODE["parties"].title}
        case Kind.SECTIONS:
            titles = {section.number: str(section.title) for one in found for section in one.about}
            text = _("Not submitted: these sections are not complete: %(list)s.")
            return text % {"list": ", ".join(titles[number] for number in sorted(titles))}
        case Kind.SIGNATURE:
            names = [f"{one.names} ({capacity.label})" for one in found for capacity in one.about]
            return _("Not submitted: these signatures are missing: %(list)s.") % {"list": ", ".join(names)}
        case Kind.FILES:
            text = _("Not submitted: these files still wait for the virus check: %(list)s.")
            return text % {"list": found[0].about[0]}
    return found[0].about[0]


def sentence(application: Application, intake: CurrentIntake | None = None) -> str:
    """Who is waited for before it goes to Fedasil, in one sentence or two, for lists of applications."""
    found = by_kind(awaited(application, intake))
    said = [_sentence(kind, of_it) for kind, of_it in found.items() if kind != Kind.INTAKE]
    # Only what is complete can be signed: signatures are not named before someone can give them.
    unfinished = found.keys() & {Kind.INVITATION, Kind.LEAD, Kind.SECTIONS}
    if unfinished:
        said = [_sentence(kind, of_it) for kind, of_it in found.items() if kind in unfinished | {Kind.REQUEST}]
    if said:
        return " ".join(said)
    lead = {"lead": application.lead}
    if application.state == Application.State.CHANGES_REQUESTED:
        return _("Ready: %(lead)s can send the answers.") % lead
    if Kind.INTAKE in found:
        return (
            _("All is there, but Fedasil takes no applications now. %(lead)s can submit it once Fedasil does.") % lead
        )
    return _("Ready: %(lead)s can submit it.") % lead


def _sentence(kind: Kind, found: list[Blocker]) -> str:
    match kind:
        case Kind.INVITATION:
            return _("Waits for an answer from %(names)s.") % {"names": names_of(found)}
        case Kind.LEAD:
            return _("Waits for %(names)s to say whether it takes over the lead.") % {"names": names_of(found)}
        case Kind.REQUEST:
            due = date_format(min(one.due_on for one in found if one.due_on), "DATE_FORMAT")
            text = _("Waits for %(names)s to answer Fedasil, by %(date)s.")
            return text % {"names": names_of(found), "date": due}
        case Kind.SECTIONS:
            count = sum(len(one.about) for one in found)
            text = ngettext("Waits for answers: %d section is open.", "Waits for answers: %d sections are open.", count)
            return text % count
        case Kind.SIGNATURE:
            names = "; ".join(f"{capacity.label} ({one.names})" for one in found for capacity in one.about)
            return _("Waits for signatures: %(names)s.") % {"names": names}
    return _("Waits for the virus check of: %(names)s.") % {"names": found[0].about[0]}
