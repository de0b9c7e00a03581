"""What the translation editor does with a translation: publish it whole, submit it, take over a PO file."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, WorkflowState
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from portal.files.form_fields import PassingFileField
from portal.text import clean

from ..content_checks.faults import Fault, faults_of
from ..missing import missing_from, translation_into
from ..models import SourceDraft
from . import pair_pages, pairs, po_files, publishing, terms
from .permissions import may_publish, may_write, own_translation

# Width and height in pixels, as in Wagtail's own preview.
SIZES = {"tablet": (768, 1024), "phone": (375, 667)}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why can readers not wait for it?"),
        help_text=gettext_lazy("Stands in the log, with your name."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"]).strip()


def edit(request: HttpRequest, instance) -> HttpResponse | None:
    """Before wagtail-localize shows or publishes a page or snippet: who may, and whether it is whole.

    None where the editor may go on.
    """
    translation = translation_into(instance)
    if not may_write(request.user, instance):
        raise PermissionDenied
    if request.method != "POST":
        return None
    if "localize-convert-to-alias" in request.POST:
        raise PermissionDenied  # it would show the source under the address of another language
    if translation and request.POST.get("action") == "publish":
        return _publish(request, translation, instance)
    return None


def _publish(request: HttpRequest, translation: Translation, instance) -> HttpResponse:
    if not may_publish(request.user, instance):
        raise PermissionDenied
    try:
        pairs.refuse_ahead_of_source(instance)
    except pairs.SourceNotPublished:
        return redirect(pair_pages.lead_to_source(request, instance))
    missing = missing_from(translation)
    can_wait = publishing.can_wait(missing, instance)
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if missing and not (can_wait and form.is_valid()):
        context = {
            "translation": translation,
            "title": get_latest_str(instance),
            "missing": missing,
            "form": form if can_wait else None,
        }
        return render(request, "home/translation/publish_incomplete.html", context)
    try:
        publishing.publish(translation, request.user, form.cleaned_data["reason"] if missing else "")
    except ValidationError as error:
        messages.error(request, _not_fit(error))
    else:
        messages.success(
            request,
            _("Published in %(language)s: %(title)s.")
            % {"title": get_latest_str(instance), "language": translation.target_locale.get_display_name()},
        )
    return redirect(request.path)


def _not_fit(error: ValidationError) -> str:
    return _("The texts do not fit the page: %(reason)s") % {"reason": " ".join(error.messages)}


@require_POST
def submit(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = own_translation(request.user, translation_id)
    try:
        publishing.submit(translation, request.user)
    except publishing.AlreadyWaiting:
        messages.warning(request, _("It waits for approval already."))
    except publishing.NotWhole:
        messages.error(request, _("Not everything is translated yet. Translate what is left, then submit it."))
    except ValidationError as error:
        messages.error(request, _not_fit(error))
    else:
        if absent := sum(bool(segment.absent) for segment in terms.segments_with_terms(translation)):
            said = ngettext(
                "%(number)s text does not use the official term.",
                "%(number)s texts do not use the official term.",
                absent,
            )
            messages.warning(request, said % {"number": absent})
        messages.success(request, _("Submitted. You get an e-mail when a publisher has answered."))
    return redirect(_edit_url(translation))


class PoFileForm(forms.Form):
    file = PassingFileField(
        most_bytes=po_files.MOST_BYTES,
        error_messages={
            "required": gettext_lazy("Choose a PO file."),
            "too_large": gettext_lazy("This file is too large for a PO file of a page."),
        },
    )


def upload(request: HttpRequest, translation: Translation) -> HttpResponse:
    form = PoFileForm(request.POST, request.FILES)
    if not form.is_valid():
        for sentence in form.errors["file"]:
            messages.error(request, sentence)
        return redirect(_edit_url(translation))
    try:
        left_out = po_files.take_over(translation, form.cleaned_data["file"], request.user)
    except po_files.RefusedFile as refusal:
        messages.error(request, str(refusal))
    else:
        for sentence in left_out:
            messages.warning(request, sentence)
        messages.success(request, _("The translations of the file were taken over."))
    return redirect(_edit_url(translation))


def _edit_url(translation: Translation) -> str:
    return AdminURLFinder().get_edit_url(translation.get_target_instance())


def pass_on(request: HttpRequest, translation_id: int, rest: str) -> HttpResponse:
    """All that wagtail-localize does with one translation, for those who may write its language."""
    translation = own_translation(request.user, translation_id)
    if rest == "pofile/upload/":
        return require_POST(lambda request: upload(request, translation))(request)
    if rest == "disable/" and not may_publish(request.user, translation.get_target_instance()):
        raise PermissionDenied
    match = localize.register_admin_urls()[0].resolve(f"localize/translate/{translation_id}/{rest}")
    return match.func(request, *match.args, **match.kwargs)


@require_safe
@xframe_options_sameorigin_override
def preview(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A translated text on the page where readers find it; wagtail-localize shows pages only."""
    translation = own_translation(request.user, translation_id)
    shown = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    return shown.make_preview_request(request, shown.default_preview_mode)


