"""What a town takes along: one PDF, a ZIP of its parts, and a page for a board; put together from pages of the site."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from home import council_pack, prints
from home.content.source import fixed_id
from home.models import PrintedPage
from home.models.printed import BOARD_PACK, COUNCIL_PACK, COUNCIL_ZIP
from portal.files import store
from tests.readers import language_of, poppler

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def made(key: str, language: str) -> bytes:
    """The file as the worker makes it."""
    printed = prints.ask(key, language)
    prints.make(printed)
    printed.refresh_from_db()
    return printed.file.read()


def words(content: bytes) -> str:
    return " ".join(poppler("pdftotext", content, "-layout").split())


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.split()) for page in poppler("pdftotext", content, "-layout").split("\f")[:-1]]


def address_of(name: str, language: str) -> str:
    return Page.objects.get(translation_key=fixed_id(name), locale__language_code=language).url_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_pdf_holds_all_five_parts(language):
    content = made(COUNCIL_PACK, language)
    assert "Tagged:          yes" in poppler("pdfinfo", content)
    assert language_of(content) == language
    pages = pages_of(content)
    parts = council_pack.parts(language)
    assert [part.name for part in parts] == ["explanation", "sample", "questionnaire", "support", "answers"]
    begin = [next(n for n, page in enumerate(pages) if n and page.startswith(part.title)) for part in parts]
    assert begin == sorted(begin)
    # The explanation fills two pages, not more.
    assert (begin[0], begin[1]) == (1, 3)
    assert not {"{", "@@"} & set(" ".join(pages))


@pytest.mark.parametrize("language", ["fr"])
def test_the_zip_has_a_file_for_each_part_and_documents_to_fill_in(language):
    with zipfile.ZipFile(BytesIO(made(COUNCIL_ZIP, language))) as archive:
        names = archive.namelist()
        assert [name.rpartition(".")[2] for name in names] == ["pdf", "pdf", "docx", "pdf", "docx", "pdf", "pdf"]
        for part, name in zip(
            council_pack.parts(language), [name for name in names if name.endswith("pdf")], strict=True
        ):
            content = archive.read(name)
            assert part.title.replace("’", "'") in words(content).replace("’", "'")
            assert language_of(content) == language


def test_the_page_for_a_board_is_one_page_in_each_language():
    for language in LANGUAGES:
        content = made(BOARD_PACK, language)
        assert len(pypdfium2.PdfDocument(content)) == 1, language
        assert language_of(content) == language


def test_it_follows_the_pages_that_it_is_made_of():
    before = made(COUNCIL_PACK, "en")
    page = council_pack.shipped(council_pack.COUNCIL_NOTE, "en")
    page.body = [block for block in page.body.raw_data if block["type"] != "note"]
    page.save_revision().publish()
    PrintedPage.objects.update(is_outdated=True)
    after = made(COUNCIL_PACK, "en")
    assert "is a sample, not legal advice" in words(before)
    assert "is a sample, not legal advice" not in words(after)


def test_there_is_none_before_its_pages_are_published():
    council_pack.shipped(council_pack.COUNCIL_NOTE, "de").unpublish()
    assert council_pack.parts("de") == []
    printed = prints.ask(COUNCIL_ZIP, "de")
    prints.make(printed)
    assert not PrintedPage.objects.filter(pk=printed.pk).exists()


@pytest.mark.parametrize(
    ("language", "named"),
    [("nl", "(PDF, 20 kB, Nederlands)"), ("fr", "(PDF, 20 ko, Français)"), ("de", "(PDF, 20 kB, Deutsch)")],
)
def test_pages_say_how_large_it_is_and_in_which_language(language, named):
    with store.all_or_nothing():
        file = store.store(b"x" * 20_000, name="pack.pdf", content_type="application/pdf")
    PrintedPage.objects.update_or_create(key=COUNCIL_PACK, language=language, defaults={"file": file})
    for name in ("decide", "council-note"):
        page = Client().get(address_of(name, language)).content.decode().replace("\u00a0", " ")
        assert named.casefold() in " ".join(page.split()).casefold()
    with translation.override(language):
        assert f'href="{reverse(COUNCIL_PACK)}"' in page.partition("<footer")[2]


def test_the_zip_is_saved_and_the_pdf_is_shown():
    made(COUNCIL_ZIP, "nl")
    made(COUNCIL_PACK, "nl")
    with translation.override("nl"):
        zipped, shown = Client().get(reverse(COUNCIL_ZIP)), Client().get(reverse(COUNCIL_PACK))
    assert zipped["Content-Type"] == "application/zip"
    assert zipped["Content-Disposition"].startswith('attachment; filename="pakket-voor-uw-raad.zip"')
    assert shown["Content-Disposition"].startswith("inline")
