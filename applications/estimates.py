"""The support that an offer would bring: an estimate, at today's rates."""

from partners import support
from portal import clock

from .models import Application


def estimate_for(application: Application) -> support.Estimate | None:
    """The estimate for the application's offer, or None while its questions are open."""
    if not application.household_sizes or application.straight_on_arrival is None or application.second_year is None:
        return None
    return support.estimate(
        application.household_sizes,
        straight_on_arrival=application.straight_on_arrival,
        years=application.years,
        rates=support.amounts_on(clock.today()),
    )


def complete_estimate(application: Application) -> support.Estimate:
    """The same for an offer whose questions are all answered; ValueError while one is open."""
    estimate = estimate_for(application)
    if estimate is None:
        raise ValueError("the questions of the offer are still open")
    return estimate
