"""What happens to an organisation itself: registered, changed, its signing rule confirmed, verified by Fedasil."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.mail.rendering import WordsByLanguage
from portal.models import Mail, User
from portal.text import fold
from portal.workflow import Refused

from ..models import Capacity, Membership, Organisation
from ..models.organisation import LOCAL_AUTHORITIES
from ..signals import organisation_changed
from . import loading, staff_notices
from .signing_rules import followers, refuse_unseen, set_default_rule

# What Fedasil verified: when one of these changes, it has to be verified anew.
VERIFIED_FIELDS = ("name", "municipality_id")


@transaction.atomic
def register(organisation: Organisation, actor: User) -> Organisation:
    """Save a new organisation with the signing rule of its kind; the actor becomes manager and contributor."""
    if not organisation.signs_first:
        set_default_rule(organisation)
    if organisation.is_local_authority and organisation.municipality.language:
        # A local authority gets letters in the language of its area; in Brussels it chooses.
        organisation.letter_language = organisation.municipality.language
    organisation.created_at = clock.now()
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(user=actor, organisation=organisation, manager=True, contributor=True)
    log.record(organisation, "registered", actor=actor)
    if twins_of(organisation).exists():
        staff_notices.tell_officers("organisation_twice", organisation, "registered")
    return organisation


def twins_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Registered local authorities that this one may be under another number: there is one of a kind in a municipality.

    A body of another kind that is called like a local authority counts too.
    """
    same = Q(kind=organisation.kind, municipality=organisation.municipality_id)
    authorities = Organisation.objects.filter(kind__in=LOCAL_AUTHORITIES).exclude(pk=organisation.pk)
    return authorities.filter(same | Q(plain_name=fold(organisation.name)))


@transaction.atomic
def change(organisation: Organisation, actor: User, **data) -> Organisation:
    """Save new data (name, municipality, letter_language). What Fedasil verified is then to be verified anew."""
    locked = loading.locked_for(organisation, actor)
    changed = [field for field, value in data.items() if getattr(locked, field) != value]
    before = {field: getattr(locked, field) for field in VERIFIED_FIELDS}
    for field in changed:
        setattr(locked, field, data[field])
    if not changed:
        return locked
    if locked.verified_at and any(getattr(locked, field) != value for field, value in before.items()):
        locked.verified_at = locked.verified_by = None
        locked.checks = []
    locked.full_clean()
    locked.save()
    entry = log.record(locked, "changed", actor=actor, data={"fields": changed})
    organisation_changed.send(sender=Organisation, organisation=locked, entry=entry, actor=actor)
    return locked


@transaction.atomic
def confirm_rule(
    organisation: Organisation, actor: User, signs_first: str, signs_second: str = "", *, seen: set[int] | None = None
) -> Organisation:
    """The organisation says who signs for it: the default, confirmed, or another rule. What follows it changes too.

    `seen`: keys of the signatures of which the person was told that they may no longer count; Refused where there are
    others. None asks nothing.
    """
    locked = loading.locked_for(organisation, actor)
    if seen is not None:
        capacities = [Capacity(code) for code in (signs_first, signs_second) if code]
        refuse_unseen(followers(locked), capacities, seen)
    locked.signs_first, locked.signs_second = signs_first, signs_second
    locked.rule_confirmed_at = clock.now()
    locked.full_clean()
    locked.save()
    entry = log.record(locked, "rule_confirmed", actor=actor, data={"capacities": locked.capacities})
    organisation_changed.send(sender=Organisation, organisation=locked, entry=entry, actor=actor)
    return locked


# ── Fedasil ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def verify(organisation: Organisation, officer: User, checks: list[str], note: str = "") -> Organisation:
    """An officer looked at these (codes of Organisation.Check): all of them make the organisation verified."""
    locked = loading.locked(organisation)
    if set(checks) != set(Organisation.Check.values):
        raise Refused(_("Check all four points first. What is not right yet, you ask the organisation to change."))
    locked.verified_at, locked.verified_by, locked.checks = clock.now(), officer, sorted(checks)
    locked.save(update_fields=["verified_at", "verified_by", "checks"])
    entry = log.record(locked, "verified", actor=officer, data={"checks": locked.checks}, note=note)
    tell_managers(locked, "verified", entry.pk)
    return locked


@transaction.atomic
def ask_signatories(organisation: Organisation, officer: User) -> Organisation:
    """After elections: its signatories sign again once a manager has confirmed who they are."""
    locked = loading.locked(organisation)
    if locked.signatories_asked_at:
        raise Refused(_("This was asked already, and not answered yet."))
    locked.signatories_asked_at = clock.now()
    locked.save(update_fields=["signatories_asked_at"])
    entry = log.record(locked, "signatories_asked", actor=officer)
    tell_managers(locked, "signatories_asked", entry.pk)
    return locked


def tell_managers(organisation: Organisation, template: str, occasion: object, **context) -> None:
    """Mail templates/mail/partners/<template>.txt to those who manage it; `occasion` tells one event from the next."""
    managing = organisation.memberships.today().filter(manages=True, user__is_active=True).select_related("user")
    _tell_each(organisation, [membership.user for membership in managing], template, occasion, context)


def tell(organisation: Organisation, person: User, template: str, occasion: object, **context) -> None:
    """The same to one person, in his or her language."""
    _tell_each(organisation, [person], template, occasion, context)


def _tell_each(
    organisation: Organisation, people: Iterable[User], template: str, occasion: object, context: dict
) -> None:
    written = WordsByLanguage(f"partners/{template}", {"organisation": organisation, **context})
    for person in people:
        outbox.queue_words(
            written[person.language],
            key=f"organisation:{organisation.uuid}:{template}:{occasion}:{person.pk}",
            to=person.email,
            language=person.language,
            about=organisation,
        )


def pass_on(lost: Mail, organisation: Organisation) -> None:
    """A mail to one of its people, or to someone invited, did not arrive: those who manage it are told, once."""
    locked = loading.locked(organisation)
    log.record(locked, "mail_undelivered", data={"mail": lost.pk})
    if ":undelivered:" in lost.key:
        return
    managing = locked.memberships.today().filter(manages=True, user__is_active=True).exclude(user__email=lost.to)
    people = [membership.user for membership in managing.select_related("user")]
    _tell_each(locked, people, "undelivered", lost.pk, {"lost": lost})
