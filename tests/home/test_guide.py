"""The guide for those who write: whole in both languages, true to the names on the screen, shown in the admin."""

import re

import pytest
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.users.models import UserProfile

from home import guide
from tests.at_desk import client_at_desk
from tests.factories import UserFactory

LANGUAGES = list(guide.LANGUAGES)
PICTURE = re.compile(r"!\[([^\]]*)\]\(\.\./pictures/(\w\w)/([\w-]+)\.png\)")
MOST_BYTES, MOST_PICTURES = 60_000, 8


def text(language: str) -> dict[str, str]:
    return {name: file.read_text(encoding="utf-8") for name, file in guide.chapters(language).items()}


def plain(name: str) -> str:
    """Without what differs between a line of text and a label."""
    return " ".join(name.replace("’", "'").split()).casefold()


# ── The files ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_both_languages_have_the_same_chapters_parts_and_pictures():
    dutch, french = text("nl"), text("fr")
    assert list(dutch) == list(french) != []
    assert list(guide.pictures("nl")) == list(guide.pictures("fr")) != []
    for name in dutch:
        shapes = [
            (
                re.findall(r"^(#+|\d+\.|[-|!]|- ☐) ?", each[name], re.MULTILINE),
                [found[2] for found in PICTURE.findall(each[name])],
                re.findall(r"\(([\w-]+\.md)\)", each[name]),
                re.findall(r"`([^`]+)`", each[name]),
            )
            for each in (dutch, french)
        ]
        assert shapes[0] == shapes[1], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_exist_are_described_used_and_small(language):
    shown = PICTURE.findall("".join(text(language).values()))
    assert all(alternative and of == language for alternative, of, _name in shown)
    assert sorted(name for _alternative, _of, name in shown) == list(guide.pictures(language))
    assert len(shown) <= MOST_PICTURES
    for file in guide.pictures(language).values():
        assert file.stat().st_size <= MOST_BYTES, file


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_chapters(language):
    for name, written in text(language).items():
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", written):
            if "pictures/" not in target:
                assert target.removesuffix(".md") in guide.chapters(language), (name, target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_bold_stand_in_the_interface(language):
    """Bold is for names of buttons, menus and fields. Each is a text of ours, of Wagtail or of wagtail-localize."""
    catalogues = [DjangoTranslation(language, domain=domain) for domain in ("django", "djangojs")]
    texts = [found for catalogue in catalogues for _key, found in catalogue._catalog.items()]
    known = {plain(found) for found in texts if isinstance(found, str)}
    for name, written in text(language).items():
        unknown = [bold for bold in re.findall(r"\*\*([^*]+)\*\*", written) if plain(bold) not in known]
        assert unknown == [], name


# ── In the admin ──────────────────────────────────────────────────────────────────────────────────────────────────────
def reader(group: str, language: str):
    user = UserFactory(groups=[group])
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return client_at_desk(user)


@pytest.mark.django_db
@pytest.mark.parametrize("language, shown", [("nl", "nl"), ("fr", "fr"), ("de", "nl"), ("en", "nl")])
def test_it_opens_in_the_language_of_the_account_and_offers_the_other(language, shown):
    response = reader("Translators (German)", language).get("/admin/guide/", follow=True)
    assert response.redirect_chain == [(f"/admin/guide/{shown}/01-first-day/", 302)]
    other = "fr" if shown == "nl" else "nl"
    assert f'<a href="/admin/guide/{other}/01-first-day/" lang="{other}"' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_shows_its_parts_pictures_and_ways_on(language):
    client = reader("Editors", language)
    for name in guide.chapters(language):
        page = client.get(f"/admin/guide/{language}/{name}/")
        assert page.status_code == 200
        article = page.text.partition("<article")[2].partition("</article>")[0]
        for address in re.findall(r'(?:href|src)="(/[^"#]+)', article):
            assert client.get(address).status_code == 200, (name, address)
        assert article.count("<h1>") == 1
        assert ".md" not in article
        anchors = re.findall(r'<h2 id="([\w-]+)"', article)
        assert len(anchors) == len(set(anchors)) == page.text.count("<h2 id=")
        assert all(f'<a href="#{anchor}">' in page.text for anchor in anchors) or len(anchors) < 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["de/01-first-day/", "nl/nothing/", "pictures/nl/nothing.png", "pictures/de/first-page.png", "nl/..%2Feditor/"],
)
def test_what_is_no_part_of_it_is_not_served(address):
    assert reader("Publishers", "nl").get(f"/admin/guide/{address}").status_code == 404


@pytest.mark.django_db
def test_the_help_menu_leads_to_it_for_those_who_write():
    assert "/admin/guide/" in reader("Translators (French)", "fr").get("/admin/").text
    assert "/admin/guide/" not in reader("Officers", "nl").get("/admin/").text
