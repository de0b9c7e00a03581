"""The first page of the desk says what waits, for each who writes texts, and asks no more the more there is."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page

from home.models import BrokenLink, EmptySearch, PageReview, Question
from portal import clock, jobs
from tests.clients import client_of
from tests.factories import UserFactory
from tests.home.translation.world import change_dutch, page_at

pytestmark = pytest.mark.django_db
LABELS = {
    "to approve": "Wacht op uw goedkeuring",
    "sent back": "Teruggestuurd naar u",
    "translate": "Te vertalen teksten",
    "scheduled": "online of offline",
    "review": "Na te kijken pagina’s",
    "broken": "Dode links",
    "empty": "Zoekopdrachten zonder resultaat",
}


def waiting(client) -> dict[str, tuple[str, str]]:
    """What the panel says: by label, how many and the address."""
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    found = {}
    for row in page.select(".waiting-for-you li"):
        label, number = row.find_all(["a", "span", "strong"])
        name = next(name for name, words in LABELS.items() if words in label.get_text())
        found[name] = (number.get_text(), label.get("href", ""))
    return found


def a_week_of_work(author, number: int) -> None:
    """So many of each kind."""
    pages = list(Page.objects.filter(locale__language_code="nl", depth=3).order_by("path")[: 3 * number])
    for page in pages[:number]:
        page.specific.save_revision(user=author)
        page.get_workflow().start(page.specific, author)
    for page in pages[number : 2 * number]:
        page.specific.save_revision(user=author)
        state = page.get_workflow().start(page.specific, author)
        state.current_task_state.reject(user=UserFactory(groups=["Publishers"]))
    for page in pages[2 * number :]:
        change_dutch(page.specific, intro=f"Gewijzigd {page.pk}")
    for place in range(number):
        EmptySearch.objects.create(language="nl", words=f"zeil{place}", last_on=clock.today())
        kind = ContentType.objects.get_for_model(Page)
        for language in ("nl", "fr"):
            BrokenLink.objects.create(
                content_type=kind,
                object_id=place,
                block=language,
                language=language,
                address="/weg/",
                fault="address",
                found_on=clock.today(),
            )
    for question in Question.objects.filter(live=True).order_by("pk")[:number]:
        question.expire_at = clock.now() + timedelta(days=2)
        question.save()
    jobs.JOBS["reviews of pages"]()
    PageReview.objects.filter(pk__in=PageReview.objects.values("pk")[:number]).update(review_by=clock.today())


def test_each_sees_what_waits_for_them():
    people = {group: UserFactory(groups=[group]) for group in ("Editors", "Publishers", "Translators (French)")}
    a_week_of_work(people["Editors"], 1)
    editor, publisher, translator = (waiting(client_of(person)) for person in people.values())
    assert {name: number for name, (number, _address) in editor.items()} == {
        "sent back": "1",
        "translate": "3",
        "scheduled": "1",
        "review": "1",
        "broken": "2",
        "empty": "1",
    }
    assert publisher["to approve"][0] == "1"
    assert publisher["sent back"] == ("geen", "")
    assert {name: number for name, (number, _address) in translator.items()} == {
        "sent back": "geen",
        "translate": "1",
        "scheduled": "1",
        "broken": "1",
    }
    # Each leads to a list of just these.
    for person, rows in zip(people.values(), (editor, publisher, translator), strict=True):
        client = client_of(person)
        for _number, address in rows.values():
            if address and not address.startswith("#"):
                assert client.get(address).status_code == 200, address
    assert not waiting(client_of(UserFactory(groups=["Officers"])))


def test_where_nothing_waits_it_says_so():
    editor = client_of(UserFactory(groups=["Editors"]))
    assert {number for number, _address in waiting(editor).values()} == {"geen"}
    assert "Er wacht niets op u." in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("group", ["Editors", "Publishers", "Translators (French)"])
def test_the_first_page_asks_as_often_for_more_of_each(group, django_assert_max_num_queries, settings):
    # Wagtail keeps the names of languages.
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"first page {group}"}
    settings.CACHES = {**settings.CACHES, "default": memory}
    person = UserFactory(groups=[group])
    author = UserFactory(groups=["Editors"]) if group != "Editors" else person
    client = client_of(person)
    a_week_of_work(author, 2)
    _more_work(author, slice(0, 1))
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(80) as few:
        client.get(reverse("wagtailadmin_home"))
    _more_work(author, slice(1, 5))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("wagtailadmin_home"))


def _more_work(author, some: slice) -> None:
    for path in ("/nl/contact/", "/nl/nieuws/"):
        change_dutch(page_at(path), intro="Nog een keer gewijzigd")
    for question in Question.objects.filter(live=True, locale__language_code="nl").order_by("pk")[some]:
        question.expire_at = clock.now() + timedelta(days=3)
        question.save()
        question.save_revision(user=author)
        question.get_workflow().start(question, author)
    EmptySearch.objects.create(language="nl", words=f"boot {some.start}", last_on=clock.today())
