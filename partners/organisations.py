"""What happens to organisations and their people."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock, log, mail
from portal.models import User
from portal.workflow import Refused

from .models import Invitation, Membership, Organisation
from .signing import set_default_rule

INVITATION_LASTS = timedelta(days=14)
LOCAL_AUTHORITIES = {Organisation.Kind.MUNICIPALITY, Organisation.Kind.PCSW}
ROLES = ("manager", "contributor", "viewer", "capacity")


@transaction.atomic
def register(organisation: Organisation, actor: User) -> Organisation:
    """Save a new organisation with the signing rule of its kind; the actor becomes manager and contributor."""
    if not organisation.signs_first:
        set_default_rule(organisation)
    if organisation.kind in LOCAL_AUTHORITIES and organisation.municipality.language:
        # A local authority gets letters in the language of its area; in Brussels it chooses.
        organisation.letter_language = organisation.municipality.language
    organisation.created_at = clock.now()
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(user=actor, organisation=organisation, manager=True, contributor=True)
    log.record(organisation, "registered", actor=actor)
    return organisation


@transaction.atomic
def change(organisation: Organisation, actor: User) -> Organisation:
    """Save changes to the organisation's own data, such as its signing rule."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.full_clean()
    organisation.save()
    log.record(organisation, "changed", actor=actor)
    return organisation


@transaction.atomic
def invite(organisation: Organisation, actor: User, *, email: str, language: str, **roles) -> Invitation:
    """Ask a colleague by mail to take up `roles` (manager, contributor, viewer, capacity)."""
    now = clock.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email.lower(),
        invited_by=actor,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
        **roles,
    )
    log.record(organisation, "colleague_invited", actor=actor, data={"invitation": invitation.pk})
    mail.queue(
        key=f"invitation:{invitation.uuid}",
        to=invitation.email,
        language=language,
        template="partners/invitation",
        context={"invitation": invitation, "organisation": organisation, "actor": actor},
    )
    return invitation


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Take up the roles offered, once, before the invitation ends, with the invited address. Roles add up."""
    now = clock.now()
    if invitation.email != user.email:
        raise Refused(_("This invitation is for %(email)s. Sign in with that address.") % {"email": invitation.email})
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, expires_at__gt=now).update(
        accepted_by=user, accepted_at=now
    )
    if not taken:
        raise Refused(_("This invitation was used or has ended. Ask your organisation for a new one."))
    offered = {role: getattr(invitation, role) for role in ROLES if getattr(invitation, role)}
    membership, created = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults=offered
    )
    if not created:
        for role, value in offered.items():
            setattr(membership, role, value)
        membership.save()
    log.record(invitation.organisation, "colleague_joined", actor=user, data={"membership": membership.pk})
    return membership


@transaction.atomic
def take_capacity(organisation: Organisation, user: User, capacity: str) -> None:
    """The person's own membership gets a capacity in which he or she signs (or none: empty)."""
    membership = Membership.objects.select_for_update().get(organisation=organisation, user=user)
    membership.capacity = capacity
    membership.save()
    log.record(organisation, "capacity_taken", actor=user, data={"capacity": capacity})
