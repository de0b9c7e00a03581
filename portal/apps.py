from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self):
        from . import checks, log  # noqa: F401  (checks register themselves)

        # An ALTER on SQLite rebuilds a table and drops its triggers, so they are made anew after every migrate.
        post_migrate.connect(log.install_triggers, sender=self)
