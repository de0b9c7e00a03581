"""Advice: an officer reviews the latest Version; a new Version sends the review back to be confirmed or changed."""

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock, log
from portal.models import User
from portal.workflow import NotAllowed, Refused

from .models import Application, Review


@transaction.atomic
def record_advice(application: Application, actor: User, *, advice: str, reasons: str) -> Review:
    """Keep this officer's advice on the latest Version; an earlier one of the same officer is replaced."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not rules.has_perm("applications.review_application", actor, locked):
        raise PermissionDenied
    if locked.state != Application.State.IN_REVIEW:
        raise NotAllowed(_("Advice is given while the application is in review."))
    if not reasons.strip():
        raise Refused(_("Give the reasons for your advice."))
    review, _created = Review.objects.update_or_create(
        application=locked,
        reviewer=actor,
        defaults={
            "version": locked.versions.last(),
            "advice": advice,
            "reasons": reasons,
            "recorded_at": clock.now(),
        },
    )
    log.record(locked, "advice_recorded", actor=actor, data={"review": review.pk, "version": review.version_id})
    return review
