"""What someone sent when the session had ended, carried through signing in: kept with the session, on the server.

A form that wants it puts `{% typed_by %}` in: a signed note of who typed. Only that person gets the text back.
"""

from django.core import signing
from django.http import QueryDict
from django.shortcuts import redirect
from django.views.csrf import csrf_failure as refuse

KEY = "carried"
FIELD = "typed_by"
SALT = "portal.carrying"
# Not part of what was typed.
OURS = ("csrfmiddlewaretoken", FIELD)


def mark(user) -> str:
    """The note for the form."""
    return signing.dumps(user.pk, salt=SALT)


def carry(request) -> bool:
    """Keep what was sent with this request, if it says who typed it."""
    if request.method != "POST":
        return False
    try:
        user_id = signing.loads(request.POST.get(FIELD, ""), salt=SALT)
    except signing.BadSignature:
        return False
    typed = {name: values for name, values in request.POST.lists() if name not in OURS}
    request.session[KEY] = {"path": request.path, "user": user_id, "typed": typed}
    return True


def take(request) -> QueryDict | None:
    """What this person sent to this address before signing in, once."""
    carried = request.session.get(KEY)
    if not carried or (carried["path"], carried["user"]) != (request.path, request.user.pk):
        return None
    del request.session[KEY]
    return as_query(carried["typed"])


def as_query(typed: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query


def csrf_failure(request, reason=""):
    """An old page of one's own, after signing in anew in another tab: nothing is done, and nothing typed is lost."""
    if carry(request):
        return redirect(request.path)
    return refuse(request, reason=reason)
