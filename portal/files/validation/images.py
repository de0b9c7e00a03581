"""JPEG and PNG: decoded once, within a number of pixels."""

import io
import struct
import zipfile

from django.conf import settings
from PIL import Image

from .errors import refused

END_OF_IMAGE = b"\xd9"
# A byte of the picture that looks like a marker, and markers that stand alone (ITU T.81, B.1.1.3).
WITHOUT_LENGTH = {b"\x00", b"\x01", *(bytes([code]) for code in range(0xD0, 0xD9))}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check(content: bytes, name: str) -> None:
    """Refuse an image that is damaged, too large, or something else as well."""
    if name == "PNG":
        refuse_tail(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("two_kinds")
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as image:
            if image.width * image.height > settings.IMAGE_PIXELS:
                raise refused("pixels")
            image.load()
    except BOMBS:
        raise refused("pixels") from None
    except (OSError, SyntaxError, ValueError, struct.error, EOFError, MemoryError, IndexError):
        raise refused("damaged") from None


def whole_jpeg(content: bytes) -> bytes:
    """The picture alone, from its beginning to its end: telephones put a video or other pictures behind it."""
    at = 2
    while (at := content.find(b"\xff", at)) >= 0:
        marker = content[at + 1 : at + 2]
        if marker == END_OF_IMAGE:
            return content[: at + 2]
        if not marker or marker == b"\xff":
            at += 1
        elif marker in WITHOUT_LENGTH:
            at += 2
        else:
            # Skipped as a whole, with the small picture that it may hold; a length of less than two is a lie.
            at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    raise refused("damaged")


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
