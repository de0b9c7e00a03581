"""One's answers as a document."""

from django.http import Http404

from partners.pages.access import person_of
from portal.accounts.decorators import service_page
from portal.documents.docx import docx
from portal.documents.download import as_download
from portal.documents.pdf import pdf

from ..papers.answers import answers_page
from .access import own_application

FORMS = ("docx", "pdf")


@service_page
def answers(request, uuid, form):
    """As DOCX or PDF, for who takes part."""
    found = own_application(request, uuid)
    if form not in FORMS:
        raise Http404
    title, html = answers_page(found, person_of(request))
    content = docx(html, title, found.language) if form == "docx" else pdf(html)
    return as_download(content, found.reference or "application", form)
