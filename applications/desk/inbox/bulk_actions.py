"""What is done with several applications at once, ticked in the inbox."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.bulk_action import BulkAction

from portal.desk.views import keys_in
from portal.permissions import is_decider, is_officer
from portal.team import officers
from portal.workflow import Refused

from ...models import Application
from ...permissions import seen_at_desk
from ...review.assignment import assign_to

MOST = 500


class InboxAction(BulkAction):
    """An action on the ticked applications. Others that the address names, and the person may not see, do not exist."""

    models = [Application]
    allowed = is_officer | is_decider

    def dispatch(self, request, *args, **kwargs):
        if not self.allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def keys(self) -> list[int]:
        return keys_in(self.request.GET, "id")[:MOST]

    def get_actionable_objects(self):
        return list(seen_at_desk(self.request.user).filter(pk__in=self.keys())), {"items_with_no_access": []}


class AssignForm(forms.Form):
    officer = forms.ModelChoiceField(
        officers().none(),
        label=gettext_lazy("Who looks after them?"),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers().order_by("first_name", "last_name", "email")


class AssignAction(InboxAction):
    """Give the applications to an officer, each in its own transaction; then say which could not be given and why."""

    display_name = gettext_lazy("Assign")
    action_type = "assign"
    aria_label = gettext_lazy("Assign the selected applications")
    template_name = "applications/desk/inbox/bulk_assign.html"
    form_class = AssignForm
    action_priority = 10
    allowed = is_officer

    def get_initial(self):
        return {"officer": self.request.user}

    def form_valid(self, form):
        given, refused = 0, []
        for application in self.get_actionable_objects()[0]:
            try:
                assign_to(application, self.request.user, form.cleaned_data["officer"], many=True)
            except Refused as refusal:
                refused.append(f"{application.reference}: {' '.join(refusal.messages)}")
            except PermissionDenied:
                refused.append(f"{application.reference}: {_('You cannot do this.')}")
            else:
                given += 1
        if given:
            text = ngettext("%d application is assigned.", "%d applications are assigned.", given) % given
            messages.success(self.request, text)
        for text in refused:
            messages.error(self.request, text)
        return redirect(self.next_url)


class ExportAction(InboxAction):
    """Redirects to the export of the inbox, with the ticked rows only."""

    form: str

    def get(self, request, *args, **kwargs):
        chosen = urlencode({"export": self.form, "id": self.keys()}, doseq=True)
        return redirect(f"{reverse('desk_applications:index')}?{chosen}")


class XlsxAction(ExportAction):
    display_name = aria_label = gettext_lazy("Download XLSX")
    action_type = form = "xlsx"
    action_priority = 20


class CsvAction(ExportAction):
    display_name = aria_label = gettext_lazy("Download CSV")
    action_type = form = "csv"
    action_priority = 30


class JsonAction(ExportAction):
    display_name = aria_label = gettext_lazy("Download JSON")
    action_type = form = "json"
    action_priority = 40


ACTIONS = [AssignAction, XlsxAction, CsvAction, JsonAction]
