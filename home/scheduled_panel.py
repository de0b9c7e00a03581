"""What goes live or offline at a set time, on the first page of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, Locale, Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import ModelPermissionPolicy

from portal import clock
from portal.models import User

from .models import PairDecision
from .scheduled_publishing import scheduled_models
from .translation.pairs import PAIR

SHOWN = 20
GOES_LIVE, GOES_OFFLINE = _("Goes live"), _("Goes offline")


@dataclass(frozen=True)
class Waiting:
    """One text or number that changes what readers see at a set time; `cancel` for those who may publish it."""

    title: str
    languages: list[str]
    what: str
    at: datetime
    edit: str
    cancel: str = ""


def waiting_for(user: User) -> list[Waiting]:
    """What this person may edit, soonest first."""
    urls, policies, names = AdminURLFinder(user), Policies(user), languages_by_locale()
    pairs = PairDecision.objects.filter(together=True, revision__approved_go_live_at__isnull=False)
    together = set(pairs.values_list("revision_id", flat=True))

    def languages(text, is_pair: bool = False) -> list[str]:
        if is_pair:
            return [dict(settings.LANGUAGES)[language] for language in PAIR]
        return [names[text.locale_id]] if getattr(text, "locale_id", None) else []

    revisions = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    found = [
        Waiting(
            title=revision.object_str,
            languages=languages(revision.content_object, revision.pk in together),
            what=GOES_LIVE,
            at=revision.approved_go_live_at,
            edit=edit,
            cancel=unschedule_url(revision) if policies.may_publish(revision.content_object) else "",
        )
        for revision in revisions.prefetch_related("content_object")[:SHOWN]
        if (edit := urls.get_edit_url(revision.content_object))
    ]
    for model in scheduled_models():
        expiring = model._default_manager.filter(live=True, expire_at__gt=clock.now()).order_by("expire_at")
        found += [
            Waiting(str(text), languages(text), GOES_OFFLINE, text.expire_at, edit)
            for text in expiring[:SHOWN]
            if (edit := urls.get_edit_url(text))
        ]
    return sorted(found, key=lambda one: one.at)[:SHOWN]


def waiting_in(request) -> list[Waiting]:
    """The same for the first page, on which two panels ask."""
    if not hasattr(request, "desk_scheduled"):
        request.desk_scheduled = waiting_for(request.user)
    return request.desk_scheduled


def languages_by_locale() -> dict[int | None, str]:
    """The names of the site's languages."""
    names = dict(settings.LANGUAGES)
    return {locale.pk: names.get(locale.language_code, locale.language_code) for locale in Locale.objects.all()}


class Policies:
    """Whether someone may publish; each permission is read once."""

    def __init__(self, user: User):
        self.user, self.pages = user, PagePermissionPolicy()

    def may_publish(self, text: DraftStateMixin) -> bool:
        if isinstance(text, Page):
            return self.pages.user_has_permission_for_instance(self.user, "publish", text)
        return ModelPermissionPolicy(type(text)).user_has_permission(self.user, "publish")


def unschedule_url(revision: Revision) -> str:
    """Where this version is taken off the list; it leads back to the first page."""
    text = revision.content_object
    name = (
        "wagtailadmin_pages:revisions_unschedule"
        if isinstance(text, Page)
        else text.snippet_viewset.get_url_name("revisions_unschedule")
    )
    return f"{reverse(name, args=[text.pk, revision.pk])}?next={reverse('wagtailadmin_home')}"


class ScheduledPanel(Component):
    name = "scheduled"
    order = 230
    template_name = "home/desk/scheduled_panel.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return {**context, "waiting": waiting_in(parent_context["request"])}


def add_to(request, panels) -> None:
    panels.append(ScheduledPanel())
