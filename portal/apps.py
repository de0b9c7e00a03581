from datetime import timedelta

from django.db import models
from django.db.models.signals import m2m_changed, post_migrate, post_save, pre_save
from wagtail.users.apps import WagtailUsersAppConfig

from .app_config import WorkConfig


class PortalConfig(WorkConfig):
    name = "portal"
    default = True
    verbose_name = "Portal"

    def ready(self):
        super().ready()
        from allauth.mfa import signals
        from django.contrib.auth.signals import user_logged_in
        from wagtail.admin.forms.models import register_form_field_override

        from . import (
            checks,  # noqa: F401  (they register themselves)
            jobs,
            text,
        )
        from .accounts import auth_backend, email_address, email_code, mfa, session_timeout
        from .audit import hash_chain, log
        from .confirmations import kinds
        from .confirmations import services as confirmations_services
        from .desk import account_settings, exports, views
        from .files import cleanup, editor_uploads, receiving
        from .forms import fields
        from .mail import outbox
        from .models import User
        from .staff import account_changes, notices

        editor_uploads.switch_off_profile_pictures()
        account_settings.set_forms()
        # Wagtail's own takes a day that it cannot read for today.
        register_form_field_override(models.DateField, override={"widget": fields.DayInput})
        exports.protect()
        pre_save.connect(text.clean_stored)
        # An ALTER on SQLite rebuilds a table and drops its triggers, so they are made anew after every migrate.
        post_migrate.connect(log.install_triggers, sender=self)
        post_save.connect(email_address.keep_address, sender="portal.User")
        kinds.register(*account_changes.KINDS)
        jobs.register("mail", outbox.deliver_due)
        jobs.register("requests that nobody confirmed", confirmations_services.expire_due)
        jobs.register("forget codes", email_code.forget, every=timedelta(hours=1))
        jobs.register("forget sessions", session_timeout.forget, every=timedelta(hours=1))
        # Often enough that no calendar day goes without its digest.
        jobs.register("digest of the log", hash_chain.publish, every=timedelta(hours=20))
        # Looks often whether it is morning; each person gets one mail a day.
        jobs.register("notices of the morning", notices.send_digests, every=timedelta(minutes=10))
        jobs.register("virus checks", receiving.scan_waiting)
        jobs.register("sweep files", cleanup.sweep, every=timedelta(hours=1))
        m2m_changed.connect(auth_backend.refuse_own_rights, sender=User.user_permissions.through)
        user_logged_in.connect(views.speak_own_language)
        user_logged_in.connect(session_timeout.begin)
        signals.authenticator_added.connect(mfa.remember_proof)
        signals.authenticator_used.connect(mfa.remember_proof)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for users and groups, with ours in their places."""

    user_viewset = "portal.staff.users_desk.UserViewSet"
    group_viewset = "portal.staff.users_desk.GroupViewSet"