@require_safe
def preview_sized(request: HttpRequest, translation_id: int, width: int, height: int) -> HttpResponse:
    """The same as wide as a phone or a tablet."""
    translation = own_translation(request.user, translation_id)
    context = {"translation": translation, "width": width, "height": height}
    return render(request, "home/translation/preview_sized.html", context)


def refuse(request: HttpRequest, **kwargs) -> HttpResponse:
    """A page as a copy of its source would stand there in the language of the source."""
    raise PermissionDenied


class SynchroniseForm(UpdateTranslationsForm):
    """Takes over the texts of the source; publishing is a step of its own, in each language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publish_translations"].widget = forms.HiddenInput()

    def clean_publish_translations(self) -> bool:
        return False


class SynchroniseView(UpdateTranslationsView):
    """Takes the published texts, also where translators had those of a draft."""

    def form_valid(self, form):
        SourceDraft.objects.filter(source=self.object).delete()
        return super().form_valid(form)

    def get_form(self):
        return SynchroniseForm(self.request.POST if self.request.method == "POST" else None)


def state_of(translation: Translation, user) -> dict:
    """What stands above the texts in the editor: what is missing, and whether it waits for approval."""
    instance = translation.get_target_instance()
    missing, state = missing_from(translation), instance.current_workflow_state
    is_waiting = bool(state) and state.status == WorkflowState.STATUS_IN_PROGRESS
    segments = list(terms.segments_with_terms(translation))
    is_asked = bool(state) and not is_waiting
    return {
        "translation": translation,
        "edit_url": _edit_url(translation),
        "missing": missing,
        "words": sum(len(text.plain.split()) for text in missing),
        "is_waiting": is_waiting,
        "comment": state.current_task_state.comment if is_asked else "",
        "is_page": isinstance(instance, Page),
        "is_live": getattr(instance, "live", True),
        "may_publish": may_publish(user, instance),
        "answers": _answers(instance, user) if is_waiting else {},
        "segments": segments,
        "absent": sum(bool(segment.absent) for segment in segments),
        "faults": [] if missing else _faults(translation),
        "may_submit": not missing and not is_waiting and may_write(user, instance),
    }


@require_safe
def state(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The same alone, for the editor's script: a text was saved (portal/static/portal/translation-state.js)."""
    translation = own_translation(request.user, translation_id)
    return render(request, "home/translation/state.html", state_of(translation, request.user))


def _answers(instance, user) -> dict[str, str]:
    """Wagtail's addresses to approve (`approve`) and to ask for changes (`reject`), as far as this person may."""
    task_state = instance.current_workflow_task_state
    viewset = getattr(instance, "snippet_viewset", None)
    name = viewset.get_url_name("workflow_action") if viewset else "wagtailadmin_pages:workflow_action"
    allowed = {action for action, _label, _modal in task_state.task.specific.get_actions(instance, user)}
    return {
        action: reverse(name, args=[quote(instance.pk), action, task_state.pk])
        for action in allowed & {"approve", "reject"}
    }


def _faults(translation: Translation) -> list[Fault]:
    """What our checks find in the text as it would be published."""
    return faults_of(translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True))


class SnippetStatusPanel(StatusSidePanel):
    """Knows where the history of a snippet stands, which it links while the snippet waits for approval."""

    def get_context_data(self, parent_context):
        viewset = self.object.snippet_viewset
        return {
            **super().get_context_data(parent_context),
            "workflow_history_url": reverse(viewset.get_url_name("workflow_history"), args=[quote(self.object.pk)]),
            "revisions_compare_url_name": viewset.get_url_name("revisions_compare"),
        }


def complete_panels(panels: list[StatusSidePanel]) -> None:
    """wagtail-localize takes the plain panel for snippets, which fails on one that waits for approval."""
    for panel in panels:
        if type(panel) is StatusSidePanel:
            panel.__class__ = SnippetStatusPanel
