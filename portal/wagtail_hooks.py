from django.template.loader import render_to_string
from wagtail import hooks

from . import desk_absences, desk_notices, log_report


@hooks.register("register_admin_urls")
def register_urls():
    return [*log_report.URLS, *desk_notices.URLS, *desk_absences.URLS]


@hooks.register("register_reports_menu_item")
def register_log_report():
    return log_report.menu_item()


@hooks.register("register_admin_menu_item")
def register_notices():
    return desk_notices.menu_item()


@hooks.register("register_admin_viewset")
def register_absences():
    return desk_absences.AbsenceViewSet()


@hooks.register("insert_global_admin_js")
def keep_forms_without_connection():
    return render_to_string("components/connection.html", {"at": "desk"})
