"""What Fedasil's editors, publishers and translators do with the shipped site."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import Fact, Frame, Question, Term
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def client_of(group: str) -> Client:
    client = Client()
    client.force_login(UserFactory(groups=[group]))
    return client


def test_an_editor_opens_every_kind_of_page():
    client = client_of("Editors")
    kinds = {page.specific_class: page for page in Page.objects.filter(depth__gt=1, locale__language_code="nl")}
    assert len(kinds) == 9
    for page in kinds.values():
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page
        assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200, page


@pytest.mark.parametrize("model", [Question, Term, Frame])
def test_an_editor_opens_every_kind_of_snippet(model):
    client = client_of("Editors")
    snippet = model.objects.filter(locale__language_code="nl").first()
    name = f"wagtailsnippets_home_{model._meta.model_name}"
    assert client.get(reverse(f"{name}:list")).status_code == 200
    assert client.get(reverse(f"{name}:edit", args=[snippet.pk])).status_code == 200


def test_a_translator_sees_a_page_segment_by_segment():
    client = client_of("Translators")
    page = Page.objects.get(url_path="/fr/devenir-partenaire/")
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "Qui peut devenir partenaire" in response.content.decode()
    assert "Wie kan partner worden?" in response.content.decode()


def test_open_questions_say_so():
    answered, _heading, still_open = Client().get("/nl/vragen-en-antwoorden/").content.decode().partition('id="open"')
    assert "Wie betaalt de huur?" in answered
    assert "Wie betaalt de huurwaarborg?" not in answered
    assert still_open.count("Wie betaalt de huurwaarborg?") == 1


def test_a_text_with_an_unknown_number_is_refused_at_its_field():
    client = client_of("Publishers")
    term = Term.objects.get(term="Leefloon")
    url = reverse("wagtailsnippets_home_term:edit", args=[term.pk])
    response = client.post(url, {"term": term.term, "definition": "Voor {home_month} maanden."})
    assert "home_month" in str(response.context["form"].errors["definition"])
    term.refresh_from_db()
    assert "{" not in term.definition


def test_a_publisher_changes_a_fact_and_every_page_follows():
    client = client_of("Publishers")
    fact = Fact.objects.get(key="home_months")
    data = {
        "key": fact.key,
        "value": "18",
        "source": "A new framework",
        "source_date": "2026-11-01",
        "action-publish": "1",
    }
    response = client.post(reverse("wagtailsnippets_home_fact:edit", args=[fact.pk]), data)
    assert response.status_code == 302
    assert "18 Monate" in Client().get("/de/was-darf-ein-partner-erwarten/wer-tut-was/").content.decode()


def test_the_federal_bar_is_edited_in_each_language():
    Frame.objects.filter(locale__language_code="de").update(bar="Andere Dienste:")
    assert "Andere Dienste:" in Client().get("/de/").content.decode()
    assert "Andere Dienste:" in Client().get("/de/account/login/").content.decode()
