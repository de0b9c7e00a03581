from wagtail import hooks

from . import log_report


@hooks.register("register_admin_urls")
def register_log_urls():
    return log_report.URLS


@hooks.register("register_reports_menu_item")
def register_log_report():
    return log_report.menu_item()
