"""Who may do what with an application: small predicates, composed."""

import rules
from django.db.models import Q, QuerySet

from partners.models import Membership
from portal import clock
from portal.permissions import is_decider, is_officer

from .models import Application, DecisionPower, Party, Review
from .questions import Section


def memberships(user, application: Application) -> list[Membership]:
    """The person's memberships in the organisations that take part, read once per application object."""
    if not user.is_authenticated:
        return []
    cache = application.__dict__.setdefault("_memberships", {})
    if user.pk not in cache:
        cache[user.pk] = list(
            Membership.objects.today()
            .filter(
                user=user,
                organisation__parties__application=application,
                organisation__parties__state=Party.State.ACCEPTED,
            )
            .select_related("organisation")
            .distinct()
        )
    return cache[user.pk]


def share_memberships(user, applications: list[Application]) -> None:
    """Read the person's memberships once for all these, whose parties are read already."""
    own = list(Membership.objects.today().filter(user=user).select_related("organisation"))
    for application in applications:
        organisations = {party.organisation_id for party in application.joined_parties}
        application.__dict__["_memberships"] = {
            user.pk: [found for found in own if found.organisation_id in organisations]
        }


def works_for(user, party: Party) -> bool:
    """Works for the party's organisation today, as manager, contributor or deputy of one."""
    return any(
        found.organisation_id == party.organisation_id and found.works for found in memberships(user, party.application)
    )


def signing_capacities(user, party: Party) -> list[str]:
    """The capacities, among those of the party's rule, in which this person signs for it.

    None while the organisation was asked to confirm its signatories anew.
    """
    held = {
        found.capacity
        for found in memberships(user, party.application)
        if found.organisation_id == party.organisation_id and not found.organisation.signatories_asked_at
    }
    return [capacity for capacity in party.capacities if capacity in held]


def may_edit_section(user, application: Application, section: Section) -> bool:
    """The lead edits every section; each other party those of its own aims."""
    for party in application.joined_parties:
        if works_for(user, party) and (
            party.is_lead or section.aim == "cooperation" or (section.aim and getattr(party, section.aim))
        ):
            return True
    return False


@rules.predicate
def belongs_to_party(user, application) -> bool:
    return bool(memberships(user, application))


@rules.predicate
def works_for_lead(user, application) -> bool:
    return any(party.is_lead and works_for(user, party) for party in application.joined_parties)


@rules.predicate
def left_draft(user, application) -> bool:
    """Drafts are the applicants' own: Fedasil sees an application once it was submitted."""
    return application.submitted_at is not None


@rules.predicate
def not_recused(user, application) -> bool:
    """Whoever withdrew for a conflict of interest does not see the dossier any more."""
    return not application.recusals.filter(user=user).exists()


@rules.predicate
def reviews(user, application) -> bool:
    """Reviewing is an assignment, not a role."""
    return application.reviews.filter(reviewer=user).exclude(state=Review.State.WITHDRAWN).exists()


@rules.predicate
def has_power_to_decide(user, application) -> bool:
    today = clock.today()
    return DecisionPower.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today), user=user, valid_from__lte=today
    ).exists()


seen_by_fedasil = left_draft & not_recused

rules.add_perm("applications.view_application", belongs_to_party | ((is_officer | is_decider) & seen_by_fedasil))
rules.add_perm("applications.edit_application", works_for_lead)
rules.add_perm("applications.submit_application", works_for_lead)
rules.add_perm("applications.withdraw_application", works_for_lead)
rules.add_perm("applications.handle_application", is_officer & seen_by_fedasil)
rules.add_perm("applications.review_application", is_officer & seen_by_fedasil & reviews)
rules.add_perm("applications.recuse_from_application", (is_officer | is_decider) & seen_by_fedasil)
rules.add_perm("applications.decide_application", is_decider & seen_by_fedasil & has_power_to_decide & ~reviews)


def seen_at_desk(user) -> QuerySet[Application]:
    """What this person of Fedasil sees: everything that was submitted, but for what one withdrew from."""
    return (
        Application.objects.filter(submitted_at__isnull=False)
        .exclude(recusals__user=user)
        .prefetch_related("parties__organisation")
    )


def visible_to(user) -> QuerySet[Application]:
    """The applications in which an organisation of this person takes part."""
    return (
        Application.objects.filter(parties__organisation__memberships__user=user, parties__state=Party.State.ACCEPTED)
        .distinct()
        .prefetch_related("parties__organisation")
    )
