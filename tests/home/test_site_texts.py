"""Texts that ship with the code are changed at the desk, in each language for itself, without a query more."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from home import frame, site_texts
from home.models import Fact, Frame, SiteText, SourceName
from portal.mail.rendering import words
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FRENCH = "Cette page a disparu."


def write(key: str, text: str, language: str = "fr") -> SiteText:
    """A text that was published in place of the one that ships."""
    made = SiteText(key=key, text=text, locale=Locale.objects.get(language_code=language), live=False)
    made.full_clean(exclude=["latest_revision", "live_revision"])
    made.save()
    made.save_revision().publish()
    return made


def read(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_text_is_changed_in_its_language_and_in_no_other():
    changed = write("not_found.title", FRENCH)
    assert f"<h1>{FRENCH}</h1>" in read("/fr/nergens/")
    for language, shipped in (("nl", "Deze pagina is er niet"), ("de", "Diese Seite"), ("en", "This page is not here")):
        assert FRENCH not in read(f"/{language}/nergens/")
        with translation.override(language):
            assert shipped in str(site_texts.TEXTS["not_found.title"].shipped)
    changed.refresh_from_db()
    changed.unpublish()
    assert FRENCH not in read("/fr/nergens/")


def test_a_language_without_a_frame_does_not_take_the_dutch_text():
    write("not_found.title", "Weg is ze.", "nl")
    Frame.objects.filter(locale__language_code="de").update(live=False)
    frame.LAST.clear()
    assert "Weg is ze." not in read("/de/nergens/")


def test_a_draft_changes_nothing():
    made = write("calculator.title", "Calculer")
    made.text = "Compter"
    made.save_revision()
    with translation.override("fr"):
        assert "Calculer" in read(reverse("calculator"))


def test_an_older_draft_of_the_frame_brings_no_older_text_back():
    older = Frame.objects.get(locale__language_code="fr").save_revision()
    write("not_found.title", FRENCH)
    older.publish()
    assert FRENCH in read("/fr/nergens/")


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("not_found.title", "x" * 81, "80"),
        ("error.text", "Bel {phone}.", "{phone}"),
        ("mail.portal/notice.opening", "Zie {name}.", "{site_url}"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(key, text, said):
    with pytest.raises(ValidationError) as refused:
        write(key, text, "nl")
    assert said in refused.value.message_dict["text"][0]


def test_a_mail_has_the_sentences_of_its_language_around_its_facts():
    write("mail.sessions/left.opening", "Beste lezer", "nl")
    write("mail.sessions/left.closing", "Meer op {site_url}.", "nl")
    context = {"title": "Sessie", "session": None, "registration": None}
    dutch, french = (words("sessions/left", context, language) for language in ("nl", "fr"))
    assert dutch.text.startswith("Beste lezer\n\n")
    assert "Meer op http" in dutch.text
    assert "<p>Beste lezer</p>" in dutch.html
    assert "Beste lezer" not in french.text
    assert "\n\n\n" not in french.text + dutch.text


def test_all_mails_have_a_place_for_sentences():
    assert {"applications/submitted", "portal/notice"} < set(site_texts.mails())
    assert "layout/text" not in site_texts.mails()


def test_no_page_asks_for_them():
    address = "/fr/nergens/"
    frame.LAST.clear()
    with CaptureQueriesContext(
        connection,
    ) as before:
        Client().get(address)
    write("not_found.title", FRENCH)
    with CaptureQueriesContext(connection) as after:
        Client().get(address)
    assert len(after) == len(before)


def test_a_fault_shows_the_last_known_text_without_the_database(django_assert_num_queries, settings, tmp_path):
    kept = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    settings.CACHES = {**settings.CACHES, "copies": kept}
    write("error.title", "Erreur de notre côté")
    read("/fr/nergens/")
    with translation.override("fr"), django_assert_num_queries(0):
        assert "<h1>Erreur de notre côté</h1>" in get_template("500.html").render()
        # Another process read it.
        frame.LAST.clear()
        shown = get_template("500.html").render()
    assert "<h1>Erreur de notre côté</h1>" in shown


# ── At the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("key", ["site.name", "not_found.text", "error.text", "calculator.intro", "eligibility.intro",
                                 "interest.help", "interest.received", "mail.portal/notice.opening"])  # fmt: skip
def test_the_preview_shows_the_draft_where_readers_find_it(key):
    made = write(key, "Voici le texte.")
    made.text = "Voici le nouveau texte."
    made.save_revision()
    editor = client_of(UserFactory(groups=["Editors"]))
    url = reverse("wagtailsnippets_home_sitetext:preview_on_edit", args=[made.pk])
    editor.post(url, {"key": key, "text": "Voici le nouveau texte."})
    response = editor.get(url, {"in_preview_panel": "true"})
    assert response.status_code == 200
    assert "Voici le nouveau texte." in response.content.decode()


# ── Sources ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "Fedasil, brochure sur les partenariats (hervestiging.be, en néerlandais)"),
        ("de", "Fedasil, Partnerschaftsbroschüre (hervestiging.be, auf Niederländisch)"),
        ("en", "Fedasil, partnership brochure (hervestiging.be, in Dutch)"),
    ],
)
def test_a_source_has_the_name_of_the_readers_language(language, name):
    page = Fact.objects.get(key="home_months")
    assert page.source == "Fedasil, partnerschapsbrochure"
    home = read(f"/{language}/")
    assert name in home
    assert "partnerschapsbrochure" not in home


def test_a_source_without_a_name_is_marked_as_dutch():
    SourceName.objects.filter(source="Fedasil, partnerschapsbrochure").delete()
    frame.carry("fr")
    assert '<span lang="nl">Fedasil, partnerschapsbrochure</span>' in read("/fr/")


def test_every_shipped_source_has_a_name():
    from home.content.source import facts, rows

    assert {fact.source for fact in facts()} == {row["source"] for row in rows("sources.csv")}
