from datetime import timedelta

from portal.rooms import RoomConfig


class ApplicationsConfig(RoomConfig):
    name = "applications"
    default = True

    def ready(self):
        super().ready()
        from portal import due, mail, protected_changes

        from . import attachments, expiry, notices, notifications, organisation_changes, power_changes, requests
        from .models import Application

        due.register("drafts that nobody touches", expiry.look_after_drafts)
        due.register("virus checks", attachments.scan_waiting)
        due.register("what Fedasil asked", requests.look_after_requests)
        due.register("applications that wait too long", notices.look_after_overdue, every=timedelta(hours=1))
        notices.register()
        organisation_changes.register()
        protected_changes.register(*power_changes.KINDS)
        mail.register_fallback(Application, notifications.pass_on)
