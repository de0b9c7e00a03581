"""Advice that an officer asks of a colleague, of whichever group, about some sections of a dossier."""

from collections.abc import Iterable
from datetime import date

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.permissions import FEDASIL_GROUPS, is_fedasil
from portal.workflow import NotAllowed, Refused

from ..case import loading
from ..models import AdviceRequest, Application
from ..questionnaire.definition import Section
from ..questionnaire.questions import BY_CODE, SECTIONS
from ..review.status import ReviewStatus, review_status
from .notes import checked


def advisers(application: Application, asker: User) -> QuerySet[User]:
    """Whom one can ask: anyone of Fedasil, but who withdrew from the dossier and, until reviews are done, who reviews.

    A reviewer's advice would be read before the other reviews are done.
    """
    found = User.objects.filter(groups__name__in=FEDASIL_GROUPS, is_active=True).exclude(pk=asker.pk)
    found = found.exclude(pk__in=application.recusals.values("user"))
    reviews = review_status(application)
    if not reviews.complete:
        found = found.exclude(pk__in=reviews.reviewers)
    return found.distinct().order_by("email")


@transaction.atomic
def ask(
    application: Application, actor: User, *, of: User, sections: Iterable[str], question: str, due_on: date
) -> AdviceRequest:
    """Ask, by a date. The colleague gets a mail, without any content."""
    locked = loading.locked(application, actor, "applications.handle_application", Application.UNDECIDED)
    chosen = [code for code in BY_CODE if code in set(sections)]
    if not chosen:
        raise Refused(_("Choose the sections that the advice is about."))
    if due_on < clock.today():
        raise Refused(_("Choose a date that is still to come."))
    if not advisers(locked, actor).filter(pk=of.pk).exists():
        raise Refused(_("You cannot ask this person for advice."))
    asked = AdviceRequest.objects.create(
        application=locked,
        sections=chosen,
        question=checked(question),
        asked_of=of,
        asked_by=actor,
        asked_at=clock.now(),
        due_on=due_on,
    )
    log.record(locked, "advice_asked", actor=actor, data={"advice": asked.pk, "asked": of.pk})
    _tell(asked, "advice_asked", of)
    return asked


def _lock(asked: AdviceRequest, actor: User, permission: str | None = None) -> AdviceRequest:
    """The request as it is now, with its application under lock (case.loading.locked)."""
    locked = loading.locked(asked.application_id, actor, permission)
    fresh = AdviceRequest.objects.select_related("asked_by", "asked_of").get(pk=asked.pk)
    fresh.application = locked
    return fresh


def _tell(asked: AdviceRequest, event: str, person: User) -> None:
    """Queue the mail templates/mail/applications/<event>.txt. It is about the request: parties hear of no failure."""
    if person.is_active:
        outbox.queue(
            key=f"advice:{asked.pk}:{event}",
            to=person.email,
            language=person.language,
            template=f"applications/{event}",
            context={"application": asked.application, "person": person, "request": asked},
            about=asked,
        )


def _close(asked: AdviceRequest, state: str, answer: str = "") -> None:
    asked.state, asked.answer, asked.closed_at = state, answer, clock.now()
    asked.save(update_fields=["state", "answer", "closed_at"])


@transaction.atomic
def answer(asked: AdviceRequest, actor: User, text: str) -> AdviceRequest:
    """Give the advice; who asked gets a mail, unless he or she withdrew from the dossier since."""
    fresh = _lock(asked, actor)
    if not rules.has_perm("applications.give_advice", actor, fresh):
        raise PermissionDenied
    if not fresh.opens_sections:
        raise NotAllowed(_("This request for advice was withdrawn."))
    reviews = review_status(fresh.application)
    if not reviews.complete and any(review.reviewer_id == actor.pk for review in reviews.reviews):
        raise Refused(_("You review this application by now. Say it in your review: others read it when all are done."))
    _close(fresh, AdviceRequest.State.ANSWERED, checked(text))
    log.record(fresh.application, "advice_given", actor=actor, data={"advice": fresh.pk})
    if rules.has_perm("applications.handle_application", fresh.asked_by, fresh.application):
        _tell(fresh, "advice_given", fresh.asked_by)
    return fresh


@transaction.atomic
def cancel(asked: AdviceRequest, actor: User) -> AdviceRequest:
    """Ask no more: the colleague gets a mail, and does not see the sections any longer."""
    fresh = _lock(asked, actor, "applications.handle_application")
    if not fresh.is_open:
        raise NotAllowed(_("This request for advice was withdrawn."))
    _close(fresh, AdviceRequest.State.CANCELLED)
    log.record(fresh.application, "advice_cancelled", actor=actor, data={"advice": fresh.pk})
    if rules.has_perm("applications.give_advice", fresh.asked_of, fresh):
        _tell(fresh, "advice_cancelled", fresh.asked_of)
    return fresh


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def seen(application: Application, user: User, reviews: ReviewStatus) -> list[AdviceRequest]:
    """Those of a dossier that this person may read: not what a reviewer asks or says before the reviews are done."""
    found = application.advice_requests.select_related("asked_of", "asked_by")
    return [asked for asked in found if reviews.may_read_notes_of(user, asked.asked_by_id, asked.asked_of_id)]


def asked_of(user: User) -> QuerySet[AdviceRequest]:
    """What is and was asked of this person of Fedasil, but about a dossier from which one withdrew."""
    if not is_fedasil(user):
        return AdviceRequest.objects.none()
    return (
        AdviceRequest.objects.filter(asked_of=user)
        .exclude(application__recusals__user=user)
        .select_related("application", "asked_by")
    )


def sections_of(asked: AdviceRequest) -> list[Section]:
    """The sections that it is about, in their order."""
    return [section for section in SECTIONS if section.code in asked.sections]


def overdue(asked: AdviceRequest) -> bool:
    return asked.is_open and asked.due_on < clock.today()
