"""What the people of Fedasil are told about organisations (portal/staff/notices.py)."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import User, Way
from portal.permissions import OFFICERS, is_officer
from portal.staff import notices
from portal.staff.notices import Kind, Subject

from ..models import Organisation

KINDS = [
    Kind("organisation_claimed", _("Someone else says that its enterprise number is theirs."), Way.AT_ONCE),
    Kind("organisation_twice", _("This local authority is registered twice, with two numbers."), Way.DIGEST),
]


def register() -> None:
    notices.register(KINDS)
    notices.register_subject(Organisation, Subject(str, address_of, seen_by, readers))


def address_of(organisation: Organisation) -> str:
    return reverse("desk_organisations:inspect", args=[organisation.pk])


def seen_by(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.all() if is_officer(user) else Organisation.objects.none()


def readers(organisation: Organisation, people: Iterable[int]) -> QuerySet[User]:
    return officers().filter(pk__in=list(people))


def officers() -> QuerySet[User]:
    return User.objects.filter(groups__name=OFFICERS, is_active=True).order_by("pk")


def tell_officers(kind: str, organisation: Organisation, occasion: object) -> None:
    notices.tell(officers(), kind, organisation, occasion)
