"""Pages and the brochure as PDF, opened by Poppler: made in the background, kept, made anew on change, mailed once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from home import prints
from home.models import InformationPage, PrintedPage
from home.models.printed import BROCHURE, DOCUMENTS
from partners.models import Rate
from portal import clock, jobs
from portal.documents.pdf import pdf
from portal.files import store
from portal.models import DueJob, Mail, StoredFile
from portal.public_forms import stamp
from tests.readers import language_of, poppler

pytestmark = pytest.mark.django_db
PATH = "/nl/wat-is-hervestiging/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path


def published(path: str = PATH) -> Page:
    return Page.objects.get(url_path=path).specific


def made(key: str, language: str) -> bytes:
    """The PDF as the worker makes it."""
    printed = prints.ask(key, language)
    prints.make(printed)
    printed.refresh_from_db()
    return printed.file.read()


def address(page: Page) -> str:
    return f"/{page.locale.language_code}/pdf/{page.translation_key}/"


def post(path: str, email: str):
    """What a person sends: a form that was open for a while."""
    opened = stamp()
    with clock.standing_at(clock.now() + timedelta(seconds=30)):
        return Client().post(path, {"email": email, "website": "", "opened": opened})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brochure_tells_the_whole_story(language):
    content = made(BROCHURE, language)
    about = poppler("pdfinfo", content)
    assert "Tagged:          yes" in about
    assert poppler("pdfinfo", content, "-struct").count("H1") >= 13
    assert language_of(content) == language
    text = " ".join(poppler("pdftotext", content, "-layout").split())
    for page in prints.chapters(language):
        assert page.title.replace("\u00a0", " ") in text
    assert "{" not in text
    assert "@@" not in text


def test_any_information_page_is_a_tagged_pdf_with_text_title_and_language():
    for page in InformationPage.objects.live().filter(locale__language_code="fr"):
        content = made(page.translation_key, "fr")
        about = poppler("pdfinfo", content)
        assert page.title in about
        assert "Tagged:          yes" in about
        text = "".join(poppler("pdftotext", content).split())
        assert "".join(page.title.split()) in text
        assert settings.SITE_URL + page.url_path.rstrip("/") in text


def test_a_reader_who_asks_first_is_told_to_come_back_and_then_gets_the_same_address():
    page, reader = published(), Client()
    link = reader.get(PATH).content.decode()
    assert address(page) in link
    first = reader.get(address(page))
    assert (first.status_code, first["Cache-Control"]) == (
        202,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    prints.make(PrintedPage.objects.get(key=page.translation_key, language="nl"))
    second = reader.get(address(page))
    assert (second.status_code, second["Content-Type"]) == (200, "application/pdf")
    assert 'inline; filename="wat-is-hervestiging.pdf"' in second["Content-Disposition"]
    assert b"".join(second.streaming_content).startswith(b"%PDF")


def test_who_does_not_want_to_wait_is_mailed_once_and_forgotten():
    page = published()
    answer = post(address(page), "Reader@town.example")
    assert answer.status_code == 302
    post(address(page), "reader@town.example")
    assert not Mail.objects.filter(to="reader@town.example").exists()
    printed = PrintedPage.objects.get(key=page.translation_key, language="nl")
    prints.make(printed)
    prints.make(printed)
    mail = Mail.objects.get(to="reader@town.example")
    assert settings.SITE_URL + address(page) in mail.text
    assert not printed.requests.exists()


def test_a_mail_goes_at_once_where_the_pdf_became_ready_meanwhile():
    page = published()
    printed = prints.ask(page.translation_key, "nl")
    prints.make(printed)
    prints.ask_for_mail(printed, "reader@town.example")
    assert Mail.objects.filter(to="reader@town.example").count() == 1


def test_the_address_is_forgotten_a_day_after_the_mail_was_sent():
    page = published()
    printed = prints.ask(page.translation_key, "nl")
    prints.make(printed)
    prints.ask_for_mail(printed, "reader@town.example")
    jobs.run("addresses of readers")
    mail = Mail.objects.get(to="reader@town.example")
    mail.state, mail.sent_at = Mail.State.SENT, clock.now()
    mail.save()
    DueJob.objects.update(last_run=None)
    jobs.run("addresses of readers")
    # For a day it counts for how many mails anyone can have sent to this address.
    assert Mail.objects.filter(to="reader@town.example").exists()
    with clock.standing_at(clock.now() + timedelta(days=1, minutes=1)):
        jobs.run("addresses of readers")
    assert not Mail.objects.filter(to="reader@town.example").exists()


def test_a_wrong_address_is_said_at_the_field_and_kept():
    answer = post(address(published()), "reader")
    assert answer.status_code == 202
    body = answer.content.decode()
    assert 'value="reader"' in body
    assert "govuk-error-message" in body


def test_a_change_makes_it_anew_and_nothing_else_does(django_capture_on_commit_callbacks):
    page = published()
    before = made(page.translation_key, "nl")
    printed = PrintedPage.objects.get(key=page.translation_key, language="nl")
    kept = printed.file_id
    with django_capture_on_commit_callbacks(execute=True):
        published("/nl/contact/").save_revision().publish()
    printed.refresh_from_db()
    assert printed.is_outdated
    prints.make(printed)
    printed.refresh_from_db()
    assert (printed.file_id, printed.is_outdated) == (kept, False)

    page.intro = "Een nieuwe inleiding."
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    reader = Client()
    assert b"".join(reader.get(address(page)).streaming_content) == before
    with django_capture_on_commit_callbacks(execute=True):
        prints.make(PrintedPage.objects.get(pk=printed.pk))
    answer = b"".join(reader.get(address(page)).streaming_content)
    assert "Een nieuwe inleiding." in poppler("pdftotext", answer)
    assert not StoredFile.objects.filter(pk=kept).exists()


def test_an_amount_that_comes_into_force_makes_it_anew(django_capture_on_commit_callbacks):
    page = published("/nl/wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/")
    tomorrow = clock.today() + timedelta(days=1)
    Rate.objects.create(
        code="second_year", amount=Decimal("712.50"), valid_from=tomorrow, source="x", source_date=clock.today()
    )
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run("amounts that come into force")
    assert "712,50" not in poppler("pdftotext", made(page.translation_key, "nl"))
    for moment, is_new in ((tomorrow, True), (tomorrow, False), (tomorrow + timedelta(days=1), False)):
        with clock.standing_at(clock.midnight(moment)), django_capture_on_commit_callbacks(execute=True):
            jobs.run("amounts that come into force")
            DueJob.objects.update(claimed_until=None)
        with clock.standing_at(clock.midnight(moment)):
            assert PrintedPage.objects.filter(key=page.translation_key, is_outdated=True).exists() == is_new
            assert "712,50" in poppler("pdftotext", made(page.translation_key, "nl"))


def test_the_pdf_of_a_page_that_is_gone_goes_too(private_folder, django_capture_on_commit_callbacks):
    page = published()
    made(page.translation_key, "nl")
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert Client().get(address(page)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        prints.make(PrintedPage.objects.get(key=page.translation_key))
    assert not PrintedPage.objects.filter(key=page.translation_key).exists()
    assert not [path for path in private_folder.rglob("*") if path.is_file()]


def test_what_is_not_printable_has_no_address():
    for key in (published("/nl/").translation_key, "9c8e9a3e-1b7e-4d7a-8e42-000000000000"):
        assert Client().get(f"/nl/pdf/{key}/").status_code == 404
    assert "/pdf/" not in Client().get("/nl/nieuws/").content.decode()


def test_a_making_that_failed_is_tried_again(monkeypatch, private_folder):
    page = published()
    printed = prints.ask(page.translation_key, "nl")
    monkeypatch.setattr(store, "store", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        prints.make(printed)
    monkeypatch.undo()
    later = clock.now() + prints.LOST_AFTER + timedelta(minutes=1)
    with clock.standing_at(later):
        assert prints.keep_up() == len(LANGUAGES) * len(DOCUMENTS) + 1


def test_nothing_is_fetched_from_outside():
    content = pdf(
        '<html lang="en"><title>T</title><body><p>Text</p><img src="file:///etc/hostname" alt="x"></body></html>'
    )
    assert poppler("pdfimages", content, "-list").count("\n") == 2


def test_queries_do_not_grow_with_kept_pdfs(django_assert_num_queries):
    page = published()
    made(page.translation_key, "nl")
    reader = Client()
    PrintedPage.objects.bulk_create(PrintedPage(key=f"k{n}", language="nl", is_outdated=False) for n in range(1000))
    with django_assert_num_queries(4):
        reader.get(address(page))
