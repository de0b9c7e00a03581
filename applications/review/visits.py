"""Intake talks and home visits, as officers record them."""

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.models import User
from portal.workflow import NotAllowed

from ..models import Application, Visit


@transaction.atomic
def record(application: Application, actor: User, **findings) -> Visit:
    """Keep a talk or a visit (`findings` are fields of Visit). ValidationError where it lacks a part."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not rules.has_perm("applications.handle_application", actor, locked):
        raise PermissionDenied
    if locked.state not in (Application.State.IN_REVIEW, Application.State.CHANGES_REQUESTED):
        raise NotAllowed(_("This is possible while the application is in review."))
    visit = Visit(
        application=locked, version=locked.versions.last(), recorded_by=actor, recorded_at=clock.now(), **findings
    )
    visit.full_clean()
    visit.save()
    log.record(locked, "visited", actor=actor, data={"visit": visit.pk, "kind": visit.kind})
    return visit
