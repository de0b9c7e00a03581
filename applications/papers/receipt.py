"""The receipt of a submission: the whole Version, with its time, reference, signatories and hashes."""

from django.utils.dateparse import parse_datetime

from partners.models import Capacity
from portal.documents.pdf import pdf

from ..models import Version
from .version import version_html


def receipt_pdf(version: Version, content: dict) -> bytes:
    """A tagged PDF in the application's language; `content` is what its reader may see (versions/redaction.py)."""
    signatures = [
        {
            **signature,
            "capacity": Capacity(signature["capacity"]).label,
            "signed_at": parse_datetime(signature["signed_at"]),
        }
        for signature in version.content.get("signatures", [])
    ]
    return pdf(version_html(version, content, "applications/print/receipt.html", signatures=signatures))
