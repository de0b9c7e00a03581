"""What a file is called that someone sent: no path, nothing invisible, not too long, an ending that is true."""

import re
import unicodedata

LONGEST = 100
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean(name: str, endings: tuple[str, ...]) -> str:
    """The last part of `name` without control, direction and unassigned characters, ending in one of `endings`."""
    # First without what is not seen: it may stand inside an ending or beside a stroke.
    name = unicodedata.normalize("NFC", str(name))
    name = "".join(char for char in name if char.isspace() or not unicodedata.category(char).startswith("C"))
    name = re.split(r"[/\\]", name)[-1]
    name = " ".join(FORBIDDEN.sub(" ", name).split()).strip(" .")
    stem, _dot, ending = name.rpartition(".")
    if not stem or ending.lower() not in endings:
        stem, ending = name, endings[0]
    return f"{stem[:LONGEST].strip(' .') or 'file'}.{ending.lower()}"
