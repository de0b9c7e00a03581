"""Intake talks and home visits, as officers record them."""

from django.db import transaction

from portal import clock
from portal.audit import log
from portal.models import User

from ..case import loading
from ..models import Application, Visit


@transaction.atomic
def record(application: Application, actor: User, **findings) -> Visit:
    """Keep a talk or a visit (`findings` are fields of Visit). ValidationError where it lacks a part."""
    in_review = {Application.State.IN_REVIEW, Application.State.CHANGES_REQUESTED}
    locked = loading.locked(application, actor, "applications.handle_application", in_review)
    visit = Visit(
        application=locked, version=locked.versions.last(), recorded_by=actor, recorded_at=clock.now(), **findings
    )
    visit.full_clean()
    visit.save()
    log.record(locked, "visited", actor=actor, data={"visit": visit.pk, "kind": visit.kind})
    return visit
