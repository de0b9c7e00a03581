"""DOCX from a small set of HTML: the same page that becomes a PDF, as a document that one can go on writing in.

Knows h1 to h3, p, ul, ol, table, hr, br, b/strong, i/em, a and span with lang; ul.boxes (boxes to tick), p.room (room
to write, of data-lines lines) and the paragraphs .intro, .lead, .hint, .note, .imprint, .mark. What is for screens or
for the reader of pages alone (aria-hidden, .visually-hidden) is left out. The same HTML gives the same bytes.
"""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from bs4 import BeautifulSoup, NavigableString, Tag
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from ..text import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# As Word names them; "de-BE" has no dictionary everywhere.
WORD_LANGUAGES = {"nl": "nl-BE", "fr": "fr-BE", "de": "de-DE", "en": "en-GB"}
FONT, INK, LEIE, MUTED, LINE, OCHRE = "Arial", "1B2430", "0B4F5C", "55606B", "7A838C", "F2C14E"
# Name: (points, colour, space before, space after)
HEADINGS = {
    "Heading 1": (22, LEIE, 0, 10),
    "Heading 2": (15, LEIE, 18, 4),
    "Heading 3": (11, INK, 12, 2),
}
PARAGRAPHS = {
    "Intro": (13, INK, 0, 10),
    "Hint": (10, MUTED, 0, 4),
    "Box": (11, INK, 0, 2),
    "Mark": (11, INK, 0, 8),
    "Lead": (11, INK, 0, 6),
}
STYLE_OF = {"intro": "Intro", "lead": "Lead", "hint": "Hint", "note": "Hint", "imprint": "Hint", "mark": "Mark"}
BLOCKS = {"h1", "h2", "h3", "p", "ul", "ol", "table", "hr", "div", "section", "article", "main"}
LINE_HEIGHT = Cm(0.62)
WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC)
ZIP_DATE = (2026, 1, 1, 0, 0, 0)
BOX = (
    "<w:sdt {namespaces} xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'><w:sdtPr>"
    "<w:id w:val='{number}'/><w14:checkbox><w14:checked w14:val='0'/>"
    "<w14:checkedState w14:val='2612' w14:font='MS Gothic'/><w14:uncheckedState w14:val='2610' w14:font='MS Gothic'/>"
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii='MS Gothic' w:hAnsi='MS Gothic'"
    " w:eastAsia='MS Gothic'/></w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
)


def docx(html: str, title: str, language: str) -> bytes:
    """A document of this page, with title, language, headings, page numbers and repeated header rows."""
    writer = Writer(title, language)
    body = BeautifulSoup(html, "lxml").body
    if body:
        writer.write(body)
    return writer.bytes()


