"""The dossier on paper, for officers and deciders, in the language in which they read the desk."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from portal import clock
from portal.documents.download import as_download
from portal.documents.pdf import pdf, printed_html

from ...models import Application
from ...permissions import seen_at_desk
from .blocks import READ, Dossier, answers, checks, glance, judgement, signatures
from .views import DossierActionMixin


def dossier_html(dossier: Dossier, *, with_notes: bool) -> str:
    """The page to be printed: what can be read in a minute, the checks, all answers, signatures, the decision."""
    application = dossier.application
    found = {
        "title": _("Dossier %(reference)s") % {"reference": application.reference},
        "application": application,
        "made_at": clock.now(),
        "with_notes": with_notes,
    }
    for block in (glance, checks, answers, signatures, judgement):
        found |= block(dossier)
    return printed_html("applications/print/dossier.html", found, get_language())


class PdfView(DossierActionMixin, View):
    """Internal notes stand in it only where they are asked for, and those that this person may read."""

    rule = "applications.read_dossier"
    http_method_names = ["get"]

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(
            seen_at_desk(self.request.user).select_related("assignee").prefetch_related(*READ), pk=self.kwargs["pk"]
        )

    def get(self, request, *args, **kwargs):
        html = dossier_html(Dossier(self.application, request.user), with_notes="notes" in request.GET)
        response = as_download(pdf(html), self.application.reference, "pdf")
        response["Cache-Control"] = "no-store"
        return response
