"""Which officer looks after a dossier: at most one, who can change at any time. Who reviews it is another question."""

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from portal.audit import log
from portal.models import User
from portal.permissions import is_officer
from portal.staff import absences, notices
from portal.team import officers
from portal.workflow import Refused

from ..case import loading
from ..communication.staff_notices import notify_of_new
from ..models import Application, AssignmentRule
from ..permissions import seen_at_desk


def with_open_dossiers() -> QuerySet[User]:
    """Everyone who looks after an open dossier, also people who no longer work here."""
    held = Application.objects.filter(state__in=Application.UNDECIDED, assignee=OuterRef("pk"))
    return User.objects.filter(Exists(held)).order_by("email")


def can_be_assigned(application: Application, officer: User) -> bool:
    return officer.is_active and is_officer(officer) and not application.recusals.filter(user_id=officer.pk).exists()


@transaction.atomic
def assign_to(application: Application, actor: User, officer: User | None, *, many: bool = False) -> Application:
    """Give the dossier to an officer, to oneself, or with None to nobody; nothing happens where it is so already.

    `many`: it is one of many at once; the officer is told of all of them in one mail in the morning.
    """
    locked = loading.locked(application, actor, "applications.handle_application")
    if officer and not can_be_assigned(locked, officer):
        raise Refused(_("This person cannot look after this application."))
    if locked.assignee != officer:
        locked.assignee = officer
        locked.save(update_fields=["assignee"])
        data = {"officer": officer.pk} if officer else {}
        entry = log.record(locked, "assigned" if officer else "unassigned", actor=actor, data=data)
        if officer:
            notices.tell([officer], "assigned", locked, entry.number, but=actor, many=many)
    return locked


def hand_over(actor: User, giver: User, taker: User) -> tuple[int, int]:
    """Give all open dossiers of one officer to another. Returns how many, and how many the other may not have.

    Dossiers from which the actor withdrew are left alone and not counted: the actor may not know of them.
    """
    if not rules.has_perm("applications.hand_over", actor):
        raise PermissionDenied
    if giver == taker:
        raise Refused(_("Choose two different people."))
    given = left = 0
    for application in seen_at_desk(actor).filter(assignee=giver, state__in=Application.UNDECIDED).order_by("pk"):
        try:
            assign_to(application, actor, taker, many=True)
            given += 1
        except Refused:
            left += 1
    return given, left


# ── By rule ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def by_rule(application: Application) -> User | None:
    """Give a dossier that comes in to the officer whose rule fits best, or who stands in; tell whom it concerns.

    Called under the row lock of the submission.
    """
    officer = whom_the_rules_name(application)
    if officer:
        application.assignee = officer
        application.save(update_fields=["assignee"])
        log.record(application, "assigned", data={"officer": officer.pk})
    notify_of_new(application, officers())
    return officer


def whom_the_rules_name(application: Application) -> User | None:
    """The officer whom the rules name, or the deputy of an absent one; None where no rule gives anyone.

    A rule for province and language goes before one for the province, then one for the language, then one for any
    application. Among equals the order of the rules decides.
    """
    province, language = application.lead.municipality.today.province, application.language
    fitting = AssignmentRule.objects.filter(province__in=["", province], language__in=["", language])
    absent = absences.away()
    for rule in sorted(fitting.select_related("officer"), key=best_first):
        if not (rule.officer.is_active and is_officer(rule.officer)):
            continue
        present = absences.present(rule.officer_id, absent)
        officer = User.objects.filter(pk=present).first() if present else None
        if officer and can_be_assigned(application, officer):
            return officer
    return None


def best_first(rule: AssignmentRule) -> tuple:
    return not rule.province, not rule.language, rule.order, rule.pk


# ── My work ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def assigned_to(user: User, absent: dict[int, int] | None = None) -> Q:
    """The dossiers of this person, and those of the absent for whom this person acts today."""
    return Q(assignee__in=[user.pk, *absences.stood_in_for(user, absent)])
