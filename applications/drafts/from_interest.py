"""From an expression of interest to a draft that the organisation takes over."""

from django.db import transaction

from partners.models import Interest
from partners.workflow.transitions import INTEREST
from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import User

from ..models import Application, Dwelling, Party


@transaction.atomic
def open_draft(interest: Interest, officer: User) -> Application:
    """A draft with what the interest said, and a mail that hands it over; until it is taken over nobody can open it."""
    locked = INTEREST.fire("open_draft", interest, officer)
    now = clock.now()
    application = Application.objects.create(
        language=locked.letter_language,
        created_by=officer,
        created_at=now,
        changed_at=now,
        interest=locked,
        contact_name=locked.contact_name,
        contact_email=locked.email,
        contact_phone=locked.phone,
    )
    Dwelling.objects.create(application=application, municipality=locked.municipality)
    party = Party.objects.create(
        application=application, is_lead=True, invited_name=locked.name, invited_email=locked.email
    )
    log.record(application, "opened_for", actor=officer, to_state=application.state, data={"interest": locked.pk})
    outbox.queue(
        key=f"party-invitation:{party.uuid}",
        to=locked.email,
        language=locked.language,
        template="applications/draft_opened",
        context={"party": party, "interest": locked},
        about=application,
    )
    return application
