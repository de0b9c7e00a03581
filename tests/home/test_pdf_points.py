"""Our own list of Matterhorn points (PDF/UA-1) on what towns take along; docs/developer.md has the rest."""

from io import BytesIO

import pypdf
import pytest

from home import council_pack, prints
from home.models.printed import BOARD_PACK, BROCHURE, COUNCIL_PACK
from portal.documents.pdf import pdf

pytestmark = pytest.mark.django_db
PAGE = "two-ways"
UA = b'pdfuaid:part="1"'


class Tagged:
    """A PDF and the elements of its structure, in their order."""

    def __init__(self, key: str, language: str):
        if key == PAGE:
            key = str(council_pack.shipped(PAGE, language).translation_key)
        self.title, html = prints.html_of(key, language)
        self.reader = pypdf.PdfReader(BytesIO(pdf(prints.dated(html, language))))
        self.catalog = self.reader.trailer["/Root"]
        self.elements = list(self._walk(self.catalog["/StructTreeRoot"]["/K"]))

    def _walk(self, node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from self._walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from self._walk(node["/K"])

    def of(self, *roles: str) -> list:
        return [element for element in self.elements if element["/S"] in roles]

    def roles_below(self, element) -> set[str]:
        return {each["/S"] for each in self._walk(element["/K"])}


@pytest.fixture(params=[(BROCHURE, "nl"), (PAGE, "fr"), (COUNCIL_PACK, "de"), (BOARD_PACK, "nl")], ids=lambda p: p[0])
def tagged(request):
    return Tagged(*request.param), request.param[1]


def test_points_of_matterhorn(tagged):
    """Each line names its checkpoint."""
    file, language = tagged
    # 01, 02: all content is tagged, with standard roles only, or an artifact.
    assert file.catalog["/MarkInfo"]["/Marked"]
    assert "/RoleMap" not in file.catalog["/StructTreeRoot"]
    # 06, 07: the file says that it is PDF/UA, has a title, and shows it instead of its name.
    metadata = file.catalog["/Metadata"].get_object().get_data()
    assert UA in metadata
    assert file.title in metadata.decode()
    assert file.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    # 11: the language.
    assert file.catalog["/Lang"] == language
    # 13: every figure has another text.
    assert all(figure.get("/Alt", "").strip() for figure in file.of("/Figure"))
    # 14: headings begin at the first level and leave none out.
    levels = [int(heading["/S"][2]) for heading in file.of("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    # 15: a table of data has headers, and its cells say which.
    for table in file.of("/Table"):
        assert "/TH" in file.roles_below(table)
    # 16: what is in a list is an entry.
    for found in file.of("/L"):
        assert {child.get_object()["/S"] for child in found["/K"]} <= {"/LI", "/L", "/Caption"}
    # 18: running heads and page numbers stand outside the structure.
    for page in file.reader.pages:
        assert b"/Artifact" in page.get_contents().get_data()
    # 28: keys move in the order of the structure; links are tagged and say where they lead.
    for page in file.reader.pages:
        assert page.get("/Tabs") == "/S"
        for annotation in (each.get_object() for each in page.get("/Annots", [])):
            assert annotation["/Subtype"] == "/Link"
            assert annotation["/Contents"].strip()
            assert "/StructParent" in annotation
    # 31: all fonts are in the file.
    for page in file.reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below)
            assert "/ToUnicode" in font.get_object()
