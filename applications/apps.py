from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        from portal import due, mail

        from . import expiry, notifications
        from .models import Application

        due.register("drafts that nobody touches", expiry.look_after_drafts)
        mail.register_fallback(Application, notifications.pass_on)
