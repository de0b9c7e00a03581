"""Whether applications can be submitted now: open, paused or closed by Fedasil, with a text."""

from portal import clock

from .models import Intake


def not_open() -> Intake | None:
    """What keeps applications from being submitted now, if anything does; drafts can be worked on all the same."""
    present = Intake.objects.filter(valid_from__lte=clock.now()).order_by("-valid_from").first()
    return present if present and present.state != Intake.State.OPEN else None
