"""What a change of an organisation brings for the applications in which it takes part and that are not with Fedasil.

Drafts follow its signing rule until they are submitted; a signature covers its name; new people may be those who sign.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Capacity, Organisation
from partners.organisations.signing_rules import Follower, Given
from partners.signals import organisation_changed, signing_rule_followers
from portal.audit import log
from portal.models import LogEntry, User

from ..models import Application, Party
from ..signing import coverage
from ..submission import signatory_mails

State = Application.State
# Who may sign, or who sees to it, can be others after these steps.
OF_PEOPLE = {"colleague_joined", "roles_set", "signatories_confirmed", "absence_set"}


def register() -> None:
    organisation_changed.connect(follow, dispatch_uid="applications")
    signing_rule_followers.connect(followers, dispatch_uid="applications")


def taking_part(organisation: Organisation, *states: str) -> QuerySet[Application]:
    """Its applications in these states, in one order, so that two who lock them never wait for each other."""
    own = Party.objects.filter(organisation=organisation, state=Party.State.ACCEPTED)
    return Application.objects.filter(state__in=states, pk__in=own.values("application")).order_by("pk")


def party_of(application: Application, organisation: Organisation) -> Party:
    return next(party for party in application.joined_parties if party.organisation_id == organisation.pk)


def followers(organisation: Organisation, **kwargs) -> list[Follower]:
    """The drafts that follow its signing rule, with the signatures for it."""
    drafts = taking_part(organisation, State.DRAFT).prefetch_related("parties__organisation", "parties__signatures")
    return [
        Follower(
            _("Application led by %(lead)s") % {"lead": draft.lead},
            reverse("applications:application", args=[draft.uuid]),
            tuple(
                Given(found.pk, found.signatory_name, Capacity(found.capacity))
                for found in coverage.standing_signatures(party_of(draft, organisation))
            ),
        )
        for draft in drafts
    ]


def follow(organisation: Organisation, entry: LogEntry, actor: User, **kwargs) -> None:
    """Do what follows from this change, each application under its row lock, in the transaction of the change."""
    if entry.action == "rule_confirmed":
        for draft in taking_part(organisation, State.DRAFT).select_for_update():
            _follow_rule(draft, organisation, actor)
    elif entry.action == "changed" and "name" in entry.data["fields"]:
        for application in taking_part(organisation, *coverage.SIGNABLE).select_for_update():
            data = {"party": party_of(application, organisation).pk}
            renamed = log.record(application, "party_renamed", actor=actor, data=data)
            signatory_mails.tell_after(signatory_mails.read(application), renamed, actor)
    elif entry.action in OF_PEOPLE:
        for application in taking_part(organisation, *coverage.SIGNABLE).select_for_update():
            # Who joins to sign does not know from any page that it is the time for it.
            signatory_mails.tell_after(signatory_mails.read(application))


def _follow_rule(draft: Application, organisation: Organisation, actor: User) -> None:
    party = party_of(draft, organisation)
    if party.capacities == organisation.capacities:
        return
    not_needed = [
        found for found in coverage.standing_signatures(party) if found.capacity not in organisation.capacities
    ]
    rule = {"signs_first": organisation.signs_first, "signs_second": organisation.signs_second}
    Party.objects.filter(pk=party.pk).update(**rule)
    data = {"party": party.pk, "capacities": organisation.capacities}
    entry = log.record(draft, "signing_rule_followed", actor=actor, data=data)
    signatory_mails.tell_after(signatory_mails.read(draft), entry, actor, not_needed=not_needed)
