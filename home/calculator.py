"""The support calculator: three questions, an estimate, and an address that can be shared, printed and gone on from."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.forms.offer import OfferNumbersForm
from partners import support
from portal import clock

from .models.pages import CACHE_SECONDS


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def calculator(request):
    """Everything stands in the address: no cookie, nothing kept."""
    form = OfferNumbersForm(request.GET) if request.GET else OfferNumbersForm()
    context = {"form": form, "alternates": alternates(request)}
    if form.is_bound and form.is_valid():
        rates = support.rates_on(clock.today())
        answers = form.cleaned_data
        context["estimate"] = support.estimate(
            answers["household_sizes"],
            straight_on_arrival=answers["straight_on_arrival"],
            years=2 if answers["second_year"] else 1,
            rates={code: rate.amount for code, rate in rates.items()},
        )
        context["lines"] = [(line, rates[line.code]) for line in context["estimate"].lines]
        context["numbers_in_address"] = request.GET.urlencode()
    return render(request, "home/calculator.html", context)


def alternates(request) -> list[dict]:
    """The calculator in each language, with the same numbers."""
    numbers = request.GET.urlencode()
    found = []
    for code, name in settings.LANGUAGES:
        with override(code):
            url = settings.SITE_URL + reverse("calculator")
        current = code == get_language()
        found.append({"code": code, "name": name, "url": f"{url}?{numbers}" if numbers else url, "current": current})
    return found
