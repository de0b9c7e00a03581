"""Files that people send, judged by what they are."""

import io
import unicodedata

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.files.validation import ACCEPTED, judge, names
from portal.files.validation.errors import REASONS
from tests.factories import small_pdf
from tests.hostile import MAINS, RELS, TYPES, Hostile, hostile_files, image, office, package, pdf_with
from tests.readers import converted


@pytest.mark.parametrize("hostile", hostile_files(), ids=lambda hostile: hostile.what)
def test_a_hostile_file_is_refused_with_its_reason(hostile: Hostile):
    with pytest.raises(ValidationError) as refusal:
        judge(hostile.content, hostile.name)
    codes = {"two_kinds", "damaged"} if hostile.code == "damaged_or_two" else {hostile.code}
    assert refusal.value.code in codes
    assert hostile.named in refusal.value.messages[0]


def test_there_are_some_two_hundred_of_them():
    found = hostile_files()
    assert len(found) >= 200
    assert len({hostile.what for hostile in found}) == len(found)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_refusal_is_in_the_language_of_the_reader(language):
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        judge(b"MZ", "program.exe")
    with translation.override(language):
        assert refusal.value.messages == [str(REASONS["kind"])]


# ── What is taken ────────────────────────────────────────────────────────────────────────────────────────────────────
def made_docx() -> bytes:
    out, document = io.BytesIO(), docx.Document()
    document.add_paragraph("Statuten")
    document.save(out)
    return out.getvalue()


def made_xlsx() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = 9000
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [(small_pdf, "pdf"), (made_docx, "docx"), (made_xlsx, "xlsx")]
    + [(lambda kind=kind: image(kind), ending) for kind, ending in (("PNG", "png"), ("JPEG", "jpg"))]
    + [(lambda ending=ending: office(ending), ending) for ending in ("docx", "xlsx", "odt", "ods")],
)
def test_each_kind_is_taken_and_named_by_what_it_is(content, ending):
    found = judge(content(), "Our paper.exe")
    assert found.name == f"Our paper.exe.{ending}"
    assert ending in ACCEPTED[found.content_type]


def test_what_libreoffice_makes_is_taken(tmp_path):
    """As an office suite writes them."""
    made = converted("statutes.docx", made_docx(), ["docx", "odt", "pdf"], tmp_path)
    (tmp_path / "tables").mkdir()
    made |= converted("budget.xlsx", made_xlsx(), ["xlsx", "ods"], tmp_path / "tables")
    assert made.keys() == {"docx", "odt", "pdf", "xlsx", "ods"}
    for ending, content in made.items():
        assert judge(content, f"paper.{ending}").name == f"paper.{ending}"


def test_a_photo_with_its_position_and_a_turned_one_is_taken():
    out, picture = io.BytesIO(), Image.new("RGB", (400, 300))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(out, "JPEG", exif=exif)
    assert judge(out.getvalue(), "IMG_1.JPEG").name == "IMG_1.jpeg"


def motion_photo() -> bytes:
    """A photo with its video behind: bytes that look like markers of a picture among them."""
    return image("JPEG") + b"\0\0\0\x18ftypmp42" + b"\xff\xda\x12\xff\xd8" * 50


def default_types(main: str, kind: str) -> bytes:
    """As the Open XML SDK writes it: the main part has its type by its ending alone."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="{kind}"/></Types>'
    )
    return package({TYPES: types, "_rels/.rels": RELS, main: "<document/>"})


@pytest.mark.parametrize(
    ("sent", "ending", "kept"),
    [
        (b"\xef\xbb\xbf" + small_pdf(), "pdf", small_pdf()),
        (small_pdf() + b"\x1a", "pdf", small_pdf()),
        (small_pdf() + b"\r\n------=_Part_12.34--\r\n", "pdf", small_pdf()),
        (small_pdf() + b"\0\r\n", "pdf", small_pdf() + b"\0\r\n"),
        (motion_photo(), "jpg", image("JPEG")),
        *((whole, ending, whole) for ending in MAINS if (whole := default_types(*MAINS[ending]))),
    ],
    ids=[
        "mark before",
        "sign for the end",
        "line of a mail",
        "blanks",
        "video behind",
        "docx by ending",
        "xlsx by ending",
    ],
)
def test_what_programs_put_around_a_file_is_taken_off(sent, ending, kept):
    found = judge(sent, f"paper.{ending}")
    assert (found.name, found.content.rstrip(b"\n") == kept.rstrip(b"\n")) == (f"paper.{ending}", True)
    assert judge(found.content, found.name) == found


def test_a_form_with_fields_links_and_notes_is_taken():
    """Nothing acts by itself in it."""
    link = "<</Type/Annot/Rect[0 0 9 9]/Subtype/Link/A<</S/URI/URI(https://a.example)>>>>"
    note = "<</Type/Annot/Rect[0 0 9 9]/Subtype/Text/Contents(JavaScript, Launch)>>"
    field = "<</Type/Annot/Rect[0 0 9 9]/Subtype/Widget/FT/Tx/T(name)/V(An)/A<</S/ResetForm>>>>"
    assert judge(pdf_with(page=f"/Annots[{link}{note}{field}]", root="/AcroForm<</Fields[]/XFA null>>"), "a.pdf")


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("statuten.pdf", "statuten.pdf"),
        ("STATUTEN.PDF", "STATUTEN.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\an\\statuten.pdf", "statuten.pdf"),
        ("statu\x00ten\r\n.pdf", "statuten.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("déclaration d’intention.pdf", "déclaration d’intention.pdf"),
        ("rapport.docx", "rapport.docx.pdf"),
        ("   .pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ('a<b>:"|?*.pdf', "a b.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("x" * 5000 + ".pdf", "x" * 100 + ".pdf"),
        ("договор.pdf", "договор.pdf"),
        ("عقد.pdf", "عقد.pdf"),
    ],
)
def test_a_name_is_cleaned(sent, kept):
    assert names.clean(sent, ("pdf",)) == kept


@given(st.text(max_size=300))
def test_any_name_becomes_a_harmless_one(name):
    kept = names.clean(name, ("jpg", "jpeg"))
    assert kept.endswith((".jpg", ".jpeg"))
    assert 5 <= len(kept) <= 105
    assert not set(kept) & set('/\\<>:"|?*\n\r\t')
    assert not any(unicodedata.category(char).startswith("C") for char in kept)
    assert not kept.startswith(".")
