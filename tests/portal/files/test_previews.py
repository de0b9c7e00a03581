"""Pictures of first pages show what the reader of the file sees."""

import io

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, StreamObject, read_object

from portal.files import previews
from portal.files.validation import kinds

BLACK = (40, 40, 40)


def part(writer: PdfWriter, text: str):
    return read_object(io.BytesIO(text.encode()), writer)


def form(field: str, appearance: bytes = b"") -> bytes:
    """An empty page with one field of a form on it, from (100, 100) to (300, 200); `appearance` draws it."""
    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    widget = part(writer, f"<</Type/Annot/Subtype/Widget/Rect[100 100 300 200]/F 4/T(a)/DA(/Helv 60 Tf 0 g){field}>>")
    if appearance:
        drawn = StreamObject()
        drawn.set_data(appearance)
        drawn.update(part(writer, "<</Type/XObject/Subtype/Form/BBox[0 0 200 100]>>"))
        widget[NameObject("/AP")] = part(writer, "<<>>")
        widget["/AP"][NameObject("/N")] = writer._add_object(drawn)
    reference = writer._add_object(widget)
    page[NameObject("/Annots")] = ArrayObject([reference])
    fonts = "/DR<</Font<</Helv<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    whole = part(writer, f"<</NeedAppearances true{fonts}/DA(/Helv 60 Tf 0 g)>>")
    whole[NameObject("/Fields")] = ArrayObject([reference])
    writer._root_object[NameObject("/AcroForm")] = whole
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def darkest(picture: bytes) -> tuple[int, ...]:
    image = Image.open(io.BytesIO(picture))
    assert image.mode == "RGB"
    return tuple(low for low, _high in image.getextrema())


@pytest.mark.parametrize(
    "content",
    [form("/FT/Tx/V(HHHH)"), form("/FT/Sig", b"0 g 20 20 100 50 re f")],
    ids=["filled field", "stamp of a signature"],
)
def test_a_filled_form_is_shown_filled(content):
    (picture,) = previews.draw(content, kinds.PDF)
    assert darkest(picture) < BLACK


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_shown_on_white(mode):
    image = Image.new(mode, (50, 50), 0)
    out = io.BytesIO()
    image.save(out, "PNG", **({"transparency": 0} if mode == "P" else {}))
    (picture,) = previews.draw(out.getvalue(), kinds.PNG)
    assert darkest(picture) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_photo_of_other_colours_is_shown(mode):
    out = io.BytesIO()
    Image.new(mode, (50, 50), 0 if mode == "L" else (255, 255, 255, 255)).save(out, "JPEG")
    (picture,) = previews.draw(out.getvalue(), kinds.JPEG)
    assert darkest(picture) < BLACK
