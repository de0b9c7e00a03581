"""A Version on paper: the one rendering of what was submitted, from its frozen labels and texts."""

from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from portal.documents.pdf import pdf, printed_html

from ..models import Version


def version_html(version: Version, content: dict, template: str = "applications/print/version.html", **more) -> str:
    """The page to be printed, in the application's language.

    `content` is what its reader may see (versions/redaction.py); `more` is for a template that adds to it.
    """
    application = version.application
    with translation.override(application.language):
        title = _("Application %(reference)s, version %(number)d") % {
            "reference": application.reference,
            "number": version.number,
        }
    context = {
        "title": title,
        "application": application,
        "version": version,
        "sections": content["sections"],
        "partly": len(content["sections"]) < len(version.content["sections"]),
        "estimate": Decimal(version.content["estimate"]),
        **more,
    }
    return printed_html(template, context, application.language)


def version_pdf(version: Version, content: dict) -> bytes:
    """The Version as tagged PDF: always the same content, whatever the application says by now."""
    return pdf(version_html(version, content))
