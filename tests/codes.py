"""Codes, as people find them in their mails."""

import re


def code_in(text: str) -> str:
    """The code in the text of a mail: it stands on a line of its own."""
    return re.search(r"^ {4}([0-9A-Z-]+)$", text, re.MULTILINE)[1]
