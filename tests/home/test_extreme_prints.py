"""Every block with content as extreme as it may be, on paper: nothing runs off the page, nothing is lost."""

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

from home import prints
from tests.extremes import VARIANTS, WORD, Extremes
from tests.home.test_pictures import page_at, run_tasks

pytestmark = pytest.mark.django_db
# A4 in points, less the margins of print.css (20 mm), with a millimetre for marks of lists and overhanging letters.
LEFT, RIGHT = 19 / 25.4 * 72, (210 - 19) / 25.4 * 72


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_block_fits_on_paper(variant):
    page = page_at("/nl/wat-is-hervestiging/cijfers/")
    page.body = page._meta.get_field("body").to_python(Extremes(variant).body())
    page.save_revision().publish()
    run_tasks()
    _title, html = prints.html_of(str(page.translation_key), "nl")
    document = pypdfium2.PdfDocument(prints.pdf(html))
    text = ""
    for number, sheet in enumerate(document, start=1):
        written = sheet.get_textpage()
        boxes = [written.get_charbox(place) for place in range(written.count_chars())]
        # Images; those in drawings have a measure of their own.
        boxes += [image.get_bounds() for image in sheet.get_objects([IMAGE], max_depth=1)]
        for left, _bottom, right, _top in boxes:
            assert LEFT <= left <= right <= RIGHT or left == right, f"{variant}, page {number}"
        text += written.get_text_bounded()
    if variant == "one word":
        assert "".join(text.split()).replace("\ufffe", "").count(WORD[:56]) > 50
