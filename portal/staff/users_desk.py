"""Wagtail's pages for users, where what gives power becomes a request to a second person; groups are code."""

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from ..confirmations import services as confirmations_services
from ..confirmations.desk import say_who_confirms
from ..confirmations.kinds import Shown
from ..desk.views import RulePolicy
from ..models import User
from ..permissions import is_administrator
from ..workflow import Refused
from . import account_changes

# Nobody has these: a form that holds one was not made by this page.
REFUSED_FIELDS = ("is_superuser", "is_staff", "user_permissions", "password", "password1", "password2")


class AccountForm(forms.ModelForm):
    """A new account, or what may change of one. The form saves nothing: the view calls the verbs."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        label=gettext_lazy("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A change of groups waits until another administrator confirms it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed for the e-mail address, the groups, and to close or reopen the account. Whoever confirms the "
            "change reads it."
        ),
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "language"]

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True

    def clean(self):
        super().clean()
        if found := [name for name in REFUSED_FIELDS if name in self.data]:
            raise forms.ValidationError(
                _("Nobody can be given “%(field)s” here. Nothing was saved."), params={"field": found[0]}
            )
        if self.needs_reason() and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason: whoever confirms the change has to know why."))

    def needs_reason(self) -> bool:
        return bool(self.cleaned_data.get("groups"))

    @property
    def details(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "language")}

    def wanted_groups(self) -> dict:
        return {"groups": sorted(group.name for group in self.cleaned_data["groups"])}


class AccountEditForm(AccountForm):
    class Meta(AccountForm.Meta):
        fields = [*AccountForm.Meta.fields, "is_active"]
        labels = {"is_active": gettext_lazy("Account is open")}
        help_texts = {
            "email": gettext_lazy(
                "A new address waits until another administrator confirms it. "
                "The old and the new address get an e-mail."
            ),
            "is_active": gettext_lazy(
                "An account is closed at once. To open it again, another administrator has to confirm it."
            ),
        }

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        if editing_self:
            del self.fields["is_active"]
        # An account that never had a name can be closed all the same.
        for name in ("first_name", "last_name"):
            self.fields[name].required = bool(getattr(self.instance, name))
        self.initial["groups"] = list(self.instance.groups.all())

    def needs_reason(self) -> bool:
        return any(name in self.changed_data for name in ("email", "groups", "is_active"))

    def changes(self) -> list[tuple[str, dict]]:
        """The kinds of changes that wait for a second person, with what each is to become."""
        found = []
        if "email" in self.changed_data:
            found.append(("account_address", {"email": self.cleaned_data["email"]}))
        if "groups" in self.changed_data:
            found.append(("account_groups", self.wanted_groups()))
        if self.cleaned_data.get("is_active") and "is_active" in self.changed_data:
            found.append(("account_reopened", {"active": True}))
        return found

    def closes(self) -> bool:
        return "is_active" in self.changed_data and not self.cleaned_data["is_active"]


class RefusalOnForm:
    """A refusal of a verb stands on the form, and nothing of it is saved."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class AddView(RefusalOnForm, users.CreateView):
    def save_instance(self):
        form = self.form
        user = account_changes.make_account(form.cleaned_data["email"], self.request.user, **form.details)
        if form.cleaned_data["groups"]:
            reason = form.cleaned_data["reason"]
            request = confirmations_services.ask(
                "account_groups", user, form.wanted_groups(), self.request.user, reason=reason
            )
            say_who_confirms(self.request, request)
        return user


class EditView(RefusalOnForm, users.EditView):
    def save_instance(self):
        form, actor = self.form, self.request.user
        reason = form.cleaned_data["reason"]
        # The form has written what was typed into its own object: the verbs begin with what is in the database.
        user = User.objects.get(pk=self.object.pk)
        account_changes.change_details(user, actor, **form.details)
        asked = [confirmations_services.ask(code, user, after, actor, reason=reason) for code, after in form.changes()]
        if form.closes():
            account_changes.close(user, actor, reason=reason)
        for request in asked:
            say_who_confirms(self.request, request)
        if asked:
            self.success_message = None
        return User.objects.get(pk=user.pk)

    def get_context_data(self, **kwargs):
        waiting = [Shown(request) for request in account_changes.open_requests(self.object)]
        return super().get_context_data(waiting=waiting, **kwargs)


class UserIndexView(users.IndexView):
    """Without boxes to tick: nothing is done to several accounts at once."""

    @cached_property
    def columns(self):
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


def closed(action: type[UserBulkAction]) -> type[UserBulkAction]:
    """Stands in the place of an action of Wagtail's on several accounts, and is not found."""

    def dispatch(self, request, *args, **kwargs):
        raise Http404

    return type(f"Closed{action.__name__}", (action,), {"dispatch": dispatch})


CLOSED_BULK_ACTIONS = [closed(action) for action in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction)]


class UserViewSet(users.UserViewSet):
    index_view_class = UserIndexView
    add_view_class = AddView
    edit_view_class = EditView
    create_template_name = "portal/desk/user.html"
    edit_template_name = "portal/desk/user.html"
    index_template_name = "portal/desk/users.html"
    copy_view_enabled = False
    permission_policy = RulePolicy(User, is_administrator)

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountForm


class GroupViewSet(groups.GroupViewSet):
    """Open to nobody: what each group may do is in portal/staff/group_permissions.py."""

    permission_policy = RulePolicy(Group, is_administrator, actions=())
