"""The support that an offer would bring: an estimate, at today's rates until the decision."""

from django.urls import reverse

from partners.signals import open_offers
from partners.support import estimate as support_estimate
from partners.support.rate_effects import Offer
from portal import clock
from portal.permissions import is_decider, is_officer

from ..models import Application

State = Application.State


def register() -> None:
    open_offers.connect(undecided_offers, dispatch_uid="applications")


def estimate_for(application: Application) -> support_estimate.Estimate | None:
    """The estimate for the application's offer, or None while its questions are open."""
    if not application.household_sizes or application.straight_on_arrival is None or application.second_year is None:
        return None
    return support_estimate.estimate(
        application.household_sizes,
        straight_on_arrival=application.straight_on_arrival,
        years=application.years,
        rates=support_estimate.amounts_on(clock.today()),
    )


def complete_estimate(application: Application) -> support_estimate.Estimate:
    """The same for an offer whose questions are all answered; ValueError while one is open."""
    estimate = estimate_for(application)
    if estimate is None:
        raise ValueError("the questions of the offer are still open")
    return estimate


def undecided_offers(reader, **kwargs) -> list[Offer]:
    """The offers that a change of the rates would change: with names where they wait for a decision, drafts without."""
    reads_dossiers = reader is not None and (is_officer(reader) or is_decider(reader))
    found = (
        Application.objects.filter(state__in=[State.DRAFT, *Application.UNDECIDED])
        .exclude(straight_on_arrival=None)
        .exclude(second_year=None)
        .select_related("led_by")
        .only("state", "reference", "led_by__name", "household_sizes", "straight_on_arrival", "second_year")
    )
    return [
        Offer(
            name="" if application.state == State.DRAFT else f"{application.reference} – {application.led_by}",
            household_sizes=application.household_sizes,
            straight_on_arrival=bool(application.straight_on_arrival),
            years=application.years,
            address=reverse("desk_applications:inspect", args=[application.pk]) if reads_dossiers else "",
        )
        for application in found.iterator()
        if application.household_sizes
    ]