class Writer:
    """Writes HTML elements into one document, block after block."""

    def __init__(self, title: str, language: str):
        self.document = Document()
        self.boxes = 0
        self.set_properties(clean(title), language)
        self.set_styles(language)
        self.set_page(clean(title))

    # ── The document ─────────────────────────────────────────────────────────────────────────────────────────────────
    def set_properties(self, title: str, language: str) -> None:
        properties = self.document.core_properties
        # 255 characters at most.
        properties.title, properties.language, properties.author = title[:255], language, "Fedasil"
        properties.comments = ""
        properties.created = properties.modified = WRITTEN_ON
        # As Word 2013 and later lay out: the frame of a table stands in line with the text.
        for setting in self.document.settings.element.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), "15")

    def set_styles(self, language: str) -> None:
        styles = self.document.styles
        defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        defaults.find(qn("w:lang")).set(qn("w:val"), WORD_LANGUAGES.get(language, language))
        shape(styles["Normal"], 11, INK, 0, 6)
        for name, values in HEADINGS.items():
            shape(styles[name], *values)
            styles[name].paragraph_format.keep_with_next = True
        for name, values in PARAGRAPHS.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            shape(style, *values)
        for name in ("Lead", "Hint"):
            styles[name].paragraph_format.keep_with_next = True
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", OCHRE)):
            shade.set(qn(f"w:{name}"), value)
        styles["Mark"].element.get_or_add_rPr().append(shade)
        styles["Box"].paragraph_format.left_indent = Cm(0.7)
        styles["Box"].paragraph_format.first_line_indent = Cm(-0.7)
        shape(styles["Footer"], 9, MUTED, 0, 0)
        styles["Footer"].paragraph_format.tab_stops.clear_all()

    def set_page(self, title: str) -> None:
        """A4, and at its foot the title and the page number."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(self.width, alignment=WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run(f"{title}\t")
        for field in ("PAGE", "NUMPAGES"):
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            simple.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
            if field == "NUMPAGES":
                foot.add_run(" / ")
            foot._p.append(simple)

    @property
    def width(self) -> int:
        """Between the margins."""
        section = self.document.sections[0]
        return section.page_width - section.left_margin - section.right_margin

    def bytes(self) -> bytes:
        """The file, without the time at which it was made."""
        made, same = BytesIO(), BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return same.getvalue()

    # ── Blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def write(self, element: Tag, place=None) -> None:
        """What stands in this element, into the document or a cell of a table."""
        place = place if place is not None else self.document
        loose: list = []
        for child in element.children:
            if isinstance(child, Tag) and child.name in BLOCKS:
                self.write_loose(loose, place)
                loose = []
                self.write_block(child, place)
            else:
                loose.append(child)
        self.write_loose(loose, place)

    def write_loose(self, nodes: list, place) -> None:
        """Text that stands in no paragraph gets one."""
        if any(clean(node.get_text()).strip() for node in nodes if not is_hidden(node)):
            self.fill(place.add_paragraph(), nodes)

    def write_block(self, element: Tag, place) -> None:
        if is_hidden(element):
            return
        match element.name:
            case "h1" | "h2" | "h3":
                self.fill(place.add_paragraph(style=f"Heading {element.name[1]}"), element.children)
            case "p" if "room" in element.get("class", []):
                self.write_room(int(element.get("data-lines", 1)), place)
            case "p":
                style = next((STYLE_OF[name] for name in element.get("class", []) if name in STYLE_OF), None)
                self.fill(place.add_paragraph(style=style), element.children)
            case "ul" | "ol":
                self.write_list(element, place)
            case "table":
                self.write_table(element, place)
            case "hr":
                rule(place.add_paragraph())
            case _:
                self.write(element, place)

    def write_list(self, element: Tag, place) -> None:
        items = element.find_all("li", recursive=False)
        if "boxes" in element.get("class", []):
            for item in items:
                paragraph = place.add_paragraph(style="Box")
                self.boxes += 1
                paragraph._p.append(parse_xml(BOX.format(namespaces=nsdecls("w"), number=self.boxes)))
                paragraph.add_run(" ")
                self.fill(paragraph, item.children)
                paragraph.paragraph_format.keep_with_next = item is not items[-1]
            return
        number = self.new_numbering() if element.name == "ol" else None
        for item in items:
            paragraph = place.add_paragraph(style="List Number" if number else "List Bullet")
            if number:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
                paragraph._p.pPr.numPr.get_or_add_ilvl().val = 0
            self.fill(paragraph, item.children)

    def new_numbering(self) -> int:
        """Each numbered list begins at 1."""
        numbering = self.document.part.numbering_part.numbering_definitions._numbering
        style = self.document.styles["List Number"].element
        first = numbering.num_having_numId(style.pPr.numPr.numId.val)
        number = numbering.add_num(first.abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return number.numId

    def write_table(self, element: Tag, place) -> None:
        rows = element.find_all("tr")
        columns = max((len(row.find_all(["th", "td"])) for row in rows), default=0)
        if not columns:
            return
        table = self.add_table(len(rows), columns, place)
        for row, source in zip(table.rows, rows, strict=True):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if source.find_parent("thead"):
                properties.append(OxmlElement("w:tblHeader"))
            for cell, content in zip(row.cells, source.find_all(["th", "td"]), strict=False):
                self.write(content, cell)
                # A cell is made with an empty paragraph, which has to be the only one where there is no other.
                if len(cell.paragraphs) > 1:
                    cell._tc.remove(cell.paragraphs[0]._p)
                if content.name == "th":
                    for run in cell.paragraphs[0].runs:
                        run.bold = True
        space_after(place)

    def write_room(self, lines: int, place) -> None:
        """A frame that grows with what is written in it."""
        table = self.add_table(1, 1, place)
        row = table.rows[0]
        row.height, row.height_rule = LINE_HEIGHT * max(lines, 1), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        space_after(place)

    def add_table(self, rows: int, columns: int, place):
        table = place.add_table(rows, columns)
        table.style = self.document.styles["Table Grid"]
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            border = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", LINE)):
                border.set(qn(f"w:{name}"), value)
            borders.append(border)
        table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        space = parse_xml(
            f"<w:tblCellMar {nsdecls('w')}><w:top w:w='60' w:type='dxa'/><w:bottom w:w='60' w:type='dxa'/>"
            "</w:tblCellMar>"
        )
        table._tbl.tblPr.insert_element_before(space, "w:tblLook")
        return table

    # ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def fill(self, paragraph, nodes, **how) -> None:
        """Text with its emphasis and links; spaces as a browser shows them."""
        for node in list(nodes):
            if isinstance(node, NavigableString):
                if type(node) is NavigableString:
                    self.add_text(paragraph, str(node), **how)
            elif not is_hidden(node):
                match node.name:
                    case "br":
                        paragraph.add_run().add_break()
                    case "b" | "strong":
                        self.fill(paragraph, node.children, **{**how, "bold": True})
                    case "i" | "em":
                        self.fill(paragraph, node.children, **{**how, "italic": True})
                    case "a" if node.get("href", "").startswith(("http://", "https://", "mailto:")):
                        self.fill(paragraph, node.children, **{**how, "link": node["href"]})
                    case _:
                        self.fill(
                            paragraph, node.children, **{**how, "language": node.get("lang", how.get("language"))}
                        )

    def add_text(self, paragraph, text: str, *, bold=None, italic=None, link=None, language=None) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", clean(text))
        if not paragraph.text or paragraph.text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if not text:
            return
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        if language:
            tongue = OxmlElement("w:lang")
            tongue.set(qn("w:val"), WORD_LANGUAGES.get(language, language))
            run._r.get_or_add_rPr().append(tongue)
        if link:
            run.font.color.rgb, run.font.underline = RGBColor.from_string(LEIE), True
            anchor = OxmlElement("w:hyperlink")
            anchor.set(qn("r:id"), paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(anchor)
            anchor.append(run._r)


def is_hidden(node) -> bool:
    """What is not read: comments, scripts, and what is hidden from one kind of reader."""
    if not isinstance(node, Tag):
        return type(node) is not NavigableString
    return (
        node.name in ("script", "style", "svg")
        or node.get("aria-hidden") == "true"
        or "visually-hidden" in node.get("class", [])
    )


def shape(style, points: float, colour: str, before: float, after: float) -> None:
    """Size, colour and space of a style, in our font whatever the theme says."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15


def rule(paragraph) -> None:
    """A line across the page."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", LINE)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def space_after(place) -> None:
    """Two tables that follow each other would become one."""
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(4)
