"""Pictures of the first pages of a file, drawn in a process of its own, with little memory and time."""

import struct
import subprocess
import sys

from django.conf import settings

from ..slow_work import outside_transactions
from .validation import kinds

MOST_PAGES = 3
SECONDS = 30
DRAWN = {kinds.PDF, kinds.JPEG, kinds.PNG}


@outside_transactions
def draw(content: bytes, content_type: str) -> list[bytes]:
    """PNG pictures of the first pages; none for a kind that is not drawn, and where drawing fails."""
    if content_type not in DRAWN:
        return []
    command = [sys.executable, "-m", "portal.files.preview_process", content_type, str(MOST_PAGES)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR, env={}
        )
    except subprocess.TimeoutExpired:
        return []
    return list(unpacked(done.stdout)) if done.returncode == 0 else []


def unpacked(output: bytes):
    while output:
        (length,) = struct.unpack(">I", output[:4])
        yield output[4 : 4 + length]
        output = output[4 + length :]
