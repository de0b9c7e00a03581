"""Who of Fedasil works with dossiers today."""

from django.db.models import QuerySet

from .models import User
from .permissions import ADMINISTRATORS, DECIDERS, OFFICERS


def officers() -> QuerySet[User]:
    return User.objects.filter(groups__name=OFFICERS, is_active=True).order_by("email")


def team() -> QuerySet[User]:
    """Officers and deciders."""
    return User.objects.filter(groups__name__in=(OFFICERS, DECIDERS), is_active=True).distinct().order_by("email")


def administrators() -> QuerySet[User]:
    return User.objects.filter(groups__name=ADMINISTRATORS, is_active=True).order_by("email")
