"""The address of a page in another language is proposed from its title."""

import pytest
from wagtail_localize.models import StringTranslation

from tests.home.translation.world import DUTCH, client_of, page_at, translate, translation_of

pytestmark = pytest.mark.django_db


def slugs(translation) -> list[str]:
    found = StringTranslation.objects.filter(context__object_id=translation.source.object_id, context__path="slug")
    return list(found.filter(locale=translation.target_locale).values_list("data", flat=True))


@pytest.mark.parametrize("chosen", ["", "sprechen"])
def test_a_translated_title_proposes_an_address_where_there_is_none(chosen, german):
    page = page_at(DUTCH)
    translation = translation_of(page, "de")
    rows = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=translation.target_locale)
    rows.filter(context__path="slug").delete()
    client = client_of(german)
    if chosen:
        translate(client, translation, page.slug, chosen)
    translate(client, translation, page.title, "Sprechen Sie mit uns über Größe")
    assert slugs(translation) == [chosen or "sprechen-sie-mit-uns-uber-groe"]
