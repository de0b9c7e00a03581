"""The few addresses that belong to no room."""

from allauth.mfa.totp.views import activate_totp
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from .permissions import is_fedasil


@require_safe
@cache_control(public=True, max_age=3600)
def choose_language(request):
    """`/`: the languages to choose from. Nothing is remembered."""
    return render(request, "choose_language.html", {"languages": settings.LANGUAGES})


@never_cache
@login_required
def start(request):
    """Where signing in leads: Fedasil's people to the desk, others to their applications."""
    return redirect("wagtailadmin_home" if is_fedasil(request.user) else "applications:list")


@never_cache
@login_required
def set_up_second_step(request):
    """allauth's page for it; who has a second step already is told so."""
    return redirect("mfa_index") if is_mfa_enabled(request.user) else activate_totp(request)
