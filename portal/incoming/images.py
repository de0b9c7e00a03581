"""JPEG and PNG: decoded once, within a number of pixels."""

import io
import struct
import zipfile

from django.conf import settings
from PIL import Image

from .refusals import refused

BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check(content: bytes, name: str) -> None:
    """Refuse an image that is damaged, too large, or something else as well."""
    if name == "PNG":
        refuse_tail(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("two_kinds")
    elif content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda"):
        # The picture begins, and its end is not there.
        raise refused("damaged")
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as image:
            if image.width * image.height > settings.IMAGE_PIXELS:
                raise refused("pixels")
            image.load()
    except BOMBS:
        raise refused("pixels") from None
    except (OSError, SyntaxError, ValueError, struct.error, EOFError, MemoryError, IndexError):
        raise refused("damaged") from None


def refuse_tail(content: bytes) -> None:
    """A PNG says where it ends; anything behind that is another file."""
    at = 8
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if kind == b"IEND":
            if at != len(content):
                raise refused("two_kinds")
            return
    raise refused("damaged")
