"""The pages on which an application is filled in, one a section."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import carrying
from portal.decorators import service_page
from portal.workflow import Refused

from .. import clashes, editing, keeping, signing
from ..estimates import estimate_for
from ..forms.sections import FORMS
from ..permissions import may_edit_section
from ..questions import BY_CODE, missing
from .common import as_seen, own_application, reopened_message, seen_in


@service_page
def section(request, uuid, code):
    """Answer the questions of one section. Unfinished work is saved too; what was typed is kept until it is saved."""
    found = own_application(request, uuid)
    if code not in FORMS:
        raise Http404
    questions = BY_CODE[code]
    if not may_edit_section(request.user, found, questions):
        raise PermissionDenied
    if not editing.open_questions(found, questions, request.user):
        return redirect("applications:summary", found.uuid)
    if request.method == "POST":
        if request.POST.get("action") == "keep":
            return keep(request, found, questions)
        if request.POST.get("action") == "discard":
            keeping.forget(found, questions, request.user)
            messages.success(request, _("What you had typed is gone. You see what is saved."))
            return redirect(request.path)
        return save(request, found, questions)
    if carried := carrying.take(request):
        keeping.keep(found, questions, request.user, carried)
    kept = keeping.find(found, questions, request.user)
    form = FORMS[code](carrying.as_query(kept.typed) if kept else None, instance=found, user=request.user)
    opened_with = kept and kept.typed.get(clashes.FIELD, [""])[0]
    return page(request, found, questions, form, kept=kept, opened_with=opened_with)


def keep(request, found, questions):
    """Keep what is typed, without a word: the page says when, or why not."""
    try:
        kept = keeping.keep(found, questions, request.user, request.POST)
    except Refused as refusal:
        return JsonResponse({"refused": " ".join(refusal.messages)}, status=409)
    return JsonResponse({"kept": time_format(localtime(kept.kept_at), "H:i")})


def save(request, found, questions):
    """Save, or show what keeps it from being saved; then everything that was typed is kept."""
    standing = signing.standing_over(found, questions)
    form = FORMS[questions.code](request.POST, instance=found, user=request.user)
    problem = {}
    if form.is_valid():
        try:
            saved = clashes.save(found, questions, request.user, form.cleaned_data, request.POST, seen_in(request))
        except signing.Unseen as unseen:
            problem = {"refused": unseen, "reopens": unseen.signatures}
        except Refused as refusal:
            problem = {"refused": refusal}
        except clashes.Clashed as clashed:
            # From here on the form stands beside what is stored now.
            undecided = [clash.question.number for clash in clashed.clashes]
            fresh = own_application(request, found.uuid)
            problem = {
                "clashes": clashed.clashes,
                "opened_with": clashes.opened_with(fresh, questions, undecided),
            }
        else:
            keeping.forget(found, questions, request.user)
            messages.success(request, f"{saved_message(saved, questions)} {reopened_message(standing, saved)}".strip())
            return redirect("applications:application", found.uuid)
    try:
        problem["kept"] = keeping.keep(found, questions, request.user, request.POST)
    except Refused as refusal:
        problem["refused"] = refusal
    status = 409 if problem.keys() & {"clashes", "reopens"} else 200
    return page(request, found, questions, form, status=status, **problem)


def page(request, found, questions, form, *, status=200, opened_with="", reopens=None, **more):
    if reopens is None:
        # The form was bound to `found`: read anew, it is what is saved.
        reopens = signing.standing_over(found if request.method == "GET" else editing.fresh(found), questions)
    context = {
        "application": found,
        "section": questions,
        "form": form,
        "opened_with": opened_with or request.POST.get(clashes.FIELD) or clashes.opened_with(found, questions),
        "reopens": reopens,
        "reopens_seen": as_seen(reopens),
        "idle_seconds": settings.SESSION_IDLE,
        "estimate": estimate_for(found) if questions.code == "offer" else None,
        **more,
    }
    return render(request, "applications/section.html", context, status=status)


def saved_message(application, questions) -> str:
    """Honest about what is saved: done, or how much is still open."""
    if missing(application, questions):
        return _("Saved. This section is not complete yet.")
    return _("Saved. This section is complete.")
