"""Mails about an application: one to each person who works on it, in that person's language, never its content."""

from partners.models import Membership
from portal import mail
from portal.models import User

from .models import Application, Party


def people_of(application: Application, only: Party | None = None) -> list[User]:
    """Managers, contributors and today's deputies of all parties, or of one that takes or took part, each once."""
    parties = Party.objects.filter(pk=only.pk) if only else application.parties.filter(state=Party.State.ACCEPTED)
    memberships = Membership.objects.today().filter(works=True, organisation__parties__in=parties, user__is_active=True)
    return list(User.objects.filter(memberships__in=memberships).distinct().order_by("pk"))


def tell(application: Application, event: str, occasion: object, *, only: Party | None = None, **context) -> None:
    """Queue the mail templates/mail/applications/<event>.txt; `occasion` tells one such event from the next."""
    for person in people_of(application, only):
        mail.queue(
            key=f"application:{application.uuid}:{event}:{occasion}:{person.pk}",
            to=person.email,
            language=person.language,
            template=f"applications/{event}",
            context={"application": application, "person": person, **context},
        )
