"""What someone sent when the session had ended, carried through signing in: kept with the session, on the server.

A form that wants it puts `{% typed_by %}` in: a signed note of who typed. Only that person gets the text back.
Files are not kept, since nobody was signed in when they came: their names are, so that the page can say what to choose
again.
"""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.csrf import csrf_failure as refuse

from ..files.validation import shown_name
from . import session_timeout

KEY = "carried"
FIELD = "typed_by"
SALT = "portal.accounts.post_resume"
MOST_FILES = 20
# Not part of what was typed.
OURS = ("csrfmiddlewaretoken", FIELD)


def mark(user) -> str:
    """The note for the form."""
    return signing.dumps(user.pk, salt=SALT)


def typist(request) -> int | None:
    """Who typed what was sent, as its form says."""
    try:
        return signing.loads(request.POST.get(FIELD, ""), salt=SALT)
    except signing.BadSignature:
        return None


def carry(request, user_id: int | None = None) -> bool:
    """Keep what was sent with this request, for who typed it, or for `user_id` where that is known from elsewhere."""
    user_id = user_id or typist(request)
    if request.method != "POST" or user_id is None:
        return False
    typed = {name: values for name, values in request.POST.lists() if name not in OURS}
    chosen = [shown_name(file.name) for _field, files in request.FILES.lists() for file in files]
    request.session[KEY] = {"path": request.path, "user": user_id, "typed": typed, "files": chosen[:MOST_FILES]}
    return True


def had_files(request) -> bool:
    """Whether files were chosen in what is carried."""
    return bool(request.session.get(KEY, {}).get("files"))


def is_here(request) -> bool:
    """Whether this person sent something to this address before signing in."""
    carried = request.session.get(KEY)
    return bool(carried) and (carried["path"], carried["user"]) == (request.path, request.user.pk)


def take(request) -> QueryDict | None:
    """What this person sent to this address before signing in, once."""
    return as_query(request.session.pop(KEY)["typed"]) if is_here(request) else None


def name_lost_files(request) -> None:
    """Tell this person, at the address to which they were sent, which files were not kept; once."""
    if is_here(request) and (lost := request.session[KEY].pop("files", [])):
        request.session.modified = True
        names = ", ".join(_("“%(name)s”") % {"name": name} for name in lost)
        said = ngettext(
            "A file was not kept, because you were signed out: %(names)s. Choose it again.",
            "Files were not kept, because you were signed out: %(names)s. Choose them again.",
            len(lost),
        )
        messages.warning(request, said % {"names": names})


def as_query(typed: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query


def own_user(request) -> int | None:
    """For a form of the desk, which says nothing itself: who is or was signed in, if the browser says it is ours.

    No page of another site can make a browser send `Sec-Fetch-Site: same-origin`.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not is_ours or not request.path_info.startswith("/" + settings.ADMIN_PATH):
        return None
    return request.user.pk or session_timeout.ended_for(request)


def csrf_failure(request, reason=""):
    """An old page of one's own, after signing in anew in another tab: nothing is done, and nothing typed is lost."""
    if carry(request, own_user(request)):
        return redirect(request.path)
    return refuse(request, reason=reason)
