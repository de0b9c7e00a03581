"""What waits for a person as colleague of organisations."""

from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Invitation, JoinRequest
from .person import Person


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence that leads to the page where it is done, and what it is about."""

    text: str
    url: str
    about: str = ""


def tasks_of(person: Person, signed: Set[int] = frozenset()) -> list[Task]:
    """Invitations to answer, requests to join, signatories and signing rules to confirm.

    `signed`: organisations that signed by their rule already, and so need not confirm it.
    """
    invited = Invitation.objects.open().filter(email=person.user.email).select_related("organisation")
    organisations = [found.organisation for found in person.memberships if found.manages]
    requests = JoinRequest.objects.filter(organisation__in=organisations, state=JoinRequest.State.WAITING)
    return [
        *[
            Task(_("Answer an invitation"), reverse("partners:invitation", args=[found.uuid]), found.organisation.name)
            for found in invited
        ],
        *[
            Task(
                _("Answer someone who asks to join"),
                reverse("partners:join_request", args=[found.uuid]),
                str(found.user),
            )
            for found in requests.select_related("user")
        ],
        *[
            Task(_("Confirm all signatories"), reverse("partners:signatories", args=[found.uuid]), found.name)
            for found in organisations
            if found.signatories_asked_at
        ],
        *[
            Task(_("Confirm who signs"), reverse("partners:signing_rule", args=[found.uuid]), found.name)
            for found in organisations
            if not found.rule_confirmed_at and found.pk not in signed
        ],
    ]
