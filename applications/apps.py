from datetime import timedelta

from portal.rooms import RoomConfig


class ApplicationsConfig(RoomConfig):
    name = "applications"
    default = True

    def ready(self):
        super().ready()
        from portal import due, mail, protected_changes, receiving

        from . import (
            attachments,
            estimates,
            expiry,
            notices,
            notifications,
            organisation_changes,
            power_changes,
            requests,
        )
        from .models import Application, Attachment

        due.register("drafts that nobody touches", expiry.look_after_drafts)
        due.register("what Fedasil asked", requests.look_after_requests)
        due.register("applications that wait too long", notices.look_after_overdue, every=timedelta(hours=1))
        receiving.register(
            Attachment,
            "stored",
            settle=attachments.settle,
            released=attachments.draw_previews,
            not_answered=attachments.scanner_is_away,
        )
        notices.register()
        organisation_changes.register()
        estimates.register()
        protected_changes.register(*power_changes.KINDS)
        mail.register_fallback(Application, notifications.pass_on)
