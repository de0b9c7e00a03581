"""Opening an application for an organisation that showed interest."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from partners.models import Interest
from portal.desk.views import RuleRequiredMixin
from portal.workflow import Refused

from ..drafts.from_interest import open_draft


class OpenDraftView(RuleRequiredMixin, View):
    rule = "partners.handle_interest"
    http_method_names = ["post"]

    @cached_property
    def interest(self) -> Interest:
        return get_object_or_404(Interest, pk=self.kwargs["pk"])

    def get_subject(self):
        return self.interest

    def post(self, request, *args, **kwargs):
        try:
            open_draft(self.interest, request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("They get an e-mail with which they take the application over."))
        return redirect("desk_interests:inspect", self.interest.pk)
