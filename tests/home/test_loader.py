"""`load_site` may run at any time: it never overwrites what an editor changed."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Locale, Page

from home.content import source as content
from home.models import Shipped
from partners.models import Rate
from portal import clock

pytestmark = pytest.mark.django_db


def load_site() -> str:
    out = StringIO()
    call_command("load_site", stdout=out)
    return out.getvalue()


@pytest.fixture
def page():
    return Page.objects.get(slug="wat-is-hervestiging", locale__language_code="nl").specific


def pretend_a_newer_shipment(page) -> None:
    """As after an upgrade whose shipped text differs from the one that was loaded."""
    Shipped.objects.filter(translation_key=page.translation_key).update(digest="of an older shipment")


def test_a_second_run_changes_nothing(page):
    revisions = Page.objects.values_list("pk", "latest_revision_id").order_by("pk")
    before = list(revisions)
    assert load_site() == ""
    assert list(revisions) == before


def test_a_newer_shipment_replaces_only_what_is_still_its_own(page):
    page.title = "An editor's title"
    page.save_revision().publish()
    pretend_a_newer_shipment(page)
    (story,) = Page.objects.filter(title__contains="Gent", locale__language_code="nl", depth=3)[:1]
    pretend_a_newer_shipment(story)
    report = load_site()
    assert "kept" in report
    page.refresh_from_db()
    assert page.title == "An editor's title"
    assert f"{len(settings.LANGUAGES)} updated" in report  # the story, in each language


def test_a_draft_of_an_editor_is_kept_too(page):
    page.title = "Not published yet"
    page.save_revision()
    pretend_a_newer_shipment(page)
    load_site()
    assert page.get_latest_revision_as_object().title == "Not published yet"


def test_a_rate_that_fedasil_added_is_kept():
    shipped = Rate.objects.get(code=Rate.Code.SECOND_YEAR)
    new = {"amount": 650, "valid_from": clock.today(), "source": "A decision", "source_date": clock.today()}
    Rate.objects.create(code=shipped.code, **new)
    load_site()
    assert [rate.amount for rate in Rate.objects.filter(code=shipped.code)] == [650, shipped.amount]


def test_export_writes_what_was_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "FOLDER", tmp_path / "content")
    shipped = content.Path(content.__file__).resolve().parent
    (tmp_path / "content").mkdir()
    for folder in ("pages", "snippets"):
        (tmp_path / "content" / folder).symlink_to(shipped / folder)
    call_command("export_site", stdout=StringIO())
    for source in content.pages():
        for locale in Locale.objects.exclude(language_code="nl"):
            path = source.translation_path(locale.language_code)
            assert path.read_text() == (shipped / path.relative_to(tmp_path / "content")).read_text()
