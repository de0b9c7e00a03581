"""The support calculator: three questions, an estimate, and an address that can be shared, printed and gone on from."""

from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.pages.forms.offer import OfferNumbersForm
from partners.support import estimate
from portal import clock

from .alternates import same_address
from .models.pages import CACHE_SECONDS


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def calculator(request):
    """Everything stands in the address: no cookie, nothing kept."""
    form = OfferNumbersForm(request.GET) if request.GET else OfferNumbersForm()
    context = {"form": form, "alternates": same_address(request, "calculator")}
    if form.is_bound and form.is_valid():
        rates = estimate.rates_on(clock.today())
        answers = form.cleaned_data
        context["estimate"] = estimate.estimate(
            answers["household_sizes"],
            straight_on_arrival=answers["straight_on_arrival"],
            years=2 if answers["second_year"] else 1,
            rates={code: rate.amount for code, rate in rates.items()},
        )
        context["lines"] = [(line, rates[line.code]) for line in context["estimate"].lines]
        context["numbers_in_address"] = request.GET.urlencode()
    return render(request, "home/calculator.html", context)
