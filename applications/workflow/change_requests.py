"""Guards and effects of change requests."""

from django.utils.translation import gettext as _

from portal import clock
from portal.workflow import Refused

from ..communication import staff_notices
from ..communication.applicant_mails import send_mails, send_request
from ..models import ChangeRequest, ChangeRequestItem
from ..permissions import party_edits
from ..questionnaire.questions import BY_NUMBER, SECTION_OF
from ..versions import snapshots


def request_names_questions(application, actor, *, asked, party=None, **params):
    """Something is asked, about questions that nobody asks about already, of a party that answers them."""
    if not asked or not set(asked) <= BY_NUMBER.keys():
        raise Refused(_("Choose at least one question that you ask to be changed."))
    if again := set(asked) & {item.question for item in open_items(application)}:
        raise Refused(_("These questions are asked already: %(list)s.") % {"list": ", ".join(sorted(again))})
    if party and (others := [number for number in asked if not party_edits(party, SECTION_OF[number])]):
        raise Refused(
            _("%(party)s does not answer these questions: %(list)s. Ask the lead, or all parties.")
            % {"party": party.name, "list": ", ".join(sorted(others))}
        )


def answers_what_is_asked(application, actor, *, items=None, **params):
    now_open = {item.pk for item in open_items(application)}
    if items is not None and not set(items) <= now_open:
        raise Refused(_("What Fedasil asks has changed meanwhile. Read it again before you send."))
    if items is not None and not items:
        raise Refused(_("Choose at least one answer to send."))


def nothing_is_asked(application, actor, **params):
    if open_items(application):
        raise Refused(_("Something that Fedasil asks is still open."))


def open_items(application) -> list[ChangeRequestItem]:
    """What Fedasil asks and nobody answered yet, read now."""
    return list(
        ChangeRequestItem.objects.filter(
            request__application=application, request__state=ChangeRequest.State.OPEN, answered_in=None
        )
    )


def receive_again(application, actor, *, items=None, **params):
    """What was asked comes back, all or some of it: a new Version, and each review has to be confirmed."""
    version = snapshots.freeze(application, actor)
    answered = [item for item in open_items(application) if items is None or item.pk in items]
    ChangeRequestItem.objects.filter(pk__in=[item.pk for item in answered]).update(answered_in=version)
    done = application.change_requests.filter(state=ChangeRequest.State.OPEN).exclude(
        pk__in=[item.request_id for item in open_items(application)]
    )
    done.update(state=ChangeRequest.State.ANSWERED, closed_at=clock.now())
    send_mails(application, "changes_received", version.number)
    staff_notices.notify_of_answers(application, version.number)


def ask_for_changes(application, actor, *, asked, due_on, text="", party=None, **params):
    request = ChangeRequest.objects.create(
        application=application,
        version=application.versions.last(),
        party=party,
        text=text,
        due_on=due_on,
        created_by=actor,
        created_at=clock.now(),
    )
    ChangeRequestItem.objects.bulk_create(
        ChangeRequestItem(request=request, question=number, text=asked[number])
        for number in BY_NUMBER
        if number in asked
    )
    send_request(application, request)
