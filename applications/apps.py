from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self):
        from portal import due

        from . import expiry

        due.register("drafts that nobody touches", expiry.look_after_drafts)
