"""Whether applications can be submitted now: open, paused or closed by Fedasil, with a text."""

from functools import cached_property

from portal import clock

from ..models import Application, Intake


class CurrentIntake:
    """The intake as it is now, read once, when it is first needed. A page makes one and passes it on."""

    @cached_property
    def closed(self) -> Intake | None:
        """The Intake that keeps applications from being submitted now, or None. Drafts can be edited all the same."""
        present = Intake.objects.filter(valid_from__lte=clock.now()).order_by("-valid_from").first()
        return present if present and present.state != Intake.State.OPEN else None

    def closed_for(self, application: Application) -> Intake | None:
        """The same for one application: only a first submission needs an open intake."""
        return self.closed if application.state == Application.State.DRAFT else None
