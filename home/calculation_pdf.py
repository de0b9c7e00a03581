"""A calculation of the support on paper: made when it is asked for, so many in an hour for one network address."""

from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partners.support.estimate import rates_on
from portal import clock
from portal.documents.download import as_download
from portal.documents.pdf import pdf

from . import prints
from .calculation import Calculation
from .calculator import Result
from .models.pages import CACHE_SECONDS

# A name in ACCOUNT_RATE_LIMITS.
LIMIT = "calculation_pdf"


@require_safe
# There are endlessly many: neither caches on the way nor copies for an outage are to fill up with them.
@cache_control(private=True, max_age=CACHE_SECONDS)
def calculation_pdf(request, key):
    """The calculation with this key, beside the one that `with` names; what they say is all in the address."""
    calculation, other = Calculation.from_key(key), Calculation.from_key(request.GET.get("with", ""))
    if calculation is None:
        raise Http404
    if refusal := ratelimit.consume_or_429(request, action=LIMIT, limit_get=True):
        return refusal
    title = _("Support: an estimate")
    html = html_of(title, calculation, other if other != calculation else None, get_language())
    return as_download(pdf(html), slugify(title), "pdf", inline=True)


def html_of(title: str, calculation: Calculation, other: Calculation | None, language: str) -> str:
    """Its page to be printed."""
    rates = rates_on(clock.today())
    result, compared = Result(calculation, rates), other and Result(other, rates)
    difference = result.total - compared.total if compared else 0
    query = f"{calculation.query}&with={other.key}" if other else calculation.query
    context = {
        "result": result,
        "other": compared,
        "more": max(difference, 0),
        "less": max(-difference, 0),
        "address": f"{settings.SITE_URL}{reverse('calculator')}?{query}",
    }
    return prints.dated(prints.framed("print/calculation.html", title, context, language), language)
