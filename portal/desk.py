"""What the rooms' pages inside Wagtail's admin share."""

import rules
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from .workflow import Refused


class ReadingPolicy(BasePermissionPolicy):
    """For Wagtail's viewsets: who passes one of these predicates may look; changing goes through verbs, not forms."""

    def __init__(self, model, predicate):
        super().__init__(model)
        self.predicate = predicate

    def user_has_permission(self, user, action):
        return action == "view" and self.predicate(user)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.predicate(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_any_permission(user, actions)

    def users_with_any_permission(self, actions):
        people = get_user_model().objects.filter(is_active=True)
        return people.filter(pk__in=[person.pk for person in people if self.user_has_any_permission(person, actions)])


class RuleRequiredMixin(WagtailAdminTemplateMixin):
    """A desk page about one object that asks a rule first; a refusal of the rule is a 403."""

    rule: str

    def dispatch(self, request, *args, **kwargs):
        if not rules.has_perm(self.rule, request.user, self.get_subject()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_subject(self):
        raise NotImplementedError

    def carry_out(self, form, verb, done: str, url: str):
        """Call `verb` for a valid form: lead on to `url` with `done`, or show the refusal on the form."""
        try:
            verb()
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(url)
