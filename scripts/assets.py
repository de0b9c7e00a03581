"""Makes what browsers load, into var/assets/vendor: stylesheets and scripts of npm packages, two subset fonts, the map.

govuk-frontend and the Ministry's frontend come precompiled. Their font is licensed for gov.uk only, so its @font-face
goes and the family is swapped for ours; their pictures are not taken along.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path

import boundaries
import polib
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
GOVUK = MODULES / "govuk-frontend/dist/govuk"
MOJ = MODULES / "@ministryofjustice/frontend/moj"
FONT = (
    MODULES / "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"
)
DISPLAY_FONT = MODULES / "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-opsz-normal.woff2"
TARGET = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "assets" / "vendor"
FAMILY = '"Atkinson Hyperlegible Next",arial'
FONT_LIMIT, DISPLAY_FONT_LIMIT = 30 * 1024, 14 * 1024
# Basic Latin, Latin-1 for nl, fr, de, en; Œ œ Ÿ; dashes, quotes, ellipsis, no-break spaces, €, arrows, ×, −.
CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0152-0153,U+0178,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+20AC,U+2190-2193,U+2212"
)
# Headings and large figures need less: the letters of nl, fr, de, en, accents in names, no signs of programmers.
DISPLAY_CHARACTERS = (
    " !\"%&'()+,-./0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "ÀÂÄÆÇÉÈÊËÎÏÔÖÙÛÜŒàâäæçéèêëîïôöùûüÿœßáíóúñ°·×«»–—‘’“”„…€−\u00a0\u202f\u2010\u2011"
)
# One instance, drawn for about 48 pixels: an axis more would double the file.
DISPLAY_INSTANCE = {"opsz": 48, "wght": 640}


def stylesheet(source: Path) -> str:
    """The sheet without its fonts and pictures, in our family."""
    css = source.read_text()
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r'"?GDS Transport"?\s*,\s*arial', FAMILY, css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = re.sub(r"[a-z-]+:[^;{}]*url\((?!\"?data:)[^)]*\)[^;{}]*;?", "", css)
    if "GDS Transport" in css:
        sys.exit(f"{source.name}: the font GDS Transport is still named")
    return css


def script(source: Path) -> str:
    return re.sub(r"//# sourceMappingURL=.*", "", source.read_text())


def make_font(target: Path) -> None:
    """Our characters only, from regular to bold: all that the site uses of the weight axis."""
    options = subset.Options(layout_features=["kern", "liga", "tnum", "locl"])
    font = subset.load_font(str(FONT), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    smaller = BytesIO()
    font.flavor = None
    font.save(smaller)
    smaller.seek(0)
    font = TTFont(smaller, lazy=False)
    instancer.instantiateVariableFont(font, {"wght": (400, 700)}, inplace=True)
    # Share images and PDFs are made on the server, from the same font unpacked.
    font.save(str(target.with_name("share-font.ttf")))
    for name, weight in (("print-regular.ttf", 400), ("print-bold.ttf", 700)):
        fixed = TTFont(str(target.with_name("share-font.ttf")))
        instancer.instantiateVariableFont(fixed, {"wght": weight}, inplace=True)
        fixed.save(str(target.with_name(name)))
    font.flavor = "woff2"
    font.save(str(target))
    if target.stat().st_size > FONT_LIMIT:
        sys.exit(f"the font has {target.stat().st_size} bytes, more than {FONT_LIMIT}")


def make_display_font(target: Path) -> None:
    """One static instance of the display face, for headings and large figures."""
    font = TTFont(str(DISPLAY_FONT))
    instancer.instantiateVariableFont(font, DISPLAY_INSTANCE, inplace=True)
    options = subset.Options(layout_features=["kern", "tnum"], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=DISPLAY_CHARACTERS)
    subsetter.subset(font)
    # The brochure is made on the server, from the same font unpacked.
    font.flavor = None
    font.save(str(target.with_name("print-display.ttf")))
    font.flavor = "woff2"
    font.save(str(target))
    if target.stat().st_size > DISPLAY_FONT_LIMIT:
        sys.exit(f"the display font has {target.stat().st_size} bytes, more than {DISPLAY_FONT_LIMIT}")


def compile_catalogues() -> None:
    """The translations, without needing gettext on this machine."""
    for source in (ROOT / "portal").glob("locale*/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


def newer(target: Path, *sources: Path) -> bool:
    return target.exists() and all(target.stat().st_mtime >= source.stat().st_mtime for source in sources)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    compile_catalogues()
    stamp = TARGET / ".made"
    if newer(stamp, ROOT / "package-lock.json", Path(__file__), Path(boundaries.__file__)):
        return
    (TARGET / "govuk-frontend.css").write_text(stylesheet(GOVUK / "govuk-frontend.min.css"))
    (TARGET / "moj-frontend.css").write_text(stylesheet(MOJ / "moj-frontend.min.css"))
    (TARGET / "govuk-frontend.js").write_text(script(GOVUK / "govuk-frontend.min.js"))
    make_font(TARGET / "site-font.woff2")
    make_display_font(TARGET / "display-font.woff2")
    boundaries.make(TARGET / "map.json")
    stamp.touch()


if __name__ == "__main__":
    main()
