"""What the page of a dossier shows, block by block: each block is a function, and gives what its template reads."""

from dataclasses import dataclass, field
from functools import cached_property

import rules
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.permissions import FEDASIL_GROUPS
from portal.staff import absences

from ...case.estimate import estimate_for
from ...case.handling_time import handling_time
from ...case.timeline import full_timeline
from ...change_requests.presentation import RequestsShown
from ...checks.automatic_checks import Outcome, checks_of
from ...communication import messages
from ...internal import advice, discussion, notes
from ...models import Application
from ...questionnaire import file_requirements
from ...questionnaire.answers import AIM_LABELS, aims, answer_text
from ...questionnaire.questions import BY_NUMBER, SECTIONS
from ...questionnaire.row_groups import stored
from ...review.status import ReviewStatus, review_status
from ...signing import coverage
from ...submission.next_steps import next_steps
from ...workflow.transitions import APPLICATION
from ..decision_panel import DecisionsShown

# All that one page reads of an application, fetched at once.
READ = (
    "parties__organisation__municipality",
    "parties__signatures",
    "dwellings",
    "steps",
    "contacts",
    "attachments__previews",
    "recusals__user",
)
SHOWN_MESSAGES = 3
EVENTS = {"all": _("all"), "ours": _("Fedasil’s"), "theirs": _("the parties’")}


@dataclass
class Dossier:
    """One application before the eyes of one person, who may see it."""

    application: Application
    user: User
    query: QueryDict = field(default_factory=QueryDict)

    @cached_property
    def reviews(self) -> ReviewStatus:
        return review_status(self.application)

    @cached_property
    def may_handle(self) -> bool:
        return rules.has_perm("applications.handle_application", self.user, self.application)


def glance(dossier: Dossier) -> dict:
    """Who, what, how much, where it stands: to be grasped in a minute."""
    application = dossier.application
    sizes = application.household_sizes
    return {
        "parties": [
            (party, [AIM_LABELS[aim] for aim in aims(party) if aim != "cooperation"])
            for party in application.joined_parties
        ],
        "households": answer_text(application, BY_NUMBER["3.1"]),
        "persons": sum(sizes),
        "dwellings": stored(application, "dwellings"),
        "estimate": estimate_for(application),
        "latest": dossier.reviews.latest,
        "next_steps": next_steps(application),
        "age": handling_time(application),
        "absence": absences.of(application.assignee),
        "undelivered": outbox.undelivered(application),
    }


def actions(dossier: Dossier) -> dict:
    """What this person may do with it now."""
    application, user = dossier.application, dossier.user
    in_review = application.state == Application.State.IN_REVIEW
    return {
        "may_handle": dossier.may_handle,
        "may_begin": APPLICATION.allows("begin_review", application, user),
        "may_request": APPLICATION.allows("request_changes", application, user),
        "may_assign": in_review and dossier.may_handle,
        "may_review": in_review and rules.has_perm("applications.review_application", user, application),
        "own_review_is_done": any(review.reviewer_id == user.pk for review in dossier.reviews.done),
        "may_ask_advice": dossier.may_handle and application.state in Application.UNDECIDED,
    }


def checks(dossier: Dossier) -> dict:
    found = checks_of(dossier.application)
    return {"checks": found, "all_in_order": all(check.outcome == Outcome.OK for check in found)}


def answers(dossier: Dossier) -> dict:
    """The sections, each question with its answer and the notes that this person may read."""
    application = dossier.application
    written = notes.seen(application, dossier.user, dossier.reviews)
    return {
        "sections": [
            (
                section,
                [
                    (question, answer_text(application, question), written.get(question.number, []))
                    for question in section.asked(application)
                ],
            )
            for section in SECTIONS
        ],
        # Whoever sees the dossier sees them all.
        "attachments": file_requirements.current_attachments(application),
    }


def signatures(dossier: Dossier) -> dict:
    return {
        "signatures": [(party, coverage.standing_signatures(party)) for party in dossier.application.joined_parties]
    }


def judgement(dossier: Dossier) -> dict:
    """Requests, reviews, visits, decision."""
    application = dossier.application
    return {
        "requests": RequestsShown(application).all,
        "reviews": dossier.reviews,
        # Blind: another's review shows once all are done.
        "open_reviews": dossier.reviews.open_to(dossier.user),
        "visits": application.visits.select_related("recorded_by"),
        "recusals": application.recusals.all(),
        "decisions": DecisionsShown(application, dossier.user, dossier.reviews),
    }


def talk(dossier: Dossier) -> dict:
    """The latest messages with the parties, the thread among Fedasil, advice."""
    application = dossier.application
    return {
        "latest_messages": messages.latest(application, SHOWN_MESSAGES),
        "unread": messages.unread_by_fedasil(application),
        "private_is_open": discussion.is_open(dossier.reviews),
        "private_messages": discussion.thread(application, dossier.reviews)[-SHOWN_MESSAGES:],
        "advice": [
            (asked, advice.sections_of(asked)) for asked in advice.seen(application, dossier.user, dossier.reviews)
        ],
    }


def events(dossier: Dossier) -> dict:
    """What happened: all of it, what Fedasil's people did, or what the parties' people did."""
    found = full_timeline(dossier.application)
    chosen = dossier.query.get("events", "all")
    if chosen in ("ours", "theirs"):
        acted = [event for event in found if event.actor]
        people = User.objects.filter(pk__in={event.actor.pk for event in acted}, groups__name__in=FEDASIL_GROUPS)
        ours = set(people.values_list("pk", flat=True))
        found = [event for event in acted if (event.actor.pk in ours) is (chosen == "ours")]
    links = [(code, label, code == chosen or code == "all" and chosen not in EVENTS) for code, label in EVENTS.items()]
    return {"events": found, "event_links": links}


BLOCKS = (glance, actions, checks, answers, signatures, judgement, talk, events)


def context_of(dossier: Dossier) -> dict:
    # The stand of the log before all else: what comes in while the page is made was not seen.
    found = {"application": dossier.application, "last_seen_entry": log.last_number(dossier.application)}
    for block in BLOCKS:
        found |= block(dossier)
    return found
