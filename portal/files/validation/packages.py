"""Word, Excel and OpenDocument files: zip packages, opened within limits and never written to disk."""

import io
import re
import zipfile
import zlib

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings

from .errors import refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

MOST_PARTS = 2000
END_RECORD, END_RECORD_BYTES = b"PK\x05\x06", 22
CHUNK = 256 * 1024
# Each main part, and what it makes of the package.
OFFICE_MAIN = {f"{DOCX}.main+xml": DOCX, f"{XLSX[:-6]}.sheet.main+xml": XLSX}
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MACROS = re.compile(r"(^|/)(vba\w*\.(bin|xml)|macrosheets/|activex/|basic/|scripts/)", re.IGNORECASE)
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def check(content: bytes) -> str:
    """The content type of the package; ValidationError for one that is not taken."""
    # The record of the end stands at the very end: nothing hides behind it.
    if content[-END_RECORD_BYTES:-18] != END_RECORD:
        raise refused("two_kinds" if END_RECORD in content else "damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return look_through(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise refused("damaged") from None
    except (ElementTree.ParseError, DefusedXmlException, LookupError):
        raise refused("damaged") from None


def look_through(package: zipfile.ZipFile) -> str:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > settings.UNPACKED_BYTES:
        raise refused("too_big_inside")
    if any(part.flag_bits & 0x1 for part in parts):
        raise refused("locked")
    if not parts or min(part.header_offset for part in parts) or len(set(names)) < len(names):
        raise refused("damaged")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name for name in names):
        raise refused("damaged")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise refused("damaged")
    kind = kind_of(package, names)
    if any(MACROS.search(name) for name in names):
        raise refused("macros")
    unpack(package, parts)
    return kind


def kind_of(package: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        said = first_bytes(package, "mimetype", 200).decode("ascii", "replace").strip()
        if said in (ODT, ODS) and "content.xml" in names:
            return said
    elif "[Content_Types].xml" in names:
        listed = ElementTree.fromstring(first_bytes(package, "[Content_Types].xml", CHUNK), forbid_dtd=True)
        types = types_of_parts(listed, names)
        if any("macroenabled" in kind.lower() for kind in types.values()):
            raise refused("macros")
        for kind in types.values():
            if kind in OFFICE_MAIN:
                return OFFICE_MAIN[kind]
    raise refused("kind")


def types_of_parts(listed: ElementTree, names: list[str]) -> dict[str, str]:
    """The content type of each part: its own, or that of its ending (ECMA-376 part 2, 10.1.2)."""
    of_endings = {
        default.get("Extension", "").lower(): default.get("ContentType", "")
        for default in listed.iter(f"{TYPES}Default")
    }
    own = {
        override.get("PartName", "").lstrip("/").lower(): override.get("ContentType", "")
        for override in listed.iter(f"{TYPES}Override")
    }
    return {name: own.get(name.lower(), of_endings.get(name.rpartition(".")[2].lower(), "")) for name in names}


def first_bytes(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as part:
        return part.read(most)


def unpack(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack all of it once, in memory and piece by piece: what a part says of its size may be a lie."""
    left = settings.UNPACKED_BYTES
    for part in parts:
        declares = part.filename.lower().endswith((".xml", ".rels"))
        before = b""
        with package.open(part) as opened:
            while piece := opened.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise refused("too_big_inside")
                if declares:
                    # UTF-16 has a zero beside each letter.
                    seen = (before + piece).replace(b"\x00", b"").upper()
                    if any(mark in seen for mark in DECLARATIONS):
                        raise refused("macros")
                    before = piece[-40:]
