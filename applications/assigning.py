"""Which officer looks after a dossier: one at most, who may change from day to day; reviewing is apart from it."""

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import log
from portal.models import User
from portal.permissions import is_officer
from portal.workflow import Refused

from .models import Application


@transaction.atomic
def give(application: Application, actor: User, officer: User | None) -> Application:
    """Give the dossier to an officer, to oneself, or with None to nobody; nothing happens where it is so already."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not rules.has_perm("applications.handle_application", actor, locked):
        raise PermissionDenied
    if officer and (not is_officer(officer) or locked.recusals.filter(user=officer).exists()):
        raise Refused(_("This person cannot look after this application."))
    if locked.assignee != officer:
        locked.assignee = officer
        locked.save(update_fields=["assignee"])
        data = {"officer": officer.pk} if officer else {}
        log.record(locked, "assigned" if officer else "unassigned", actor=actor, data=data)
    return locked
