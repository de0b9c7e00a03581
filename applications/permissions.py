"""Who may do what with an application: small predicates, composed."""

from collections.abc import Callable

import rules
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from partners.models import Membership
from partners.people.person import Person
from portal import clock
from portal.permissions import is_decider, is_fedasil, is_officer

from .models import AdviceRequest, Application, Attachment, DecisionPower, Party, Recusal, Review
from .questionnaire.definition import Section
from .questionnaire.file_requirements import FileRequirement, current_attachments, is_file_of
from .questionnaire.questions import covered_sections, covers


# ── The people of the parties ─────────────────────────────────────────────────────────────────────────────────────────
def membership(person: Person, party: Party) -> Membership | None:
    """The person's membership in the party's organisation, if that takes part."""
    return person.membership_in(party.organisation_id) if party.state == Party.State.ACCEPTED else None


def invitations_to(person: Person) -> QuerySet[Party]:
    """The open invitations that this person may answer: at the own address, or to an organisation that one manages."""
    managed = [found.organisation_id for found in person.memberships if found.manages]
    at_address = Q(organisation__isnull=True, invited_email=person.user.email)
    return Party.objects.filter(at_address | Q(organisation__in=managed), state=Party.State.INVITED)


def was_invited(person: Person, party: Party) -> bool:
    """Whether this person is the one whom the invitation addresses, answered or not."""
    if party.invited_email:
        return party.invited_email == person.user.email
    found = person.membership_in(party.organisation_id)
    return found is not None and found.manages


def works_for(person: Person, party: Party) -> bool:
    """Works for the party's organisation today, as manager, contributor or deputy of one."""
    found = membership(person, party)
    return found is not None and found.works


def belongs_to(person: Person, party: Party) -> bool:
    """Has any role in the party's organisation today."""
    return membership(person, party) is not None


def own_parties(person: Person, application: Application) -> list[Party]:
    """The parties to which this person belongs."""
    return [party for party in application.joined_parties if belongs_to(person, party)]


def works_for_party(person: Person, application: Application) -> bool:
    return any(works_for(person, party) for party in application.joined_parties)


def belongs_to_party(person: Person, application: Application) -> bool:
    return any(belongs_to(person, party) for party in application.joined_parties)


def works_for_lead(person: Person, application: Application) -> bool:
    return any(party.is_lead and works_for(person, party) for party in application.joined_parties)


def signing_capacities(person: Person, party: Party) -> list[str]:
    """The capacities, among those of the party's rule, in which this person signs for it.

    None while the organisation was asked to confirm its signatories anew.
    """
    found = membership(person, party)
    if found is None or found.organisation.signatories_asked_at:
        return []
    return [capacity for capacity in party.capacities if capacity == found.capacity]


def may_edit_section(person: Person, application: Application, section: Section) -> bool:
    """The lead edits every section; each other party those of its own aims, and its own part of what each one gives."""
    return any(works_for(person, party) and party_edits(party, section) for party in application.joined_parties)


def party_edits(party: Party, section: Section) -> bool:
    return (
        party.is_lead
        or section.each_party
        or section.aim == "cooperation"
        or bool(section.aim and getattr(party, section.aim))
    )


def may_attach(person: Person, application: Application, requirement: FileRequirement, owner: Party | None) -> bool:
    """Add and remove files of this party (None: of all): the party and the lead; of all also those of its aim."""
    return any(
        works_for(person, party)
        and (
            party.is_lead
            or owner == party
            or owner is None
            and bool(requirement.aim)
            and getattr(party, requirement.aim)
        )
        for party in application.joined_parties
    )


def sees_attachment(person: Person, application: Application, attachment: Attachment) -> bool:
    """Each party sees its own files and the common ones, the lead all; Fedasil all once it was submitted.

    The files of a party that left are for its own people alone.
    """
    if attachment.party and attachment.has_left:
        return person.membership_in(attachment.party.organisation_id) is not None
    return any(
        party.is_lead or is_file_of(attachment, party) for party in own_parties(person, application)
    ) or rules.has_perm("applications.read_attachments", person.user, application)


def seen_attachments(person: Person, application: Application) -> list[Attachment]:
    """Those of which this person may know, with their previews."""
    prefetch_related_objects([application], "attachments__previews")
    return [found for found in current_attachments(application) if sees_attachment(person, application, found)]


def may_see_section(person: Person, application: Application, section: Section) -> bool:
    """Who reads the answers of a section, among the parties: the lead all of them, each other what the lead allows.

    Every page, file and mail that shows answers to a party asks here.
    """
    return any(
        party.is_lead or party.sees_all_answers or covers(party, section) for party in own_parties(person, application)
    )


