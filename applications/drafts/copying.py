"""A new draft from an application that ended, or from any other of one's own."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from partners.organisations.loading import locked as locked_organisation
from portal.audit import log
from portal.models import User
from portal.workflow import Refused

from ..answers import saving
from ..case import loading
from ..models import Application, Party
from ..parties import services as parties_services
from ..questionnaire import row_groups
from ..questionnaire.questions import ROWS, SECTIONS

# Who takes part is asked anew, and what is declared is declared anew.
LEFT_OUT = {"parties", "declared"}


def invitable(application: Application) -> list[Party]:
    """The other parties, to be invited again where one knows an address."""
    return [party for party in application.parties_in_order if not party.is_lead and party.invited_email]


@transaction.atomic
def copy(application: Application, actor: User, *, invite: Iterable[Party] = ()) -> Application:
    """A draft with the same lead and the same answers. No signature, no declaration, no attachment, no message."""
    # In the order of whoever changes an organisation: it first, then its applications.
    locked_organisation(application.lead)
    locked = loading.locked(application, actor, "applications.edit_application")
    again = {party.pk for party in invite}
    if not again <= {party.pk for party in invitable(locked)}:
        raise Refused(_("One of these organisations cannot be invited again from here."))
    lead = next(party for party in locked.joined_parties if party.is_lead)
    draft = saving.begin(lead.organisation, actor, stay=lead.stay, guidance=lead.guidance)
    fields = [question.field for section in SECTIONS for question in section.questions if not question.requirement]
    plain = [field for field in fields if field not in ROWS and field not in LEFT_OUT]
    for field in plain:
        setattr(draft, field, getattr(locked, field))
    for field in ROWS:
        row_groups.write(draft, field, ROWS[field], row_groups.answer(locked, field, ROWS[field]))
    data = {"application": locked.pk}
    saving.record_change(draft, "copied_from", actor, fields=plain, data=data, reread=True)
    log.record(locked, "copied", actor=actor, data={"application": draft.pk})
    for party in invitable(locked):
        if party.pk in again:
            language = party.organisation.letter_language if party.organisation else draft.language
            parties_services.invite(draft, actor, name=party.name, email=party.invited_email, language=language)
    return draft
