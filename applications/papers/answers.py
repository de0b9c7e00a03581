"""The answers as they stand now on paper, for who takes part: one page for PDF and DOCX."""

from django.utils import translation
from django.utils.translation import gettext as _

from partners.people.person import Person
from portal import clock
from portal.documents.pdf import printed_html

from ..models import Application
from ..questionnaire.questions import SECTIONS
from ..versions.redaction import seen_sections
from ..versions.snapshots import sections_of


def answers_page(application: Application, person: Person) -> tuple[str, str]:
    """Title and HTML, in the application's language, with the sections that this person may see."""
    with translation.override(application.language):
        title = _("Answers to the questions")
    sections = seen_sections(person, application, sections_of(application))
    context = {
        "title": title,
        "application": application,
        "sections": sections,
        "partly": len(sections) < len(SECTIONS),
        "made_at": clock.now(),
    }
    return title, printed_html("applications/print/answers.html", context, application.language)
