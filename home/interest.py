"""Saying that one is interested: five minutes, no account, and someone of the team gets in touch."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.interest import services as interest_services

from .forms import InterestForm


@never_cache
def interest(request):
    form = InterestForm(request.POST or None, request=request)
    if form.is_bound and form.is_valid():
        expressed = form.save(commit=False)
        expressed.language = get_language()
        interest_services.express(expressed, form.moments)
        return redirect("interest_received")
    return render(request, "home/interest.html", {"form": form})


@never_cache
@require_safe
def received(request):
    """What comes next."""
    return render(request, "home/interest_received.html")
