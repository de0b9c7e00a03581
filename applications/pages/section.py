"""The pages on which an application is filled in, one a section."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.pages.access import person_of
from portal.accounts import post_resume, session_timeout
from portal.accounts.decorators import service_action, service_page
from portal.workflow import Refused

from ..answers import autosave, conflicts, saving
from ..case.estimate import estimate_for
from ..checks.automatic_checks import doubts
from ..models import Application
from ..permissions import may_edit_section, may_see_section, seen_attachments
from ..questionnaire.completeness import missing
from ..questionnaire.definition import Section
from ..questionnaire.questions import BY_CODE, SECTIONS
from ..signing import coverage
from ..workflow.change_requests import open_items
from . import autosave as autosave_page
from .access import as_seen, own_application, reopened_message, seen_in
from .forms.section import FORMS
from .overview import answers_of

LEAVE = "leave"  # the other button that saves: where to go afterwards


def open_section(request, uuid, code, *, lock: bool = False) -> tuple[Application, Section]:
    """An application and one of its sections, for who may edit it; `lock` as in `own_application`."""
    if code not in FORMS:
        raise Http404
    found, questions = own_application(request, uuid, lock=lock), BY_CODE[code]
    if not may_edit_section(person_of(request), found, questions):
        raise PermissionDenied
    return found, questions


@service_page
def section(request, uuid, code):
    """Answer the questions of one section. Unfinished work is saved too; what was typed is kept until it is saved."""
    if request.method == "POST":
        with transaction.atomic():
            return answer(request, *open_section(request, uuid, code, lock=True))
    return answer(request, *open_section(request, uuid, code))


def answer(request, found, questions: Section):
    """The page of one section, while any of its questions is open."""
    if not saving.open_questions(found, questions, person_of(request)):
        return redirect("applications:summary", found.uuid)
    if request.method == "POST":
        return save(request, found, questions)
    if carried := post_resume.take(request):
        autosave.save_draft_of_form(found, questions, request.user, carried)
    kept = autosave.find(found, questions, request.user)
    typed = post_resume.as_query(kept.typed) if kept else None
    form = FORMS[questions.code](typed, instance=found, person=person_of(request))
    opened_with = kept and kept.typed.get(conflicts.FIELD, [""])[0]
    return page(request, found, questions, form, kept=kept, opened_with=opened_with)


@service_action("applications:section")
def keep(request, uuid, code):
    """Keep what is typed; not a save."""
    found, questions = open_section(request, uuid, code)
    if not saving.open_questions(found, questions, person_of(request)):
        return redirect("applications:summary", found.uuid)
    return autosave_page.keep(request, found, questions)


@service_action("applications:section")
def discard(request, uuid, code):
    """Go back to what is saved."""
    found, questions = open_section(request, uuid, code)
    autosave.forget(found, questions, request.user)
    messages.success(request, _("What you had typed is gone. You see what is saved."))
    address = reverse("applications:section", args=[found.uuid, questions.code])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def save(request, found, questions):
    """Save, or show what keeps it from being saved; then everything that was typed is kept."""
    person, standing = person_of(request), coverage.standing_over(found, questions)
    form = FORMS[questions.code](request.POST, instance=found, person=person)
    problem = {}
    if form.is_valid():
        try:
            saved = conflicts.save(
                found, questions, person_of(request), form.cleaned_data, request.POST, seen_in(request)
            )
        except coverage.Unseen as unseen:
            problem = {"refused": unseen, "reopens": unseen.signatures}
        except Refused as refusal:
            problem = {"refused": refusal}
        except conflicts.EditConflicts as conflicting:
            # From here on the form stands beside what is stored now.
            undecided = [conflict.question.number for conflict in conflicting.conflicts]
            problem = {
                "conflicts": conflicting.conflicts,
                "opened_with": conflicts.opened_with(found, questions, undecided),
            }
        else:
            autosave.forget(found, questions, request.user)
            messages.success(request, f"{saved_message(saved, questions)} {reopened_message(standing, saved)}".strip())
            return redirect(where_to(request, saved, questions))
    try:
        problem["kept"] = autosave.save_draft_of_form(found, questions, request.user, request.POST)
    except Refused as refusal:
        problem["refused"] = refusal
    status = 409 if problem.keys() & {"conflicts", "reopens"} else 200
    return page(request, found, questions, form, status=status, **problem)


def asked_here(found, section, person) -> list:
    """What Fedasil asks about the questions that this person answers here."""
    if found.state != found.State.CHANGES_REQUESTED:
        return []
    numbers = {question.number for question in saving.open_questions(found, section, person)}
    return [item for item in open_items(found) if item.question in numbers]


def page(request, found, questions, form, *, status=200, opened_with="", reopens=None, **more):
    if reopens is None:
        reopens = coverage.standing_over(found, questions)
    context = {
        "application": found,
        "section": questions,
        "form": form,
        "back": came_from(request, found, questions),
        "asked": asked_here(found, questions, person_of(request)),
        "opened_with": opened_with or request.POST.get(conflicts.FIELD) or conflicts.opened_with(found, questions),
        "reopens": reopens,
        "reopens_seen": as_seen(reopens),
        "idle_seconds": settings.SESSION_IDLE,
        "seconds_left": session_timeout.seconds_left(request),
        "estimate": estimate_for(found) if questions.code == "offer" else None,
        **more,
    }
    return render(request, "applications/answers/section.html", context, status=status)


def came_from(request, application, questions: Section) -> str:
    """The page with the answers from which someone came to change one, as its link said; else empty."""
    anchor = f"#section-{questions.code}"
    match request.GET.get("from"):
        case "summary":
            return reverse("applications:summary", args=[application.uuid]) + anchor
        case "check":
            return reverse("applications:check", args=[application.uuid, questions.code])
    return ""


def where_to(request, application, questions: Section) -> str:
    """After saving: back to where one came from, to what is missing or doubtful here, else to the next open section."""
    sections = reverse("applications:application", args=[application.uuid])
    if request.POST.get("action") == LEAVE:
        return sections
    if back := came_from(request, application, questions):
        return back
    if missing(application, questions) or doubts(application, {questions.code}):
        return reverse("applications:check", args=[application.uuid, questions.code])
    if following := next_open(person_of(request), application, questions):
        return reverse("applications:section", args=[application.uuid, following.code])
    return sections


@service_page
def check(request, uuid, code):
    """The answers of one section, each with a way to change it."""
    if code not in BY_CODE:
        raise Http404
    found, person = own_application(request, uuid), person_of(request)
    if not may_see_section(person, found, BY_CODE[code]):
        raise PermissionDenied
    context = {
        "application": found,
        "item": answers_of(person, found, BY_CODE[code]),
        "doubts": doubts(found, {code}),
        "attachments": seen_attachments(person, found) if code == "attachments" else [],
        "next_section": next_open(person, found, BY_CODE[code]),
    }
    return render(request, "applications/answers/check.html", context)


def next_open(person, application, questions: Section) -> Section | None:
    """The next section, after this one and then from the first, that is not done and that this person may fill in."""
    place = SECTIONS.index(questions)
    for section in (*SECTIONS[place + 1 :], *SECTIONS[:place]):
        if (
            missing(application, section)
            and may_edit_section(person, application, section)
            and saving.open_questions(application, section, person)
        ):
            return section
    return None


def number_and_title(questions: Section) -> dict[str, str | int]:
    return {"number": questions.number, "title": str(questions.title)}


def saved_message(application, questions) -> str:
    """Honest about what is saved: done, or not yet. It stands on another page, so it names the section."""
    if missing(application, questions):
        return _("Section %(number)s, %(title)s, is saved. It is not complete yet.") % number_and_title(questions)
    return _("Section %(number)s, %(title)s, is saved and complete.") % number_and_title(questions)
