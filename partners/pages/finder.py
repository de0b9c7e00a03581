"""The partner finder: one's own notice, those of others, and conversations with them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts.decorators import service_action, service_page
from portal.workflow import Refused

from ..finder import conversations, notices
from ..models import FinderConversation, Membership, Organisation
from .access import own_organisation, person_of, posted, sent
from .forms.finder import AreaForm, MessageForm, NoticeForm, ReportForm, ShareForm
from .working_for import WorkingFor

C = FinderConversation.State


@service_page
def start(request):
    """From the public site: to the finder of the organisation for which the person works, or to register one."""
    if found := WorkingFor(request).organisation:
        return redirect("partners:finder", found.uuid)
    return redirect(f"{reverse('partners:new')}?{urlencode({'next': reverse('partners:finder_start')})}")


# ── One's own notice ──────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def finder(request, uuid):
    """Own notice, notices of others, conversations."""
    found, membership = own_organisation(request, uuid)
    area = AreaForm(request.GET)
    province = area.cleaned_data["province"] if area.is_valid() else ""
    context = {
        "organisation": found,
        "membership": membership,
        "own": notices.own_notice(found),
        "area": area,
        "notices": notices.found_by(found, province),
        "conversations": [
            (talk, talk.other(found)) for talk in FinderConversation.objects.of(found).select_related("first", "second")
        ],
    }
    return render(request, "partners/finder/finder.html", context)


@service_page
def own(request, uuid):
    """Publish the notice, or change it."""
    found, _membership = own_organisation(request, uuid, manage=True)
    notice = notices.own_notice(found)
    form = NoticeForm(sent(request), organisation=found, notice=notice)
    if posted(request, form, lambda: notices.publish(found, request.user, **form.chosen)):
        messages.success(request, _("Saved. Once your organisation is verified, others of your area can find you."))
        return redirect("partners:finder", found.uuid)
    return render(request, "partners/finder/own.html", {"organisation": found, "form": form, "own": notice})


def press(request, verb, done: str) -> None:
    """Carry out what a button does, and say what came of it."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)


@service_action("partners:finder")
def renew(request, uuid):
    """Three months more, by one click."""
    found, _membership = own_organisation(request, uuid, manage=True)
    if notice := notices.own_notice(found):
        press(request, lambda: notices.renew(notice, request.user), _("Renewed."))
    return redirect("partners:finder", found.uuid)


@service_action("partners:finder")
def take_down(request, uuid):
    """Nobody finds it any more."""
    found, _membership = own_organisation(request, uuid, manage=True)
    if notice := notices.own_notice(found):
        press(request, lambda: notices.take_down(notice, request.user), _("The notice is taken down."))
    return redirect("partners:finder", found.uuid)


# ── Others ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def notice(request, uuid):
    """The notice of another organisation, and a form to write to it."""
    working = WorkingFor(request)
    organisation = working.organisation
    if organisation is None:
        raise Http404
    every_area = notices.everywhere(organisation)
    found = get_object_or_404(every_area, uuid=uuid)
    pair = FinderConversation.objects.between(organisation, found.organisation)
    if standing := pair.filter(state__in=conversations.STANDING).first():
        return redirect("partners:finder_conversation", standing.uuid)
    form, begun = MessageForm(sent(request)), []
    if request.method == "POST" and not working.membership.manages:
        raise PermissionDenied

    def verb():
        begun.append(conversations.write_to(found, organisation, request.user, form.cleaned_data["text"]))

    if posted(request, form, verb):
        messages.success(request, _("Sent. You get an e-mail when they answer."))
        return redirect("partners:finder_conversation", begun[0].uuid)
    context = {"notice": found, "form": form, "organisation": organisation, "membership": working.membership}
    return render(request, "partners/finder/notice.html", context)


# ── Conversations ─────────────────────────────────────────────────────────────────────────────────────────────────────
def own_side(request, uuid, *, manage: bool = False) -> tuple[FinderConversation, Membership, Organisation]:
    """The conversation, the person's membership in one of the two, and that one; 404 and 403 as elsewhere."""
    every = FinderConversation.objects.select_related("first__municipality", "second__municipality")
    found = get_object_or_404(every, uuid=uuid)
    sides = {found.first_id, found.second_id}
    own = [membership for membership in person_of(request).memberships if membership.organisation_id in sides]
    if not own:
        raise Http404
    chosen = WorkingFor(request).membership
    membership = chosen if chosen in own else own[0]
    if manage and not membership.manages:
        raise PermissionDenied
    return found, membership, membership.organisation


@service_page
def conversation(request, uuid):
    """What was written, and what can be done now."""
    found, _membership, own = own_side(request, uuid, manage=request.method == "POST")
    form = MessageForm(sent(request))
    if posted(request, form, lambda: conversations.write(found, own, request.user, form.cleaned_data["text"])):
        messages.success(request, _("Sent. You get an e-mail when they answer."))
        return redirect("partners:finder_conversation", found.uuid)
    return page(request, uuid, form=form)


def page(request, uuid, **forms):
    """`forms`: those to be mended, by their names in the template."""
    found, membership, own = own_side(request, uuid)
    other = found.other(own)
    context = {
        "conversation": found,
        "membership": membership,
        "organisation": own,
        "other": other,
        "agreed": found.agreed(own),
        "own_reach": found.reach(own),
        "reach": found.reach(other) if found.state == C.SHARED else "",
        "written": found.messages.select_related("organisation"),
        "form": MessageForm(),
        "share": ShareForm(),
        "report": ReportForm(),
        **forms,
    }
    return render(request, "partners/finder/conversation.html", context)


@service_action("partners:finder_conversation")
def agree(request, uuid):
    """Agree to an introduction."""
    found, _membership, own = own_side(request, uuid, manage=True)
    press(request, lambda: conversations.agree(found, own, request.user), _("You agreed."))
    return redirect("partners:finder_conversation", found.uuid)


@service_action("partners:finder_conversation")
def decline(request, uuid):
    """Decline an introduction."""
    found, _membership, own = own_side(request, uuid, manage=True)
    press(request, lambda: conversations.end("decline", found, own, request.user), _("You declined the introduction."))
    return redirect("partners:finder_conversation", found.uuid)


@service_action("partners:finder_conversation")
def close(request, uuid):
    """End the conversation."""
    found, _membership, own = own_side(request, uuid, manage=True)
    press(request, lambda: conversations.end("close", found, own, request.user), _("The conversation is closed."))
    return redirect("partners:finder_conversation", found.uuid)


@service_action("partners:finder_conversation")
def share(request, uuid):
    """Share how one can be reached."""
    found, _membership, own = own_side(request, uuid, manage=True)
    form = ShareForm(request.POST)
    if posted(request, form, lambda: conversations.share(found, own, request.user, form.cleaned_data["reach"])):
        messages.success(request, _("Kept. They read it once they shared theirs too."))
        return redirect("partners:finder_conversation", found.uuid)
    return page(request, uuid, share=form)


@service_action("partners:finder_conversation")
def report(request, uuid):
    """Ask Fedasil to look at it."""
    found, _membership, own = own_side(request, uuid, manage=True)
    form = ReportForm(request.POST)
    if posted(request, form, lambda: conversations.report(found, own, request.user, form.cleaned_data["report"])):
        messages.success(request, _("Fedasil looks at it. Nobody can write here until then."))
        return redirect("partners:finder_conversation", found.uuid)
    return page(request, uuid, report=form)
