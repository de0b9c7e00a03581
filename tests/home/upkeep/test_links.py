"""Links of our own site that lead to nothing are found, wherever they stand."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_factories import DocumentFactory

from home.models import BrokenLink, HomePage, InformationPage, Question, QuestionsPage
from portal import jobs
from portal.models import DueJob
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def look() -> list[tuple[str, str, str]]:
    """Run the job; where each broken link stands, where it leads, what is wrong."""
    jobs.JOBS["broken links"]()
    return list(BrokenLink.objects.order_by("pk").values_list("block", "address", "fault"))


def page_with(*body, language: str = "nl", slug: str = "links") -> Page:
    page = InformationPage(title="Links", slug=slug, intro="x", body=list(body))
    HomePage.objects.get(url_path=f"/{language}/").add_child(instance=page)
    return page


def text(*links: str):
    return ("text", "".join(f"<p><a {link}>x</a></p>" for link in links))


def door(page: Page | None = None, tool: str = ""):
    return ("doors", [{"title": "x", "text": "x", "page": page, "tool": tool}])


def a_page(slug: str, language: str = "nl", **values) -> Page:
    page = InformationPage(title=slug, slug=slug, intro="x", **values)
    HomePage.objects.get(url_path=f"/{language}/").add_child(instance=page)
    return page


def test_the_shipped_site_has_no_broken_link(django_assert_max_num_queries):
    # Once for each kind of page and of text, however many there are.
    with django_assert_max_num_queries(60):
        assert look() == []


def test_pages_that_were_deleted_taken_off_or_not_translated():
    gone, off, dutch, french = a_page("weg"), a_page("af", live=False), a_page("hier"), a_page("la", "fr")
    page_with(
        text(f'linktype="page" id="{gone.pk}"', f'linktype="page" id="{off.pk}"', f'linktype="page" id="{dutch.pk}"'),
        door(gone),
        door(french),
        door(dutch),
    )
    gone_pk = gone.pk
    gone.delete()
    assert look() == [
        ("text", f"page {gone_pk}", "gone"),
        ("text", off.url_path, "off"),
        ("doors", f"page {gone_pk}", "gone"),
        ("doors", french.url_path, "language"),
    ]
    # A page that is back, and a page that is mended, leave the list; the others stay with their day.
    kept = BrokenLink.objects.get(fault="language").pk
    off.save_revision().publish()
    assert ("text", off.url_path, "off") not in look()
    assert BrokenLink.objects.get(fault="language").pk == kept


def test_documents_tools_and_snippets():
    document = DocumentFactory()
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    question.answer = f'<p><a linktype="document" id="{document.pk}">x</a> <a href="/nl/nergens/">y</a></p>'
    question.save()
    assert look() == [("answer", "/nl/nergens/", "address")]
    page = page_with(door(tool="calculator"))
    page.body = [("doors", [{"title": "x", "text": "x", "page": None, "tool": "abacus"}])]
    page.save()
    pk = document.pk
    document.delete()
    assert set(look()) == {
        ("answer", "/nl/nergens/", "address"),
        ("answer", f"document {pk}", "document"),
        ("doors", "tool abacus", "tool"),
    }


def test_addresses_of_our_site(settings):
    """Good ones, and each kind that leads to nothing; what stands elsewhere is not asked for."""
    page = page_with(("heading", "Een kop"))
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    questions = QuestionsPage.objects.get(locale__language_code="nl").url_path
    Redirect.add_redirect("/nl/oud/", page)
    Redirect.add_redirect("/nl/kring/", "/nl/kring/")
    good = [
        *("/nl/", "/nl", "/fr/contact/", "/nl/search/?q=x", "/nl/calculator/", "/", "mailto:a@b.example", "#een-kop"),
        *("https://elders.example/weg/", f"{settings.SITE_URL}/nl/contact/", "/nl/oud/", "/nl/oud"),
        *("/nl/links/#een-kop", "/nl/links#main", f"{questions}#q{question.translation_key}"),
    ]
    broken = {
        "/nl/weg/": "address",
        f"{settings.SITE_URL}/nl/weg": "address",
        "/nl/links/#weg": "place",
        "#weg": "place",
        "/documents/999999/weg.pdf": "document",
        "/nl/kring/": "address",
    }
    page.body = [("heading", "Een kop"), text(*(f'href="{address}"' for address in [*good, *broken]))]
    page.save()
    assert {address: fault for block, address, fault in look() if block == "text"} == broken
    # The redirect that goes round is named as well.
    assert BrokenLink.objects.filter(block="redirect", title="/nl/kring").exists()


def test_it_looks_again_as_soon_as_something_changes():
    jobs.run("broken links")
    assert jobs.run("broken links") is None
    Page.objects.get(url_path="/nl/contact/").specific.save_revision().publish()
    assert DueJob.objects.get(name="broken links").last_run is None
    assert jobs.run("broken links") is not None


def test_the_report_shows_each_in_the_languages_of_its_reader(django_assert_max_num_queries):
    page_with(text('href="/nl/weg/"'))
    page_with(text('href="/fr/parti/"'), language="fr")
    look()
    seen = client_of(UserFactory(groups=["Editors"])).get(reverse("desk_broken_links")).content.decode()
    assert "/nl/weg/" in seen
    assert "/fr/parti/" in seen
    translator = client_of(UserFactory(groups=["Translators (French)"]))
    seen = translator.get(reverse("desk_broken_links")).content.decode()
    assert "/nl/weg/" not in seen
    assert "/fr/parti/" in seen
    with django_assert_max_num_queries(30) as few:
        translator.get(reverse("desk_broken_links"))
    page_with(text(*(f'href="/fr/{number}/"' for number in range(20))), language="fr", slug="liens")
    look()
    with django_assert_max_num_queries(len(few)):
        translator.get(reverse("desk_broken_links"))
