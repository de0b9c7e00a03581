"""What becomes of a session at the desk, and of what was sent there after its end.

The desk's forms are Wagtail's and many, so what was sent too late is not put back into its form: after signing in, a
page at the same address offers to send it as it is (docs/decisions/0036). Only to whom was signed in when it was typed.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from . import post_resume, session_timeout

# Wagtail's editor asks by itself, every ten seconds, who else edits.
EDITING_SESSIONS = "wagtailadmin_editing_sessions"
SESSION = "desk_session"
# For these nobody has to be signed in.
OPEN = {"admin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}


def answer(request):
    """For an address of the desk: None to go on with its view, or another answer in its place."""
    if request.user.is_authenticated:
        if not is_automatic(request):
            session_timeout.note_activity(request)
        if not post_resume.is_here(request) or by_script(request):
            return None
        if request.method == "GET":
            return kept_page(request)
        post_resume.take(request)
        return None
    user_id = session_timeout.ended_for(request)
    if user_id is None or request.resolver_match.url_name in OPEN:
        return None
    if by_script(request):
        # As Wagtail's editor expects it, which shows the message.
        words = _("You were signed out. What you typed is still here: save it, and sign in again.")
        return JsonResponse({"success": False, "error_code": "signed_out", "error_message": words}, status=401)
    if post_resume.carry(request, user_id):
        messages.warning(request, _("You were signed out. Sign in again: what you typed is kept."))
    else:
        messages.warning(request, _("For safety you are signed out after a while. Sign in again."))
    return redirect_to_login(request.get_full_path())


def by_script(request) -> bool:
    """Whether a script of the page asks, not the person: then no page is shown."""
    return (
        request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or not request.accepts("text/html")
        or is_automatic(request)
    )


def is_automatic(request) -> bool:
    """Whether a page asks this by itself, so that it says nothing about the person."""
    match = request.resolver_match
    asks_how_long = match.url_name == SESSION and request.method == "GET"
    return asks_how_long or EDITING_SESSIONS in match.namespaces


class SessionView(View):
    """How long one stays signed in, for the script that warns (desk-session.js); a POST is enough to stay."""

    http_method_names = ["get", "post"]

    def get(self, request, *args, **kwargs):
        idle, in_all = session_timeout.idle_seconds_left(request), session_timeout.seconds_left(request)
        return JsonResponse({"left": min(idle, in_all), "may_stay": idle < in_all})

    post = get


class KeptView(WagtailAdminTemplateMixin, TemplateView):
    """Offers to send what was sent too late."""

    page_title = gettext_lazy("Not sent yet")
    header_icon = "warning"
    template_name = "portal/desk/kept_post.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        post_resume.name_lost_files(self.request)
        typed = self.request.session[post_resume.KEY]["typed"]
        pairs = [(name, value) for name, values in typed.items() for value in values]
        return super().get_context_data(typed=pairs, address=self.request.get_full_path(), **kwargs)


class DiscardView(View):
    """Throws away what was sent too late."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        request.session.pop(post_resume.KEY, None)
        messages.success(request, _("Thrown away. Nothing was sent."))
        return redirect("wagtailadmin_home")


kept_page = require_admin_access(KeptView.as_view())
URLS = [
    path("session/", SessionView.as_view(), name=SESSION),
    path("session/discard/", DiscardView.as_view(), name="admin_discard_typed"),
]
