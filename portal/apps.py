from django.db import models
from django.db.models.signals import post_migrate, post_save

from .rooms import RoomConfig


class PortalConfig(RoomConfig):
    name = "portal"
    default = True
    verbose_name = "Portal"

    def ready(self):
        super().ready()
        from allauth.mfa import signals
        from django.contrib.auth.signals import user_logged_in
        from wagtail.admin.forms.models import register_form_field_override

        from . import addresses, checks, desk, file_cleanup, form_fields, log, second_step  # noqa: F401  (they register)

        # Wagtail's own takes a day that it cannot read for today.
        register_form_field_override(models.DateField, override={"widget": form_fields.DayInput})
        # An ALTER on SQLite rebuilds a table and drops its triggers, so they are made anew after every migrate.
        post_migrate.connect(log.install_triggers, sender=self)
        post_save.connect(addresses.keep_address, sender="portal.User")
        user_logged_in.connect(desk.speak_own_language)
        signals.authenticator_added.connect(second_step.remember_proof)
        signals.authenticator_used.connect(second_step.remember_proof)
