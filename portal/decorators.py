from functools import wraps

from django.contrib.auth.decorators import login_required
from django.views.decorators.cache import never_cache


def service_page(view):
    """A page of the application service: for signed-in people only, kept by no cache, with the way to their account."""

    @never_cache
    @login_required
    @wraps(view)
    def page(request, *args, **kwargs):
        request.is_service_page = True
        return view(request, *args, **kwargs)

    return page
