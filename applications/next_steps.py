"""What happens next with an application, who acts, and until when: for its parties and for Fedasil."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from . import signing, slots
from .models import Application
from .questions import SECTIONS, missing

State = Application.State
ENDED = {State.DECLINED, State.WITHDRAWN, State.EXPIRED}


@dataclass(frozen=True)
class Step:
    """One step to come: what, by whom, and perhaps by when."""

    text: str
    who: str
    by: date | None = None


def next_steps(application: Application) -> list[Step]:
    """The steps that are still to come, the first one first; none where it has ended."""
    lead = application.lead.name
    reads = Step(_("Reads it, and asks where something is not clear."), "Fedasil")
    decides = Step(_("Decides. Everyone who works on it gets a mail."), "Fedasil")
    match application.state:
        case State.DRAFT:
            return [*_before_submission(application, lead), reads, decides]
        case State.SUBMITTED | State.IN_REVIEW:
            return [reads, decides]
        case State.CHANGES_REQUESTED:
            return [*_answers(application, lead), reads, decides]
        case State.APPROVED:
            return [
                Step(_("The agreement is drafted, and sent to every party."), "Fedasil"),
                Step(_("The competent body of each party is asked to approve it."), _names(application)),
            ]
    return []


def _before_submission(application: Application, lead: str) -> list[Step]:
    """What is open now: the sections, then each signature, then nothing but to submit."""
    if any(missing(application, section) for section in SECTIONS):
        return [Step(_("Answer the open sections, and sign."), _names(application)), *_submits(lead)]
    unsigned = [
        Step(_("Sign: %(capacity)s.") % {"capacity": capacity.label}, party.name)
        for party, capacity in signing.missing_signatures(application)
    ]
    if unsigned or slots.waiting_names(application):
        return [*unsigned, *_submits(lead)]
    return [Step(_("Everyone signed. Submit the application now."), lead)]


def _submits(lead: str) -> list[Step]:
    return [Step(_("Submits the application."), lead)]


def _answers(application: Application, lead: str) -> list[Step]:
    steps = [
        Step(
            _("Answer what Fedasil asks about %(questions)s.")
            % {"questions": ", ".join(item.question for item in request.open_items)},
            request.party.name if request.party else lead,
            request.due_on,
        )
        for request in application.change_requests.all()
        if request.state == request.State.OPEN
    ]
    unsigned = [
        Step(_("Sign again: %(capacity)s.") % {"capacity": capacity.label}, party.name)
        for party, capacity in signing.missing_signatures(application)
    ]
    return [*steps, *unsigned, Step(_("Send the answers to Fedasil."), lead)]


def _names(application: Application) -> str:
    return ", ".join(party.name for party in application.joined_parties)
