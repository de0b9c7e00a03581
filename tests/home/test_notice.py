"""One dated notice on every page, in each language for itself, without a query more."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from home import frame
from home.kept_pages import NOTICES
from home.models import Fact, SiteNotice
from portal import clock, jobs
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FRENCH = "Nous cherchons des places pour des familles."


@pytest.fixture
def kept(settings, tmp_path):
    """Reading pages are kept, as where the site runs."""
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / name)}
        for name in settings.CACHES
    }


def write(text: str = FRENCH, language: str = "fr", **fields) -> SiteNotice:
    fields = {"kind": "call", "shown_from": clock.today(), **fields}
    notice = SiteNotice(text=text, locale=Locale.objects.get(language_code=language), live=False, **fields)
    notice.full_clean(exclude=["latest_revision", "live_revision"])
    notice.save()
    return notice


def publish(text: str = FRENCH, language: str = "fr", **fields) -> SiteNotice:
    notice = write(text, language, **fields)
    notice.save_revision().publish()
    return notice


def read(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def test_it_stands_on_every_page_of_its_language():
    publish()
    pages = [
        "/fr/",
        "/fr/nulle-part/",
        "/fr/search/",
        "/fr/calculator/",
        "/fr/check/",
        "/fr/interest/",
        "/fr/account/login/",
    ]
    mine = client_of(UserFactory())
    for page in [read(address) for address in pages] + [read("/fr/applications/", mine)]:
        assert page.count(FRENCH) == 1
        assert "Appel à places" in page
    assert FRENCH not in read("/nl/") + read("/de/") + read("/en/")


def test_its_days_say_when():
    today = clock.today()
    publish("Demain.", shown_from=today + timedelta(days=1))
    publish("Hier.", shown_from=today - timedelta(days=9), shown_until=today - timedelta(days=1))
    assert "site-notice" not in read("/fr/nulle-part/")
    publish("Depuis hier.", shown_from=today - timedelta(days=1), shown_until=today)
    assert "Depuis hier." in read("/fr/nulle-part/")


def test_of_several_readers_see_the_one_that_began_last():
    today = clock.today()
    publish("Longtemps.", shown_from=today - timedelta(days=9))
    newer = publish("Maintenant.", shown_until=today)
    assert "Longtemps." not in read("/fr/nulle-part/")
    newer.refresh_from_db()
    newer.unpublish()
    page = read("/fr/nulle-part/")
    assert "Longtemps." in page
    assert "Maintenant." not in page


def test_a_draft_shows_nothing():
    write().save_revision()
    assert FRENCH not in read("/fr/nulle-part/")


def test_it_leads_to_its_page_in_the_language_of_the_reader():
    page = Page.objects.get(url_path="/nl/partner-worden/")
    french = page.get_translation(Locale.objects.get(language_code="fr"))
    publish(page=page, link_text="Devenir partenaire")
    assert f'<a href="{french.url_path}">Devenir partenaire</a>' in read("/fr/nulle-part/")
    Page.objects.filter(pk=french.pk).update(live=False)
    frame.carry("fr")
    assert f'<a href="/fr/not-translated/{page.translation_key}/">' in read("/fr/nulle-part/")


def test_numbers_in_it_are_those_of_the_facts():
    months = Fact.objects.get(key="home_months").value
    publish("Un logement pour {home_months} mois.")
    assert f"Un logement pour {months:.0f} mois." in read("/fr/nulle-part/")


def test_no_page_asks_for_it():
    address = "/fr/nulle-part/"
    read(address)
    with CaptureQueriesContext(connection) as before:
        read(address)
    publish()
    read(address)
    with CaptureQueriesContext(connection) as after:
        page = read(address)
    assert FRENCH in page
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"shown_until": date(2026, 1, 1)}, "__all__"),
        ({"link_text": "Plus"}, "link_text"),
        ({"address": "https://www.fedasil.be/"}, "link_text"),
        ({"text": "x" * 221}, "text"),
        ({"text": "Un logement pour {moths} mois."}, "text"),
    ],
)
def test_what_does_not_fit_is_refused(fields, field):
    with pytest.raises(ValidationError) as refused:
        write(**{"text": FRENCH, **fields})
    assert field in refused.value.message_dict


def test_kept_pages_change_on_its_first_day_and_after_its_last_one(kept, django_capture_on_commit_callbacks):
    def pass_to(moment):
        clock_hands.move_to(moment)
        with django_capture_on_commit_callbacks(execute=True):
            return jobs.run(NOTICES)

    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False) as clock_hands:
        pass_to(datetime(2026, 12, 1, 12, 1, tzinfo=UTC))
        publish(shown_from=date(2026, 12, 2), shown_until=date(2026, 12, 3))
        assert FRENCH not in read("/fr/")
        # Midnight in Belgium is an hour before that of UTC.
        assert pass_to(datetime(2026, 12, 1, 22, 59, tzinfo=UTC)) == 0
        assert pass_to(datetime(2026, 12, 1, 23, 0, 30, tzinfo=UTC)) == 1
        assert FRENCH in read("/fr/")
        assert pass_to(datetime(2026, 12, 2, 12, tzinfo=UTC)) == 0
        assert pass_to(datetime(2026, 12, 3, 23, 0, 30, tzinfo=UTC)) == 1
        assert FRENCH not in read("/fr/")


# ── At the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("language", "kind"), [("nl", "Oproep"), ("fr", "Appel"), ("de", "Aufruf"), ("en", "Call")])
def test_the_preview_shows_it_on_the_first_page_before_its_day(language, kind):
    notice = write("In ontwerp.", language, shown_from=clock.today() + timedelta(days=5))
    editor = client_of(UserFactory(groups=["Editors"]))
    url = reverse("wagtailsnippets_home_sitenotice:preview_on_edit", args=[notice.pk])
    typed = {"kind": "call", "text": "Zoals getypt.", "shown_from": clock.today() + timedelta(days=5)}
    assert editor.post(url, typed).json()["is_valid"]
    page = read(f"{url}?in_preview_panel=true", editor)
    assert f'<html lang="{language}"' in page
    assert "Zoals getypt." in page.partition('class="header"')[0]
    assert kind in page.partition('class="header"')[0]
    assert "Zoals getypt." not in read(f"/{language}/nergens/")


def test_an_editor_submits_it_and_a_publisher_publishes_it():
    data = {"kind": "paused", "text": "Le programme est en pause.", "shown_from": clock.today().isoformat()}
    add = reverse("wagtailsnippets_home_sitenotice:add") + "?locale=fr"
    client_of(UserFactory(groups=["Editors"])).post(add, {**data, "action-publish": "1"})
    assert "en pause" not in read("/fr/nulle-part/")
    notice = SiteNotice.objects.get()
    edit = reverse("wagtailsnippets_home_sitenotice:edit", args=[notice.pk])
    client_of(UserFactory(groups=["Publishers"])).post(edit, {**data, "action-publish": "1"})
    assert "Le programme est en pause." in read("/fr/nulle-part/")
