from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from . import post_resume, session_timeout


def greets_visitors(view):
    """A service page that says something of its own to who is not signed in, instead of leading to the sign-in page."""
    for_people = service_page(view)

    @never_cache
    @wraps(view)
    def page(request, *args, **kwargs):
        is_visit = request.method == "GET" and not request.user.is_authenticated
        return (view if is_visit else for_people)(request, *args, **kwargs)

    return page


def service_page(view):
    """A page of the application service: for signed-in people only, kept by no cache, with the way to their account.

    Who has to sign in (again) comes back to it; what a form sent is carried along (portal/accounts/post_resume.py).
    """

    @never_cache
    @wraps(view)
    def page(request, *args, **kwargs):
        request.is_service_page = True
        if request.user.is_authenticated:
            session_timeout.note_activity(request)
            if request.method == "GET":
                post_resume.name_lost_files(request)
            return view(request, *args, **kwargs)
        if request.headers.get("X-Requested-With") == "fetch":
            # The page still shows what was typed, and says what to do.
            return JsonResponse({"ended": True}, status=401)
        if post_resume.carry(request):
            if post_resume.had_files(request):
                said = _(
                    "You were signed out. Sign in again. What you typed is kept; the files you chose are not, and we "
                    "will name them."
                )
            else:
                said = _("You were signed out. Sign in again: what you typed is kept.")
            messages.warning(request, said)
        elif session_timeout.ended_for(request):
            messages.warning(request, _("For safety you are signed out after a while. Sign in again."))
        return redirect_to_login(request.get_full_path())

    return page


def service_action(page: str):
    """What a button of the service does, at an address of its own: by POST only.

    `page` is the address name of the page with the button, with the same arguments. Who comes to the action in another
    way gets that page: after signing in again, or by loading an answer anew that showed what has to be mended.
    """

    def decorate(view):
        @service_page
        @wraps(view)
        def action(request, *args, **kwargs):
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(page, *args, **kwargs)

        return action

    return decorate
