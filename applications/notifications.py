"""Mails about an application: one to each person who works on it, in that person's language, never its content."""

from django.conf import settings

from partners.leads import TEAM_LANGUAGE
from partners.models import Membership
from portal import mail
from portal.models import User
from portal.permissions import is_officer

from .models import Application, Party


def people_of(application: Application, parties: list[Party] | None = None) -> list[User]:
    """Managers, contributors and today's deputies of all parties, or of these, which may have left; each once."""
    if parties is None:
        parties = application.parties.filter(state=Party.State.ACCEPTED)
    memberships = Membership.objects.today().filter(works=True, organisation__parties__in=parties, user__is_active=True)
    return list(User.objects.filter(memberships__in=memberships).distinct().order_by("pk"))


def tell(
    application: Application,
    event: str,
    occasion: object,
    *,
    parties: list[Party] | None = None,
    but: User | None = None,
    **context,
) -> None:
    """Queue the mail templates/mail/applications/<event>.txt; `occasion` tells one such event from the next."""
    for person in people_of(application, parties):
        if person == but:
            continue
        mail.queue(
            key=f"application:{application.uuid}:{event}:{occasion}:{person.pk}",
            to=person.email,
            language=person.language,
            template=f"applications/{event}",
            context={"application": application, "person": person, **context},
        )


def tell_officer(application: Application, event: str, occasion: object, officer: User | None, **context) -> None:
    """Queue the same for the officer who handles it, or for the team where nobody does any more."""
    reachable = officer is not None and officer.is_active and is_officer(officer)
    mail.queue(
        key=f"application:{application.uuid}:{event}:{occasion}:fedasil",
        to=officer.email if reachable else settings.TEAM_EMAIL,
        language=officer.language if reachable else TEAM_LANGUAGE,
        template=f"applications/{event}",
        context={"application": application, **context},
    )
