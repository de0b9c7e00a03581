import pytest
from django.core.management import call_command

from partners.models import Municipality

pytestmark = pytest.mark.django_db


def test_all_565_with_their_language():
    assert Municipality.objects.count() == 565
    assert Municipality.objects.filter(region="brussels", language="", province="").count() == 19
    assert Municipality.objects.filter(language="de").count() == 9
    assert set(Municipality.objects.filter(region="flanders").values_list("language", flat=True)) == {"nl"}
    assert set(Municipality.objects.filter(region="wallonia").values_list("language", flat=True)) == {"fr", "de"}


def test_loading_again_changes_nothing():
    before = list(Municipality.objects.order_by("pk").values())
    call_command("load_municipalities", verbosity=0)
    assert list(Municipality.objects.order_by("pk").values()) == before
