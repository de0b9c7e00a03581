"""What the rooms' pages inside Wagtail's admin share."""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.users.models import UserProfile

from ..permissions import is_fedasil
from ..workflow import Refused


def speak_own_language(sender, user, **kwargs) -> None:
    """At the first sign-in of someone of Fedasil: the desk speaks this person's language (receives user_logged_in).

    From then on it is what the person chooses in the desk.
    """
    if is_fedasil(user):
        UserProfile.objects.get_or_create(user=user, defaults={"preferred_language": user.language})


class RulePolicy(BasePermissionPolicy):
    """For Wagtail's viewsets: who passes the predicate may do these actions with every object of the model."""

    def __init__(self, model, predicate, actions=("view", "add", "change")):
        super().__init__(model)
        self.predicate = predicate
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action):
        return action in self.actions and self.predicate(user)

    def user_has_any_permission(self, user, actions):
        return bool(self.actions & set(actions)) and self.predicate(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_any_permission(user, actions)

    def users_with_any_permission(self, actions):
        people = get_user_model().objects.filter(is_active=True)
        return people.filter(pk__in=[person.pk for person in people if self.user_has_any_permission(person, actions)])


def keys_in(sent: QueryDict, name: str) -> list[int]:
    """The keys of rows that were sent under this name; what no database would take for one is left out."""
    return [int(key) for key in sent.getlist(name) if key.isdecimal() and len(key) < 19]


class SafeExportMixin:
    """Wagtail's exports for people who use a spreadsheet program: accents that survive (values:
    portal/desk/exports.py).
    """

    def stream_csv(self, queryset):
        yield "\ufeff"
        yield from super().stream_csv(queryset)


class RuleRequiredMixin(WagtailAdminTemplateMixin):
    """A desk page about one object that asks a rule first; a refusal of the rule is a 403."""

    rule: str

    def dispatch(self, request, *args, **kwargs):
        if not rules.has_perm(self.rule, request.user, self.get_subject()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_subject(self):
        raise NotImplementedError

    def carry_out(self, form, verb, done: str, url: str | Callable[[Any], str]):
        """Call `verb` for a valid form: lead on to `url` with `done`, or show the refusal on the form.

        `url` may be a function of what the verb made.
        """
        try:
            made = self.do(verb)
        except Refused as refusal:
            self.refusal = refusal
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)
        if done:
            messages.success(self.request, done)
        return redirect(url(made) if callable(url) else url)

    def press(self, verb, done: str, url: str):
        """The same for a button without a form: a refusal shows on the page to which it leads."""
        try:
            self.do(verb)
        except Refused as refusal:
            if asked := self.ask_again(refusal):
                return asked
            messages.error(self.request, " ".join(refusal.messages))
        else:
            messages.success(self.request, done)
        return redirect(url)

    @transaction.atomic
    def do(self, verb) -> Any:
        self.check_fresh()
        return verb()

    def check_fresh(self) -> None:
        """Refuse, under the row lock, what was asked on a page that is no longer true (portal/stale_pages.py)."""

    def ask_again(self, refusal: Refused):
        """The page on which a button is pressed once more, for a refusal after which that makes sense."""


class AboutOneMixin(RuleRequiredMixin):
    """A desk page about one row of a viewset's model, below that row's own page."""

    model: type
    viewset: str  # its name, as its addresses begin
    list_label: str

    @cached_property
    def subject(self):
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    @property
    def subject_url(self) -> str:
        return reverse(f"{self.viewset}:inspect", args=[self.subject.pk])

    def get_subject(self):
        return self.subject

    def get_page_subtitle(self):
        return str(self.subject)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{self.viewset}:index"), "label": self.list_label},
            {"url": self.subject_url, "label": str(self.subject)},
            {"url": "", "label": self.get_page_title()},
        ]


class AboutOneFormView(AboutOneMixin, FormView):
    """The same with a form; its button says what the page is for."""

    template_name = "desk/form.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_button_label=self.page_title, **kwargs)
