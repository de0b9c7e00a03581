from datetime import timedelta

from django.db import models
from django.db.models.signals import m2m_changed, post_migrate, post_save, pre_save
from wagtail.users.apps import WagtailUsersAppConfig

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

        from . import (
            account_changes,
            address_codes,
            addresses,
            backends,
            chain,
            checks,  # noqa: F401  (they register themselves)
            confirmations,
            desk,
            due,
            editor_files,
            exports,
            file_cleanup,
            form_fields,
            log,
            mail,
            notices,
            protected_changes,
            receiving,
            second_step,
            session_limits,
            text,
        )
        from .models import User

        editor_files.switch_off_profile_pictures()
        # Wagtail's own takes a day that it cannot read for today.
        register_form_field_override(models.DateField, override={"widget": form_fields.DayInput})
        exports.protect()
        pre_save.connect(text.clean_stored)
        # An ALTER on SQLite rebuilds a table and drops its triggers, so they are made anew after every migrate.
        post_migrate.connect(log.install_triggers, sender=self)
        post_save.connect(addresses.keep_address, sender="portal.User")
        protected_changes.register(*account_changes.KINDS)
        due.register("mail", mail.deliver_due)
        due.register("requests that nobody confirmed", confirmations.expire_due)
        due.register("forget codes", address_codes.forget, every=timedelta(hours=1))
        # Often enough that no calendar day goes without its digest.
        due.register("digest of the log", chain.publish, every=timedelta(hours=20))
        # Looks often whether it is morning; each person gets one mail a day.
        due.register("notices of the morning", notices.send_digests, every=timedelta(minutes=10))
        due.register("virus checks", receiving.scan_waiting)
        due.register("sweep files", file_cleanup.sweep, every=timedelta(hours=1))
        m2m_changed.connect(backends.refuse_own_rights, sender=User.user_permissions.through)
        user_logged_in.connect(desk.speak_own_language)
        user_logged_in.connect(session_limits.begin)
        signals.authenticator_added.connect(second_step.remember_proof)
        signals.authenticator_used.connect(second_step.remember_proof)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for users and groups, with ours in their places."""

    user_viewset = "portal.desk_users.UserViewSet"
    group_viewset = "portal.desk_users.GroupViewSet"
