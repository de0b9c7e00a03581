"""Notices to the people of Fedasil about dossiers (portal/staff/notices.py): who gets which. No content is quoted.

Reviews are blind: no notice mentions a review before all are done; then those who act on them get one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.interest.services import TEAM_LANGUAGE
from portal import clock
from portal.audit import log
from portal.models import LogEntry, Notice, User, Way
from portal.permissions import DECIDERS, OFFICERS, is_decider, is_officer
from portal.staff import notices
from portal.staff.notices import Kind, Subject

from ..case.handling_time import term
from ..models import Application, Review
from ..permissions import powers_today, seen_at_desk

if TYPE_CHECKING:
    from ..review.status import ReviewStatus


KINDS = [
    Kind("new_for_me", _("A new application came in. You look after it."), Way.AT_ONCE),
    Kind("new_for_team", _("A new application came in. Nobody looks after it yet."), Way.DIGEST),
    Kind("assigned", _("The dossier was given to you to look after."), Way.AT_ONCE),
    Kind("message", _("A party wrote a message."), Way.AT_ONCE),
    Kind("answers", _("Answers came back."), Way.AT_ONCE),
    Kind("to_review", _("You are asked to review it, or to confirm your review."), Way.AT_ONCE),
    Kind("reviews_differ", _("The reviews are done and differ: the reviewers settle that."), Way.AT_ONCE),
    Kind("reviews_complete", _("The reviews are complete: it can be decided."), Way.AT_ONCE),
    Kind("to_release", _("A decision is prepared: it can be released."), Way.AT_ONCE),
    Kind("request_missed", _("What was asked is not answered in time. You choose what happens."), Way.AT_ONCE),
    Kind("withdrawn", _("The application was withdrawn."), Way.DIGEST),
    Kind("overdue", _("It has been with Fedasil for a long time."), Way.DIGEST),
    Kind("mail_undelivered", _("An e-mail about it did not arrive."), Way.DIGEST),
]


def register() -> None:
    notices.register(KINDS)
    notices.register_subject(Application, Subject(str, address_of, seen_by, readers))


def address_of(application: Application) -> str:
    return reverse("desk_applications:inspect", args=[application.pk])


def seen_by(user: User) -> QuerySet[Application]:
    seen = seen_at_desk(user)
    return seen if is_officer(user) or is_decider(user) else seen.none()


def readers(application: Application, people: Iterable[int]) -> QuerySet[User]:
    """Those among them who may know of the dossier: officers and deciders who did not withdraw from it."""
    return (
        User.objects.filter(pk__in=list(people), is_active=True, groups__name__in=(OFFICERS, DECIDERS))
        .exclude(pk__in=application.recusals.values("user"))
        .distinct()
        .order_by("pk")
    )


# ── To whom ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def assignee_of(application: Application) -> User | None:
    """The officer who looks after it; where nobody does, the one who last took a step with it."""
    if application.assignee:
        return application.assignee
    steps = LogEntry.objects.filter(pk__in=log.entries_of(application).values("pk"), actor__isnull=False)
    handled = steps.filter(action__in=["begin_review", "request_changes"]).select_related("actor")
    last = handled.order_by("-number").first()
    return last.actor if last else None


def notify_assignee(application: Application, kind: str, occasion: object) -> None:
    """Tell who looks after it, or by mail the team where nobody can be reached."""
    assignee = assignee_of(application)
    if not (assignee and notices.tell([assignee], kind, application, occasion)):
        notify_team(application, kind, occasion)


def notify_team(application: Application, kind: str, occasion: object) -> None:
    notices.mail_to(settings.TEAM_EMAIL, TEAM_LANGUAGE, kind, application, occasion)


def reviewers_of(application: Application) -> QuerySet[User]:
    assigned = application.reviews.exclude(state=Review.State.WITHDRAWN)
    return User.objects.filter(pk__in=assigned.values("reviewer"))


# ── Of what ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def notify_of_new(application: Application, officers: Iterable[User]) -> None:
    if application.assignee:
        notices.tell([application.assignee], "new_for_me", application, 1)
    else:
        notices.tell(officers, "new_for_team", application, 1)
        notify_team(application, "new_for_team", 1)


def notify_of_answers(application: Application, version: int) -> None:
    """Tell the assignee and the reviewers that a new version came in: reviews have to be confirmed."""
    notify_assignee(application, "answers", version)
    notices.tell(reviewers_of(application), "to_review", application, f"version:{version}")


def notify_of_withdrawal(application: Application) -> None:
    """Tell the assignee and the reviewers that it was withdrawn; of a draft nobody at Fedasil is told."""
    if application.submitted_at:
        notify_assignee(application, "withdrawn", 1)
        notices.tell(reviewers_of(application), "withdrawn", application, 1)


def notify_of_reviews(application: Application, now: "ReviewStatus", actor: User) -> None:
    """Once all reviews are done, tell the assignee, and who acts: reviewers where they differ, else deciders."""
    if not now.complete:
        return
    occasion = f"{now.latest.pk}:{'-'.join(str(review.pk) for review in now.reviews)}"
    assignees = [application.assignee] if application.assignee else []
    if now.ready:
        notices.tell([*deciders_of(application), *assignees], "reviews_complete", application, occasion, but=actor)
    else:
        notices.tell([*reviewers_of(application), *assignees], "reviews_differ", application, occasion, but=actor)


def deciders_of(application: Application) -> QuerySet[User]:
    """Who can release a decision about it today."""
    deciding = User.objects.filter(groups__name=DECIDERS, pk__in=powers_today().values("user"))
    return deciding.exclude(pk__in=reviewers_of(application))


def notify_of_prepared(application: Application, decision: int, actor: User) -> None:
    notices.tell(deciders_of(application), "to_release", application, f"decision:{decision}", but=actor)


def look_after_overdue() -> int:
    """Tell of each dossier that has been with Fedasil too long, once (a job of `run_due`)."""
    told = Notice.objects.filter(about_type=notices.kind_of(Application), about_id=OuterRef("pk"), kind="overdue")
    waiting = Application.objects.filter(state__in=[Application.State.SUBMITTED, Application.State.IN_REVIEW]).filter(
        ~Exists(told), clock_started_at__lt=clock.now() - term()
    )
    found = list(waiting.select_related("assignee"))
    for application in found:
        notify_assignee(application, "overdue", 1)
    return len(found)
