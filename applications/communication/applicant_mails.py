"""Mails about an application: one to each person who works on it, in that person's language, never its content."""

from collections.abc import Iterable

from partners.models import Membership
from partners.people.person import Person
from portal.audit import log
from portal.mail import outbox
from portal.mail.rendering import WordsByLanguage
from portal.models import Mail, User

from ..case import loading
from ..models import Application, ChangeRequest, Contact, Party
from ..permissions import own_parties, party_edits, works_for_lead
from ..questionnaire.questions import SECTION_OF
from ..signing.coverage import standing_signatures
from .staff_notices import notify_assignee

# How the key of a mail begins that reports another mail's failure: where it fails too, that is not reported again.
PASSED_ON = "undelivered:"


def people_of(application: Application, parties: Iterable[Party] | None = None) -> list[User]:
    """Managers, contributors and today's deputies of all parties, or of `parties`, which may have left; each once."""
    if parties is None:
        parties = application.parties.filter(state=Party.State.ACCEPTED)
    memberships = Membership.objects.today().filter(works=True, organisation__parties__in=parties, user__is_active=True)
    return list(User.objects.filter(memberships__in=memberships).distinct().order_by("pk"))


def send_mails(
    application: Application,
    event: str,
    occasion: object,
    *,
    parties: list[Party] | None = None,
    but: User | None = None,
    written: WordsByLanguage | None = None,
    **context,
) -> None:
    """Queue the mail templates/mail/applications/<event>.txt; `occasion` tells one such event from the next.

    `written`: its words, where they were rendered before.
    """
    if written is None:
        written = words_about(application, event, **context)
    people = [person for person in people_of(application, parties) if person != but]
    _queue(application, event, occasion, people, written)


def words_about(application: Application, event: str, **context) -> WordsByLanguage:
    """The words of templates/mail/applications/<event>.txt."""
    return WordsByLanguage(f"applications/{event}", {"application": application, **context})


def send_request(application: Application, request: ChangeRequest) -> None:
    """Mail a request for changes: as a task to the people who answer it, as a note to the other parties."""
    asked = asked_parties(application, request)
    to_do = people_of(application, asked)
    task = words_about(application, "changes_requested", request=request)
    _queue(application, "changes_requested", request.pk, to_do, task)
    others = [party for party in application.joined_parties if party not in asked]
    names = ", ".join(party.name for party in asked)
    readers: dict[bool, list[User]] = {True: [], False: []}
    for person in people_of(application, others):
        if person not in to_do:
            readers[works_for_lead(Person(person), application)].append(person)
    for leads, people in readers.items():
        note = words_about(application, "changes_requested_note", request=request, names=names, leads=leads)
        _queue(application, "changes_requested_note", request.pk, people, note)


def asked_parties(application: Application, request: ChangeRequest) -> list[Party]:
    """The parties that answer a request: the one it names; else the lead and all that answer one of its questions."""
    if request.party_id:
        return [party for party in application.joined_parties if party.pk == request.party_id]
    sections = [SECTION_OF[item.question] for item in request.items.all()]
    return [
        party
        for party in application.joined_parties
        if party.is_lead or any(party_edits(party, section) for section in sections)
    ]


def mail_signatories(application: Application, event: str, occasion: object) -> None:
    """Send the same mail to signatories who do not work on the application: `people_of` leaves them out."""
    signed = {found.user_id for party in application.joined_parties for found in standing_signatures(party)}
    working = {person.pk for person in people_of(application)}
    people = User.objects.filter(pk__in=signed - working, is_active=True).order_by("pk")
    _queue(application, event, occasion, people, words_about(application, event))


def _queue(
    application: Application, event: str, occasion: object, people: Iterable[User], written: WordsByLanguage
) -> None:
    for person in people:
        outbox.queue_words(
            written[person.language],
            key=f"application:{application.uuid}:{event}:{occasion}:{person.pk}",
            to=person.email,
            language=person.language,
            about=application,
        )


# ── Mails that did not arrive ─────────────────────────────────────────────────────────────────────────────────────────
def pass_on(lost: Mail, application: Application) -> None:
    """Tell those who stand in that a mail did not arrive: colleagues, else the lead's people, and the named deputy."""
    locked = loading.locked(application)
    log.record(locked, "mail_undelivered", data={"mail": lost.pk})
    if locked.submitted_at:
        notify_assignee(locked, "mail_undelivered", lost.pk)
    if lost.key.startswith(PASSED_ON):
        return
    for address, language in stand_ins(locked, lost.to).items():
        outbox.queue(
            key=f"{PASSED_ON}{lost.uuid}:{address}",
            to=address,
            language=language,
            template="applications/undelivered",
            context={"application": locked, "lost": lost},
            about=locked,
        )


def stand_ins(application: Application, address: str) -> dict[str, str]:
    """Addresses with their languages: who works for the same party, else for the lead; and the deputy by name."""
    own = Membership.objects.filter(user__email=address).values("organisation")
    parties = application.parties.filter(state=Party.State.ACCEPTED)
    organisations = list(parties.filter(organisation__in=own).values_list("organisation", flat=True))
    organisations = organisations or list(parties.filter(is_lead=True).values_list("organisation", flat=True))
    working = Membership.objects.today().filter(works=True, organisation__in=organisations, user__is_active=True)
    found = {person.user.email: person.user.language for person in working.select_related("user").order_by("pk")}
    for deputy in application.contacts.filter(role=Contact.Role.DEPUTY).exclude(email=""):
        found.setdefault(deputy.email.lower(), application.language)
    found.pop(address, None)
    return found


def undelivered_for(person: Person, application: Application) -> list[Mail]:
    """What did not arrive, for this person: the lead sees all of it, another party what went to its own people."""
    lost = outbox.undelivered(application)
    if not any(party.is_lead for party in own_parties(person, application)):
        own = [found.organisation_id for found in person.memberships]
        colleagues = Membership.objects.filter(organisation__in=own).values("user__email")
        lost = lost.filter(to__in=colleagues)
    return list(lost)
