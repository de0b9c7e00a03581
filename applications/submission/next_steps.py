"""What happens next with an application, who acts, and until when: for its parties and for Fedasil."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..case.intake import CurrentIntake
from ..models import Application
from .readiness import Blocker, Kind, awaited, by_kind, names_of

State = Application.State


@dataclass(frozen=True)
class Step:
    """One step to come: what, by whom, and perhaps by when."""

    text: str
    who: str
    by: date | None = None


def next_steps(application: Application, intake: CurrentIntake | None = None) -> list[Step]:
    """The steps that are still to come, the first one first; none where it has ended. `intake` as for `awaited`."""
    lead = application.lead.name
    reads = Step(_("Reads it, and asks where something is not clear."), "Fedasil")
    decides = Step(_("Decides. Everyone who works on it gets an e-mail."), "Fedasil")
    match application.state:
        case State.DRAFT:
            return [*_before_submission(application, lead, intake), reads, decides]
        case State.SUBMITTED | State.IN_REVIEW:
            return [reads, decides]
        case State.CHANGES_REQUESTED:
            return [*_answers(application, lead, intake), reads, decides]
        case State.APPROVED:
            return [
                Step(_("The agreement is drafted, and sent to every party."), "Fedasil"),
                Step(_("The competent body of each party is asked to approve it."), _names(application)),
            ]
    return []


def _before_submission(application: Application, lead: str, intake: CurrentIntake | None) -> list[Step]:
    """First what is still open, then the submission by the lead."""
    open_steps = _open(application, intake)
    if not open_steps:
        return [Step(_("Everyone signed. Submit the application now."), lead)]
    return [*open_steps, Step(_("Submits the application."), lead)]


def _answers(application: Application, lead: str, intake: CurrentIntake | None) -> list[Step]:
    return [*_open(application, intake), Step(_("Send the answers to Fedasil."), lead)]


def _open(application: Application, intake: CurrentIntake | None) -> list[Step]:
    """One step for each kind of blocker; once signing is possible, one step for each missing signature."""
    found = by_kind(awaited(application, intake))
    unfinished = found.keys() & {Kind.INVITATION, Kind.LEAD, Kind.SECTIONS}
    return [step for kind, of_it in found.items() for step in _steps(application, kind, of_it, bool(unfinished))]


def _steps(application: Application, kind: Kind, found: list[Blocker], unfinished: bool) -> list[Step]:
    again = application.state == State.CHANGES_REQUESTED
    match kind:
        case Kind.INVITATION:
            return [Step(_("Answers the invitation."), names_of(found))]
        case Kind.LEAD:
            return [Step(_("Says whether it takes over the lead."), names_of(found))]
        case Kind.REQUEST:
            text = _("Answer what Fedasil asks about %(questions)s.")
            return [Step(text % {"questions": ", ".join(one.about)}, one.names, one.due_on) for one in found]
        case Kind.SECTIONS:
            return [Step(_("Answer the open sections."), names_of(found))]
        case Kind.SIGNATURE if unfinished and not again:
            return [Step(_("Sign."), names_of(found))]
        case Kind.SIGNATURE:
            text = _("Sign again: %(capacity)s.") if again else _("Sign: %(capacity)s.")
            return [Step(text % {"capacity": capacity.label}, one.names) for one in found for capacity in one.about]
        case Kind.FILES:
            return [Step(_("Checks the files for viruses."), names_of(found))]
    return [Step(_("Takes applications again: none can be submitted now."), names_of(found))]


def _names(application: Application) -> str:
    return ", ".join(party.name for party in application.joined_parties)
