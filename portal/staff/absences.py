"""Who of Fedasil is away, and who stands in: saying so, ending it, and the way from one deputy to the next."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import clock
from ..audit import log
from ..models import Absence, User
from ..permissions import is_administrator
from ..workflow import Refused


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def today() -> dict[int, Absence]:
    """Today's absences by the id of the person, with the deputy: read once for a list."""
    return {found.user_id: found for found in Absence.objects.on(clock.today()).select_related("deputy")}


def of(user: User | None) -> Absence | None:
    """Today's absence of this person."""
    return Absence.objects.on(clock.today()).filter(user=user).select_related("deputy").first() if user else None


def away(on: date | None = None) -> dict[int, int]:
    """The ids of all who are absent that day, with those of their deputies."""
    return dict(Absence.objects.on(on or clock.today()).values_list("user_id", "deputy_id"))


def present(person: int, absent: dict[int, int]) -> int | None:
    """Who acts for a person: oneself, or the first deputy who is there; nobody where deputies go round in a circle."""
    passed = set()
    while person in absent:
        if person in passed:
            return None
        passed.add(person)
        person = absent[person]
    return person


def stood_in_for(user: User, absent: dict[int, int] | None = None) -> list[int]:
    """The ids of those for whom this person acts while these are absent, or today."""
    absent = away() if absent is None else absent
    return [person for person in absent if present(person, absent) == user.pk]


# ── Saying so ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def keep(absence: Absence, actor: User) -> Absence:
    """Save an absence, one's own or as an administrator anyone's. Refused where it does not fit the others."""
    _lock(absence, actor)
    try:
        absence.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    absence.save()
    data = {"absence": absence.pk, "deputy": absence.deputy_id}
    log.record(absence.user, "absence_set", actor=actor, data=data)
    return absence


@transaction.atomic
def end(absence: Absence, actor: User) -> None:
    """The person is back from today on; an absence that had not begun is deleted. What is over stays as it was."""
    _lock(absence, actor)
    if absence.last_day < clock.today():
        raise Refused(_("This absence is over."))
    data = {"absence": absence.pk}
    absence.end()
    log.record(absence.user, "absence_ended", actor=actor, data=data)


def _lock(absence: Absence, actor: User) -> None:
    """The person's row, so that no two absences come in at once; for those who may say it."""
    if absence.user_id != actor.pk and not is_administrator(actor):
        raise PermissionDenied
    User.objects.select_for_update(no_key=True).get(pk=absence.user_id)
