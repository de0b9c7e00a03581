"""Numbers that pages show are proposed, previewed and approved as texts are; a draft changes no page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from home.models import Fact
from home.numbers import Numbers
from partners.models import YearFigure
from portal.models import Mail
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHO_DOES_WHAT = "/de/was-darf-ein-partner-erwarten/wer-tut-was/"
SOURCE = {"source": "A new source", "source_date": "2026-11-01"}


def a_fact() -> Fact:
    return Fact.objects.get(key="home_months")


def a_year() -> YearFigure:
    return YearFigure.objects.get(year=2024)


CHANGES = {
    "fact": (a_fact, {"key": "home_months", "value": "18", **SOURCE}),
    "year figure": (a_year, {"year": "2024", "pledged": "", "arrived": "987654", **SOURCE}),
}


@pytest.fixture
def editor():
    return UserFactory(groups=["Editors"])


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"])


@pytest.fixture(params=CHANGES)
def change(request):
    """What makes the row, and what is typed into its form."""
    made, typed = CHANGES[request.param]
    return made(), typed


def url_of(row, page: str, *args) -> str:
    return reverse(f"wagtailsnippets_{row._meta.app_label}_{row._meta.model_name}:{page}", args=[row.pk, *args])


def read() -> str:
    return Client().get(WHO_DOES_WHAT).content.decode() + Client().get(reverse("figures_csv")).content.decode()


def submit(editor, row, typed) -> None:
    response = client_of(editor).post(url_of(row, "edit"), {**typed, "action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors


def is_shown() -> bool:
    text = read()
    return "18 Monate" in text or "987654" in text


def test_a_draft_changes_no_page(change, editor):
    row, typed = change
    response = client_of(editor).post(url_of(row, "edit"), typed)
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.has_unpublished_changes
    assert not is_shown()


def test_a_draft_of_a_new_number_is_known_to_no_page(editor):
    client_of(editor).post(reverse("wagtailsnippets_home_fact:add"), {"key": "new_key", "value": "3", **SOURCE})
    client_of(editor).post(
        reverse("wagtailsnippets_partners_yearfigure:add"), {"year": "2031", "arrived": "987654", **SOURCE}
    )
    assert not Fact.objects.get(key="new_key").live
    assert not YearFigure.objects.get(year=2031).live
    assert not is_shown()
    assert not {"new_key", "year.2031.arrived"} & Numbers({"new_key", "years.each"}).found.keys()


def test_a_publisher_approves_it_from_the_mail_or_the_first_page(change, editor, publisher):
    row, typed = change
    submit(editor, row, typed)
    mail = Mail.objects.get(to=publisher.email)
    assert url_of(row, "edit") in mail.text
    approve = url_of(row, "workflow_action", "approve", row.current_workflow_task_state.pk)
    assert approve in client_of(publisher).get(reverse("wagtailadmin_home")).content.decode()
    client_of(publisher).post(approve, {"comment": "Right."})
    assert is_shown()
    assert "Right." in Mail.objects.get(to=editor.email).text


def test_a_publisher_sends_it_back_with_a_comment(change, editor, publisher):
    row, typed = change
    submit(editor, row, typed)
    reject = url_of(row, "workflow_action", "reject", row.current_workflow_task_state.pk)
    client_of(publisher).post(reject, {"comment": "Which source?"})
    assert "Which source?" in Mail.objects.get(to=editor.email).text
    assert not is_shown()


def test_an_editor_cannot_publish(change, editor):
    row, typed = change
    client_of(editor).post(url_of(row, "edit"), {**typed, "action-publish": "1"})
    assert not is_shown()


@pytest.mark.parametrize("group", ["Publishers", "Administrators"])
def test_who_may_publishes_at_once(change, group):
    row, typed = change
    client_of(UserFactory(groups=[group])).post(url_of(row, "edit"), {**typed, "action-publish": "1"})
    assert is_shown()


def test_nobody_takes_a_number_off_the_pages_that_name_it(change, publisher):
    row, _typed = change
    response = client_of(publisher).get(url_of(row, "edit"))
    assert url_of(row, "unpublish") not in response.content.decode()
    client_of(publisher).post(url_of(row, "unpublish"))
    row.refresh_from_db()
    assert row.live
    assert "expire_at" not in response.context["form"].fields


def test_a_number_comes_into_force_on_its_day(change, publisher):
    row, typed = change
    data = {**typed, "go_live_at": "2099-01-01 00:00", "action-publish": "1"}
    client_of(publisher).post(url_of(row, "edit"), data)
    assert not is_shown()
    assert Revision.objects.for_instance(row).get().approved_go_live_at == datetime(2098, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_its_preview_shows_what_is_typed_in_each_language(change, editor, language):
    row, typed = change
    client, url = client_of(editor), url_of(row, "preview_on_edit")
    assert client.post(url, typed).json() == {"is_valid": True, "is_available": True}
    response = client.get(url, {"in_preview_panel": "true", "mode": language})
    assert response.status_code == 200
    body = response.content.decode()
    assert f'<html lang="{language}"' in body
    assert "A new source" in body
    separators = {"nl": ".", "de": ".", "en": ",", "fr": "\xa0"}
    assert "18" in body if isinstance(row, Fact) else f"987{separators[language]}654" in body
    assert "userbar.js" in body
    assert not is_shown()


@pytest.mark.each_database("home.previews")
def test_the_preview_of_a_fact_names_the_pages_that_show_it(editor):
    url = url_of(a_fact(), "preview_on_edit")
    client_of(editor).post(url, CHANGES["fact"][1])
    body = client_of(editor).get(url, {"mode": "de"}).content.decode()
    assert WHO_DOES_WHAT in body


def test_values_are_as_they_were(change):
    """The rows that stood there before have no version of their own yet; they are shown as ever."""
    row, _typed = change
    assert row.live
    assert row.latest_revision is None
    assert isinstance(a_fact().value, Decimal)
