"""The page that asks about the other language before a Dutch or French page is published, and the doors to it."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from portal.text import clean

from . import pairs
from .permissions import may_publish
from .together import say_what_stays_offline


class AloneForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why can readers of the other language wait?"),
        help_text=gettext_lazy("Stands in the log, with your name."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"]).strip()


def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish or approve the latest draft of a page: with its counterpart, or alone for a reason."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_publish(request.user, page):
        raise PermissionDenied
    revision = page.get_latest_revision()
    pair = pairs.question_about(revision) if revision else None
    form = AloneForm(request.POST if request.POST.get("choice") == "alone" else None)
    if request.method == "POST":
        if response := _answer(request, page, pair, form):
            return response
    elif pair is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    locale = Locale.objects.get(language_code=pair.language)
    context = {"pair": pair, "page": page, "language": locale.get_display_name(), "form": form}
    if pair.counterpart:
        context["counterpart_url"] = AdminURLFinder(request.user).get_edit_url(pair.counterpart)
    return render(request, "home/translation/publish_together.html", context)


def _answer(request: HttpRequest, page: Page, pair: pairs.Pair | None, form: AloneForm) -> HttpResponse | None:
    if pair is None:
        return _publish(request, page)
    choice = request.POST.get("choice")
    if choice == "translate":
        try:
            pairs.give_to_translators(pair, request.user)
        except ParentNotTranslatedError:
            messages.error(request, _("The page above this one has no translation yet. Translate that one first."))
        else:
            messages.success(
                request, _("The translators have the texts of the draft. Publish both when they are translated.")
            )
        return redirect("publish_together", page.pk)
    if choice == "both" and pair.is_whole:
        pairs.decide(pair, request.user)
    elif choice == "alone" and form.is_valid():
        pairs.decide(pair, request.user, form.cleaned_data["reason"])
    else:
        return None
    return _publish(request, page, together=choice == "both")


def _publish(request: HttpRequest, page: Page, *, together: bool = False) -> HttpResponse:
    """Approve it where it waits for that; else publish it, or let it wait for its time; so its counterpart with it."""
    state, revision = page.current_workflow_task_state, page.get_latest_revision()
    try:
        if page.workflow_in_progress and "approve" in {
            name for name, _label, _modal in state.task.specific.get_actions(page, request.user)
        }:
            state.task.specific.on_action(state.specific, request.user, "approve")
        else:
            revision.publish(user=request.user)
        if together:
            pairs.approve_counterpart(revision, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if pairs.Pair(revision).goes_live_at:
        said = (
            _("“%(title)s” goes live at its time, in both languages.")
            if together
            else _("“%(title)s” goes live at its time.")
        )
    else:
        said = _("“%(title)s” is published in both languages.") if together else _("“%(title)s” is published.")
    messages.success(request, said % {"title": page.get_admin_display_title()}, buttons=_links(page, together=together))
    say_what_stays_offline(request, Page.objects.get(pk=page.pk))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _links(page: Page, *, together: bool) -> list:
    """Where readers find what was published, in each language in which it was."""
    languages = pairs.PAIR if together else [page.locale.language_code]
    live = Page.objects.filter(translation_key=page.translation_key, locale__language_code__in=languages, live=True)
    names = dict(settings.LANGUAGES)
    return [
        messages.button(each.full_url, names[each.locale.language_code], new_window=True)
        for each in live.select_related("locale").order_by("-locale__language_code")
    ]


# ── Doors ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def ask_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft is saved by now (receives the hook before_publish_page)."""
    revision = page.get_latest_revision()
    return redirect("publish_together", page.pk) if revision and pairs.question_about(revision) else None


def refuse_bulk(request: HttpRequest, action: str, found, view) -> HttpResponse | None:
    """Several pages at once cannot be asked about (receives the hook before_bulk_action)."""
    if action != "publish" or view.models != [Page]:
        return None
    latest = [revision for page in found if (revision := page.get_latest_revision())]
    if not any(map(pairs.question_about, latest)):
        return None
    messages.error(request, _("Some of these pages are not up to date in the other language. Publish them one by one."))
    return redirect(view.next_url)


class PairMiddleware:
    """Leads to the question from wherever a page is approved: the form, the first page of the desk, a window of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, pairs.Undecided):
            address = reverse("publish_together", args=[exception.page.pk])
        elif isinstance(exception, pairs.SourceNotPublished):
            address = lead_to_source(request, exception.page)
        else:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # As Wagtail's windows expect it.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def lead_to_source(request: HttpRequest, instance) -> str:
    """Say why a translation of a draft is not published alone; the address where both are, or of its source."""
    messages.warning(
        request,
        _("The source of this translation is a draft. Publish the source: this translation can go live with it."),
    )
    source = TranslationSource.objects.get(object_id=instance.translation_key).get_source_instance()
    if isinstance(source, Page) and may_publish(request.user, source):
        return reverse("publish_together", args=[source.pk])
    return AdminURLFinder(request.user).get_edit_url(source) or reverse("wagtailadmin_home")
