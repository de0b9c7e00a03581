from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        from portal import due

        from . import attachments, expiry

        due.register("drafts that nobody touches", expiry.look_after_drafts)
        due.register("virus checks", attachments.scan_waiting)
