"""What Wagtail and wagtail-localize say is said in the reader's language: neither English, nor Dutch in its place."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from bs4 import BeautifulSoup, Comment
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from tests.clients import client_of
from tests.factories import UserFactory
from tests.home.translation.world import page_at, translation_of

LOCALIZE = Path(wagtail_localize.__file__).parent / "locale"
ADMIN = Path(wagtail.__file__).parent / "admin" / "locale"
LOCALE = settings.BASE_DIR / "portal" / "locale_wagtail"
# Words that are the same in both languages.
SAME = {
    "nl": {
        *("Machine", "Status", "Account", "Alias", "Code", "Error 404", "Filter", "Help", "Link", "Live", "Privacy"),
        *("Site", "Sites menu", "Status %(status)s", "Subscript", "Superscript", "Type", "Workflow", "Workflows"),
        *("account", "item", "items", "live", "site", "sites", "slug", "status", "workflow", "workflows"),
    },
    "fr": {
        *("Source", "Action", "Actions", "Alias", "Code", "Collection", "Collections", "Date", "Maximum", "Minimum"),
        *("Notifications", "Page", "Pages", "Pagination", "Parent", "Public", "Section", "Site", "Timeline", "Type"),
        *("Workflow", "Workflows", "0 minutes", "page", "pages", "slug"),
    },
    "de": {
        *("Status", "Administrator", "Alias", "Code", "Filter", "In Moderation", "Link", "Locale: ", "Maximum"),
        *("Minimum", "Name", "Status %(status)s", "System", "Update", "Workflow", "Workflows"),
    },
}
LANGUAGES = ["nl", "fr", "de"]
# The name of the language follows, so it ends with a space.
PUBLISH_IN = {"nl": "Publiceer in", "fr": "Publier en", "de": "Veröffentlichen in"}


def sources(folder: Path) -> list[str]:
    """Those without a plural; a short word may be data of ours."""
    entries = polib.pofile(str(folder / "en/LC_MESSAGES/django.po"))
    return [entry.msgid for entry in entries if len(entry.msgid) > 4 and not entry.msgid_plural]


def said(language: str, text: str) -> str:
    with override(language):
        return gettext(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", [LOCALIZE, ADMIN], ids=["localize", "admin"])
def test_each_text_of_the_catalogue_is_translated(language, folder):
    """A text that German lacks would be shown in Dutch, the first language of the site."""
    words = [text for text in sources(folder) if any(char.isalpha() for char in text)]
    ours = [text for text in words if not text.startswith("%(") and "Wagtail" not in text]
    english = {text for text in ours if said(language, text) == text} - SAME[language]
    dutch = {text for text in ours if language != "nl" and len(text) > 20 and said(language, text) == said("nl", text)}
    assert english | dutch == set()


def texts(html: bytes) -> Iterator[str]:
    """What a page says, also in what its scripts show."""
    page = BeautifulSoup(html, "html.parser")
    for text in page.find_all(string=True):
        if text.parent.name not in ("script", "style") and not isinstance(text, Comment):
            yield " ".join(text.split())
    for tag in page.find_all(True):
        yield from (tag[name] for name in ("title", "aria-label", "placeholder") if tag.get(name))
        if tag.get("data-props"):
            yield from strings(json.loads(tag["data-props"]))


def strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_translations_hold_no_english(language):
    publisher = UserFactory(groups=["Publishers"])
    UserProfile.objects.create(user=publisher, preferred_language=language)
    client, page = client_of(publisher), page_at("/nl/contact/")
    source = translation_of(page, "fr").source_id
    english = {text for folder in (LOCALIZE, ADMIN) for text in sources(folder)} - SAME[language]
    with override(language):
        # The database that tests copy may have been made on another day.
        day = localtime(StringTranslation.objects.filter(context__object_id=page.translation_key).first().updated_at)
        said_how = gettext("Translated manually on {date}").format(date=date_format(day, "DATE_FORMAT"))
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page_at("/fr/contact/").pk]))
    assert said_how in set(texts(editor.content))
    script = client.get("/admin/localize/jsi18n/").content.decode()
    assert json.dumps(f"{PUBLISH_IN[language]} ", ensure_ascii=True) in script
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page_at("/fr/contact/").pk]),
        reverse("desk_translations"),
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        f"/admin/localize/update/{source}/",
        reverse("wagtailadmin_home"),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        found = english & set(texts(response.content))
        assert {text for text in found if said(language, text) != text or len(text) > 12} == set(), address


def test_dutch_says_u():
    """Our own words say "u" to the reader; Wagtail's, on the same screen, said "je"."""
    folders = [Path(app.path) / "locale/nl/LC_MESSAGES" for app in apps.get_app_configs()]
    catalogues = [path for folder in folders if "wagtail" in str(folder) for path in folder.glob("*.po")]
    ours = {
        (entry.msgctxt, entry.msgid): entry
        for path in (LOCALE / "nl/LC_MESSAGES").glob("*.po")
        for entry in polib.pofile(str(path))
    }
    familiar = [
        text
        for path in catalogues
        for entry in polib.pofile(str(path))
        for shown in [ours.get((entry.msgctxt, entry.msgid), entry)]
        for text in (shown.msgstr, *shown.msgstr_plural.values())
        if re.search(r"\b(je|jij|jou|jouw)\b", text, re.IGNORECASE)
    ]
    assert len(catalogues) > 10
    assert familiar == []
