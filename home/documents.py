"""Documents to fill in (DOCX), from the same HTML as their PDF; made when asked for, in a tenth of a second."""

from django.http import Http404, HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.documents.docx import docx
from portal.documents.download import as_download

from . import prints
from .models.printed import QUESTIONNAIRE
from .views import kept


@require_safe
@kept
def questionnaire(request):
    """All questions of an application, with room to write."""
    return answer(*prints.html_of(QUESTIONNAIRE, get_language()))


@require_safe
@kept
def sample(request, key):
    """The sample text of a page, such as a note for a council."""
    found = prints.sample_html_of(key, get_language())
    if found is None:
        raise Http404
    return answer(*found)


def answer(title: str, html: str) -> HttpResponseBase:
    language = get_language()
    return as_download(docx(prints.dated(html, language), title, language), slugify(title), "docx")
