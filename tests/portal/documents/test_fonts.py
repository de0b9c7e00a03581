"""The system check that names the writings for which the server has no font."""

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from portal.checks import fonts_are_there
from portal.documents.fonts import WRITINGS


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    """A folder in which fontconfig looks for fonts, and nowhere else."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    return tmp_path


def add_font(folder, chars: str) -> None:
    names = [".notdef", *(f"u{ord(char):X}" for char in chars)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):X}" for char in chars})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Some", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / "some.ttf")


def test_each_writing_without_a_font_is_named_with_its_package(fonts):
    found = fonts_are_there(None)
    assert len(found) == len(WRITINGS)
    chinese = next(warning for warning in found if "Chinese" in warning.msg)
    assert "fonts-noto-cjk" in chinese.hint


def test_a_writing_with_a_font_is_not_named(fonts):
    add_font(fonts, "".join(char for char, _package in WRITINGS.values() if char != "ሀ"))
    assert [warning.msg for warning in fonts_are_there(None)] == [
        "No font has this writing, so it is blank in PDFs: Ethiopic (Tigrinya, Amharic)."
    ]