def may_read_covered(person: Person, party: Party) -> bool:
    """Who reads exactly what the party signs."""
    return all(may_see_section(person, party.application, section) for section in covered_sections(party))


# ── Fedasil ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@rules.predicate
def left_draft(user, application) -> bool:
    """Drafts are the applicants' own: Fedasil sees an application once it was submitted."""
    return application.submitted_at is not None


@rules.predicate
def not_recused(user, application) -> bool:
    """Whoever withdrew for a conflict of interest does not see the dossier any more."""
    return all(found.user_id != user.pk for found in application.recusals.all())


@rules.predicate
def reviews(user, application) -> bool:
    """Reviewing is an assignment, not a role."""
    return application.reviews.filter(reviewer=user).exclude(state=Review.State.WITHDRAWN).exists()


def powers_today() -> QuerySet[DecisionPower]:
    today = clock.today()
    return DecisionPower.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today)


def decides_today(user) -> bool:
    """Has a dated power to decide, and today lies within its dates."""
    return powers_today().filter(user=user).exists()


@rules.predicate
def has_power_to_decide(user, application) -> bool:
    return decides_today(user)


seen_by_fedasil = left_draft & not_recused


@rules.predicate
def advises_on_attachments(user, application) -> bool:
    """Is asked for advice on them."""
    found = AdviceRequest.objects.filter(application=application, asked_of=user).select_related("application")
    return is_fedasil(user) and any(asked.opens_sections and "attachments" in asked.sections for asked in found)


@rules.predicate
def is_asked(user, asked) -> bool:
    """This advice is asked of this person, of whichever group of Fedasil, who did not withdraw from the dossier."""
    return asked.asked_of_id == user.pk and is_fedasil(user) and seen_by_fedasil.test(user, asked.application)


# ── Rules by name ─────────────────────────────────────────────────────────────────────────────────────────────────────
# Workflow, `locked` and the desk ask them about a User.
def afresh(test: Callable[[Person, Application], bool]) -> rules.predicates.Predicate:
    """The same question about a User, whose memberships are read anew each time: a verb asks under its row lock."""
    return rules.predicate(lambda user, application: test(Person(user), application), test.__name__)


by_lead, by_party = afresh(works_for_lead), afresh(works_for_party)

rules.add_perm("applications.view_application", (is_officer | is_decider) & seen_by_fedasil | afresh(belongs_to_party))
rules.add_perm("applications.read_dossier", (is_officer | is_decider) & seen_by_fedasil)
rules.add_perm("applications.read_attachments", (is_officer | is_decider | advises_on_attachments) & seen_by_fedasil)
rules.add_perm("applications.give_advice", is_asked)
rules.add_perm("applications.edit_application", by_lead)
rules.add_perm("applications.submit_application", by_lead)
rules.add_perm("applications.withdraw_application", by_lead)
rules.add_perm("applications.write_message", by_party & left_draft | is_officer & seen_by_fedasil)
rules.add_perm("applications.handle_application", is_officer & seen_by_fedasil)
rules.add_perm("applications.review_application", is_officer & seen_by_fedasil & reviews)
rules.add_perm("applications.recuse_from_application", (is_officer | is_decider) & seen_by_fedasil)
rules.add_perm("applications.hand_over", is_officer)
rules.add_perm("applications.prepare_decision", (is_officer | is_decider) & seen_by_fedasil)
rules.add_perm("applications.decide_application", is_decider & seen_by_fedasil & has_power_to_decide & ~reviews)


def submitted_and_seen(user) -> QuerySet[Application]:
    """What this person of Fedasil sees: everything that was submitted, but for what one withdrew from."""
    recused = Recusal.objects.filter(application=OuterRef("pk"), user=user)
    return Application.objects.filter(~Exists(recused), submitted_at__isnull=False)


def seen_at_desk(user) -> QuerySet[Application]:
    """The same, with the parties."""
    return submitted_and_seen(user).prefetch_related("parties__organisation")


def to_decide_by(user) -> QuerySet[Application]:
    """Those on which this person may decide today: the same as the rule decide_application, for many at once."""
    if not is_decider(user) or not decides_today(user):
        return Application.objects.none()
    own = Review.objects.filter(reviewer=user).exclude(state=Review.State.WITHDRAWN)
    return seen_at_desk(user).exclude(reviews__in=own)


def visible_to(user) -> QuerySet[Application]:
    """The applications in which an organisation of this person takes part."""
    # No join: a row that is read once can also be locked.
    own = Party.objects.filter(
        application=OuterRef("pk"), state=Party.State.ACCEPTED, organisation__memberships__user=user
    )
    parties = Prefetch("parties", Party.objects.select_related("organisation"))
    return Application.objects.filter(Exists(own)).prefetch_related(parties)
