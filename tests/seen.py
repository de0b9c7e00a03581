"""What a form carries back from its page."""

import re

from django.test import Client


def seen(client: Client, address: str) -> dict[str, str]:
    """That the person read which signatures a change reopens, as the page's form says it."""
    found = re.search(r'name="reopens_seen" value="([^"]*)"', client.get(address).content.decode())
    return {"reopens_seen": found[1]} if found else {}
