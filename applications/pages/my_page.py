"""What a person finds when signing in: what to go on with, what waits for him or her, and for whom each one waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Membership
from partners.people.person import Person
from partners.people.tasks import Task
from partners.people.tasks import tasks_of as tasks_in_organisations
from portal.models import User

from ..case.intake import CurrentIntake
from ..drafts.expiry import announced_end
from ..models import Application, Attachment, ChangeRequest, Party
from ..permissions import invitations_to, signing_capacities, visible_to, works_for, works_for_party
from ..questionnaire.questions import WITH_ROWS
from ..signing import coverage
from ..submission import readiness

State = Application.State
UNFINISHED = {State.DRAFT, State.CHANGES_REQUESTED}


def applications_of(user: User) -> list[Application]:
    """The person's applications, last changed first, read with all that this page asks of them."""
    found = visible_to(user).order_by("-changed_at", "-pk")
    return list(
        found.prefetch_related(
            "parties__signatures",
            "change_requests__party__organisation",
            "change_requests__items",
            "attachments",
            *WITH_ROWS,
        )
    )


def files_taken_along(user: User) -> list[Attachment]:
    """The files of one's organisations in applications in which they take part no longer."""
    mine = Membership.objects.today().filter(user=user).values("organisation")
    gone = (Party.State.LEFT, Party.State.REMOVED)
    found = Attachment.objects.filter(party__organisation__in=mine, party__state__in=gone, state=Attachment.State.CLEAN)
    return list(found.order_by("party__organisation__name", "pk"))


@dataclass(frozen=True)
class Listed:
    """An application as the page lists it: for whom it waits, as a sentence, and when an untouched draft ends."""

    application: Application
    waits: str
    announced_end: datetime | None


def listed(application: Application, intake: CurrentIntake) -> Listed:
    return Listed(application, waits_for(application, intake), announced_end(application))


def to_go_on_with(person: Person, applications: Iterable[Listed]) -> Listed | None:
    """The unfinished application on which the person worked last, or could."""
    return next(
        (
            found
            for found in applications
            if found.application.state in UNFINISHED and works_for_party(person, found.application)
        ),
        None,
    )


def tasks_of(person: Person, applications: list[Application], intake: CurrentIntake | None = None) -> list[Task]:
    """All that waits for this person: what Fedasil asks first, then signatures, invitations and organisations."""
    intake = intake or CurrentIntake()
    asked, to_sign, to_lead, to_submit = [], [], [], []
    for application in applications:
        if application.state not in UNFINISHED:
            continue
        for party in application.joined_parties:
            if open_requests(application, party) and works_for(person, party):
                address = reverse("applications:application", args=[application.uuid])
                asked.append(Task(_("Answer what Fedasil asks"), address, party.name))
            if party.lead_offered_at and works_for(person, party):
                address = reverse("applications:take_lead", args=[party.uuid])
                to_lead.append(Task(_("Say whether you take over the lead"), address, party.name))
            if party.is_lead and may_be_submitted(application, intake) and works_for(person, party):
                address = reverse("applications:submit", args=[application.uuid])
                to_submit.append(Task(_("Submit the application"), address, party.name))
            held = signing_capacities(person, party)
            if held and not coverage.open_sections(party) and set(held) & set(coverage.missing_capacities(party)):
                to_sign.append(Task(_("Read and sign"), reverse("applications:sign", args=[party.uuid]), party.name))
    invitations = [
        Task(
            _("Answer an invitation to an application"),
            reverse("applications:invitation", args=[party.uuid]),
            party.organisation.name if party.organisation else "",
        )
        for party in invitations_to(person).select_related("organisation").order_by("pk")
    ]
    in_organisations = tasks_in_organisations(person, signed_by_their_rule(applications))
    return [*asked, *to_submit, *to_sign, *to_lead, *invitations, *in_organisations]


def may_be_submitted(application: Application, intake: CurrentIntake) -> bool:
    """A draft for which nothing is waited but the lead."""
    return application.state == State.DRAFT and not readiness.blockers(application, intake)


def signed_by_their_rule(applications: Iterable[Application]) -> set[int]:
    """The organisations for which all signed in the capacities of their rule: they do not have to confirm it."""
    return {
        party.organisation_id
        for application in applications
        for party in application.joined_parties
        if party.capacities == party.organisation.capacities
        and {signature.capacity for signature in party.signatures.all()} >= set(party.capacities)
    }


def open_requests(application: Application, party: Party) -> list[ChangeRequest]:
    """What Fedasil asks of this party; what names no party is asked of the lead."""
    if application.state != State.CHANGES_REQUESTED:
        return []
    return [
        request
        for request in application.change_requests.all()
        if request.state == ChangeRequest.State.OPEN
        and (request.party_id == party.pk or request.party_id is None and party.is_lead)
    ]


def waits_for(application: Application, intake: CurrentIntake | None = None) -> str:
    """Who has to act next, as a sentence; empty where nobody has."""
    if application.state in UNFINISHED:
        return readiness.sentence(application, intake)
    if application.state in (State.SUBMITTED, State.IN_REVIEW):
        return _("Fedasil reads it.")
    return ""
