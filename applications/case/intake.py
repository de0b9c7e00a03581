"""Whether applications can be submitted now: open, paused or closed by Fedasil, with a text."""

from collections.abc import Iterable

from portal import clock

from ..models import Application, Intake


def not_open() -> Intake | None:
    """The Intake that keeps applications from being submitted now, or None. Drafts can be edited all the same."""
    present = Intake.objects.filter(valid_from__lte=clock.now()).order_by("-valid_from").first()
    return present if present and present.state != Intake.State.OPEN else None


def closed_for(application: Application) -> Intake | None:
    """The same for one application, read once for each application object."""
    if "_closed" not in application.__dict__:
        share([application], not_open())
    return application.__dict__["_closed"]


def share(applications: Iterable[Application], closed: Intake | None) -> None:
    """Let all these use what was read once."""
    for application in applications:
        application.__dict__["_closed"] = closed
