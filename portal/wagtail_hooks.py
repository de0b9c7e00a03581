from django.template.loader import render_to_string
from wagtail import hooks

from . import desk_absences, desk_confirmations, desk_notices, desk_session, desk_users, log_report


@hooks.register("register_admin_urls")
def register_urls():
    return [*log_report.URLS, *desk_notices.URLS, *desk_absences.URLS, *desk_session.URLS]


@hooks.register("register_reports_menu_item")
def register_log_report():
    return log_report.menu_item()


@hooks.register("register_admin_menu_item")
def register_notices():
    return desk_notices.menu_item()


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [desk_absences.AbsenceViewSet(), desk_confirmations.ConfirmationViewSet()]


@hooks.register("insert_global_admin_js")
def keep_forms_without_connection():
    return render_to_string("components/connection.html", {"at": "desk"})


@hooks.register("insert_global_admin_js")
def warn_before_the_session_ends():
    return render_to_string("portal/desk/session.html")


# After Wagtail's own, so that ours have their names.
for action in desk_users.CLOSED_BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)
