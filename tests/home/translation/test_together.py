"""A source page and its translations go together."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.home.translation.world import DUTCH, GERMAN, client_of, page_at

pytestmark = pytest.mark.django_db
LANGUAGES = ["nl", "fr", "de", "en"]


def versions(page) -> list[Page]:
    return list(Page.objects.filter(translation_key=page.translation_key))


def post(user, name: str, *keys, **data):
    return client_of(user).post(reverse(f"wagtailadmin_pages:{name}", args=keys), data, follow=True)


def test_taking_the_source_off_the_site_takes_its_translations_off(publisher):
    page = page_at(DUTCH)
    asked = client_of(publisher).get(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert "all 3 translations" in asked.content.decode()
    post(publisher, "unpublish", page.pk)
    assert [each.live for each in versions(page)] == [False] * 4


def test_taking_a_translation_off_the_site_leaves_the_others(publisher):
    post(publisher, "unpublish", page_at(GERMAN).pk)
    assert sum(each.live for each in versions(page_at(DUTCH))) == 3


def test_deleting_the_source_deletes_its_translations(publisher):
    page = page_at(DUTCH)
    asked = client_of(publisher).get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert "3 translations" in asked.content.decode()
    post(publisher, "delete", page.pk)
    assert versions(page) == []


def test_an_editor_deletes_no_translation_that_readers_see(editor):
    page = page_at(DUTCH)
    page.unpublish()
    assert "A publisher can delete it" in post(editor, "delete", page.pk).content.decode()
    assert len(versions(page)) == 4


def test_moving_the_source_moves_its_translations(publisher, django_capture_on_commit_callbacks):
    page, destination = page_at(DUTCH), page_at("/nl/partner-worden/")
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    assert "3 translations" in client_of(publisher).get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(publisher).post(url)
    for each in versions(page):
        assert each.get_parent().translation_key == destination.translation_key
        assert each.get_parent().locale_id == each.locale_id
    assert client_of(publisher).get(DUTCH).status_code == 301
    assert client_of(publisher).get(GERMAN).status_code == 301
    assert Redirect.objects.count() >= 2


def test_nothing_moves_where_a_translation_has_nowhere_to_go(publisher):
    page, destination = page_at(DUTCH), page_at("/nl/partner-worden/")
    for below in destination.get_translation(page_at(GERMAN).locale).get_descendants(inclusive=True).reverse():
        below.delete()
    answer = post(publisher, "move_confirm", page.pk, destination.pk).content.decode()
    assert "no translation into: Deutsch" in answer
    assert page_at(DUTCH).get_parent().url_path == "/nl/"
    assert page_at("/fr/contact/").get_parent().url_path == "/fr/"


def test_several_sources_at_once_are_refused_in_words(publisher):
    page = page_at(DUTCH)
    url = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/admin/pages/"
    assert "one by one" in client_of(publisher).post(url, follow=True).content.decode()
    assert all(each.live for each in versions(page))


@pytest.mark.parametrize("position", [0, 4, ""])
def test_the_order_of_the_source_is_that_of_each_language(publisher, position):
    page = page_at(DUTCH)
    url = reverse("wagtailadmin_pages:set_page_position", args=[page.pk])
    client_of(publisher).post(f"{url}?position={position}")
    parents = page_at(DUTCH).get_parent().get_translations(inclusive=True)
    orders = [list(parent.get_children().values_list("translation_key", flat=True)) for parent in parents]
    assert len(orders) == 4
    assert [order == orders[0] for order in orders] == [True] * 4
    assert page.translation_key == orders[0][-1 if position == "" else position]
