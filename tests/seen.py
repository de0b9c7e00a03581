"""What a form carries back from its page."""

import re

from django.test import Client

from applications.models import Application
from portal.audit import log


def seen(client: Client, address: str) -> dict[str, str]:
    """That the person read which signatures a change reopens, as the page's form says it."""
    found = re.search(r'name="reopens_seen" value="([^"]*)"', client.get(address).content.decode())
    return {"reopens_seen": found[1]} if found else {}


def dossier_read(application: Application) -> dict[str, int]:
    """What a page of the desk that is opened now carries: the person knows all that happened to this dossier."""
    return {"last_seen_entry": log.last_number(application)}
