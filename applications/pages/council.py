"""The text for a party's council, for the people of that party."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.text import slugify

from partners.pages.access import person_of
from portal.accounts.decorators import service_page
from portal.documents.docx import docx
from portal.documents.download import as_download
from portal.documents.pdf import pdf

from ..models import Party
from ..papers import council_pack
from ..permissions import belongs_to
from .access import own_party

FORMS = ("docx", "pdf")


def party_of(request, uuid) -> Party:
    """The party, for its own people; another party of the application may not have its papers."""
    party = own_party(request, uuid)
    if not belongs_to(person_of(request), party):
        raise PermissionDenied
    return party


@service_page
def council(request, uuid):
    """Which texts there are, or what is missing for them."""
    party = party_of(request, uuid)
    texts = council_pack.texts_for(party)
    context = {
        "party": party,
        "open_sections": council_pack.open_sections(party.application) if texts else [],
        "documents": [(text, council_pack.name_of(text, party.organisation)) for text in texts],
    }
    return render(request, "applications/council.html", context)


@service_page
def document(request, uuid, body, form):
    """One text, as DOCX or PDF; not found while an answer is missing."""
    party = party_of(request, uuid)
    text = next((text for text in council_pack.texts_for(party) if text.body == body), None)
    if form not in FORMS or text is None or council_pack.open_sections(party.application):
        raise Http404
    title, html = council_pack.pack(text, party)
    content = docx(html, title, text.language) if form == "docx" else pdf(html)
    return as_download(content, slugify(council_pack.name_of(text, party.organisation)), form)
