"""The receipt of a submission: the whole Version, with its time, reference, signatories and hashes."""

from django.utils.dateparse import parse_datetime

from partners.models import Capacity
from portal.printing import pdf

from .models import Application, Version
from .prints import version_html
from .signing import standing_signatures


def signatures_of(application: Application) -> list[dict]:
    """Who signed what is submitted, as a Version keeps it: plain data, whatever happens to the rows later."""
    return [
        {
            "party": party.organisation.enterprise_number,
            "name": party.name,
            "signatory": signature.signatory_name,
            "capacity": signature.capacity,
            "signed_at": signature.signed_at.isoformat(),
            "content": signature.content_hash,
        }
        for party in application.joined_parties
        for signature in standing_signatures(party)
    ]


def receipt_pdf(version: Version, content: dict) -> bytes:
    """A tagged PDF in the application's language; `content` is what its reader may see (seen_versions.py)."""
    signatures = [
        {
            **signature,
            "capacity": Capacity(signature["capacity"]).label,
            "signed_at": parse_datetime(signature["signed_at"]),
        }
        for signature in version.content.get("signatures", [])
    ]
    return pdf(version_html(version, content, "applications/print/receipt.html", signatures=signatures))
