from datetime import timedelta

from portal.app_config import WorkConfig


class ApplicationsConfig(WorkConfig):
    name = "applications"
    default = True

    def ready(self):
        super().ready()
        from portal import jobs
        from portal.confirmations import kinds
        from portal.files import receiving
        from portal.mail import outbox

        from .attachments import services as attachments_services
        from .case import estimate
        from .change_requests import services as change_requests_services
        from .communication import applicant_mails, staff_notices
        from .decision import power_changes
        from .drafts import expiry
        from .models import Application, Attachment
        from .parties import organisation_changes

        jobs.register("drafts that nobody touches", expiry.look_after_drafts)
        jobs.register("what Fedasil asked", change_requests_services.look_after_requests)
        jobs.register("applications that wait too long", staff_notices.look_after_overdue, every=timedelta(hours=1))
        receiving.register(
            Attachment,
            "stored",
            settle=attachments_services.settle,
            released=attachments_services.draw_previews,
            not_answered=attachments_services.scanner_is_away,
        )
        staff_notices.register()
        organisation_changes.register()
        estimate.register()
        kinds.register(*power_changes.KINDS)
        outbox.register_fallback(Application, applicant_mails.pass_on)
