from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .accounts import desk_session
from .confirmations import desk
from .staff import absences_desk, log_report, notices_desk, users_desk


@hooks.register("register_admin_urls")
def register_urls():
    return [*log_report.URLS, *notices_desk.URLS, *absences_desk.URLS, *desk_session.URLS]


@hooks.register("register_reports_menu_item")
def register_log_report():
    return log_report.menu_item()


@hooks.register("register_admin_menu_item")
def register_notices():
    return notices_desk.menu_item()


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [absences_desk.AbsenceViewSet(), desk.ConfirmationViewSet()]


@hooks.register("insert_global_admin_css")
def dress_the_desk():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))


@hooks.register("construct_help_menu")
def leave_out_guides_of_wagtail(request, menu_items):
    """They are about any site, in English, on another host."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("https://")]


@hooks.register("insert_global_admin_js")
def keep_forms_without_connection():
    return render_to_string("components/connection.html", {"at": "desk"})


@hooks.register("insert_global_admin_js")
def warn_before_the_session_ends():
    return render_to_string("portal/desk/session.html")


# After Wagtail's own, so that ours have their names.
for action in users_desk.CLOSED_BULK_ACTIONS:
    hooks.register("register_bulk_action", action, order=1)
