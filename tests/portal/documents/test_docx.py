"""DOCX from HTML: what stands in it, in which style; always the same; whatever text comes in."""

from io import BytesIO

from django.utils.html import escape
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.documents.docx import docx

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PAGE = """<html><head><title>Not read</title></head><body><p class="document" aria-hidden="true">Hidden</p>
<h1>First</h1><p class="intro">With <b>bold</b>, <i>slanted</i> and a <a href="https://town.example/a">link</a>,<br>new
line.</p> Loose text.
<section><h2>Second</h2><ul><li>One</li><li>Two</li></ul><ol><li>A</li><li>B</li></ol><ol><li>C</li></ol></section>
<h3>Third</h3><ul class="boxes"><li>yes</li><li>no</li></ul><p class="room" data-lines="3"></p><hr>
<table><thead><tr><th>Head</th><th>Other</th></tr></thead><tbody><tr><td>1</td><td><p>2</p></td></tr></tbody></table>
<p>In <span lang="nl">omarmers</span> <a href="javascript:alert(1)">no link</a><!-- not said --></p>
</body></html>"""


def opened(html: str = PAGE, language: str = "fr"):
    return Document(BytesIO(docx(html, "A title", language)))


def test_each_element_has_its_style():
    document = opened()
    said = [
        (paragraph.style.name, paragraph.text.rstrip()) for paragraph in document.paragraphs if paragraph.text.strip()
    ]
    assert said == [
        ("Heading 1", "First"),
        ("Intro", "With bold, slanted and a link,\nnew line."),
        ("Normal", "Loose text."),
        ("Heading 2", "Second"),
        ("List Bullet", "One"),
        ("List Bullet", "Two"),
        ("List Number", "A"),
        ("List Number", "B"),
        ("List Number", "C"),
        ("Heading 3", "Third"),
        ("Box", " yes"),
        ("Box", " no"),
        ("Normal", "In omarmers no link"),
    ]
    intro = document.paragraphs[1]
    assert [run.text for run in intro.runs if run.bold] == ["bold"]
    assert [run.text for run in intro.runs if run.italic] == ["slanted"]
    assert [(link.text, link.url) for link in intro.hyperlinks] == [("link", "https://town.example/a")]
    assert not document.paragraphs[-1].hyperlinks
    assert document.paragraphs[-1].runs[1]._r.find(f".//{qn('w:lang')}").get(qn("w:val")) == "nl-BE"


def test_each_numbered_list_begins_at_one():
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in opened().paragraphs if paragraph.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_boxes_can_be_ticked_and_rooms_written_in():
    document = opened()
    assert len(list(document.element.iter(f"{{{W14}}}checkbox"))) == 2
    room, table = document.tables
    assert room.rows[0].height.cm > 1.5
    assert [cell.text for row in table.rows for cell in row.cells] == ["Head", "Other", "1", "2"]


def test_a_header_row_is_repeated_on_each_page():
    rows = opened().tables[1].rows
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False]


def test_title_language_and_page_numbers():
    document = opened()
    properties = document.core_properties
    assert (properties.title, properties.language, properties.author) == ("A title", "fr", "Fedasil")
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "fr-BE"
    footer = document.sections[0].footer._element
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_same_page_gives_the_same_bytes():
    assert docx(PAGE, "A title", "nl") == docx(PAGE, "A title", "nl")


@given(st.text(max_size=80), st.text(max_size=400))
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_written(text, title):
    said = escape(text)
    html = f"<p>{said}</p><table><tr><td>{said}</td></tr></table><ul class='boxes'><li>{said}</li></ul>"
    assert docx(f"<html><body>{html}</body></html>", title, "de").startswith(b"PK")


def test_an_empty_page_is_a_document():
    assert not opened("").paragraphs
    assert not opened("<html><body><table></table></body></html>").tables
