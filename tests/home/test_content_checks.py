"""What is wrong with a text is found in its data, said in the preview and at the desk, and never shipped."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail.users.models import UserProfile

from home.content_checks.faults import Kind, faults_of
from home.content_checks.texts import parts_of
from home.models import InformationPage, Question, QuestionsPage, Term
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LONG = {
    "nl": "Wij vragen u om " + "heel " * 23 + "snel te antwoorden.",
    "fr": "Nous vous demandons de répondre " + "très " * 25 + "vite.",
    "de": "Wir bitten Sie, " + "sehr " * 23 + "schnell zu antworten.",
    "en": "We ask you to answer " + "very " * 22 + "soon.",
}
BAD = [
    ("nl", [("text", '<p>Lees het <a href="https://a.be/">hier</a>.</p>')], Kind.LINK),
    ("fr", [("text", '<p>Lisez-le <a href="https://a.be/">ici</a>.</p>')], Kind.LINK),
    ("de", [("text", '<p>Auf <a href="https://a.be/"><b>www.a.be</b></a>.</p>')], Kind.LINK),
    ("en", [("note", "Look at https://a.be/b")], Kind.LINK),
    *((language, [("note", text)], Kind.SENTENCE) for language, text in LONG.items()),
    ("nl", [("comparison", {"moments": [{"moment": "Dan", "first": "U krijgt € 3.000."}]})], Kind.NUMBER),
    ("nl", [("text", "<p>U kijkt naar de noot.</p>")], Kind.WORD),
    ("fr", [("text", "<p>C'est l'organisation qui mène.</p>")], Kind.WORD),
    ("fr", [("note", "Avant la fin de l’année, vous nous écrivez.")], Kind.WORD),
    ("nl", [("steps", [{"title": "Eerst", "who": "", "text": "Lees."}])], Kind.HEADING),
    ("nl", [("text", '<p>Zie.</p><embed embedtype="image" id="1" format="left"/>')], Kind.IMAGE),
    ("nl", [("text", '<p>Zie.</p><embed embedtype="image" id="1" format="left" alt="IMG_12.jpg"/>')], Kind.IMAGE),
]
GOOD = [
    ("nl", [("text", '<p>Lees <a href="https://a.be/">wat hervestiging is</a>. Mail naar a@b.be.</p>')]),
    ("nl", [("note", LONG["nl"].replace("heel heel ", "heel. Heel ", 1))]),
    ("nl", [("text", "<ul><li>" + "een twee drie " * 7 + "</li><li>" + "een twee drie " * 7 + "</li></ul>")]),
    ("fr", [("note", "Vous recevez {rate.stay_lump_sum} en 2026, p. ex. le 3 mai.")]),
    ("nl", [("note", "Uw e-mailadres en de noten.")]),
    ("fr", [("note", "Avant la fin de l’année d’accompagnement, vous nous écrivez.")]),
    ("nl", [("heading", "Eerst"), ("steps", [{"title": "Eerst", "who": "", "text": "Lees."}])]),
    # As Wagtail's form leaves it where the image was marked as decorative.
    ("nl", [("text", '<p>Zie.</p><embed embedtype="image" id="1" format="left" alt=""/>')]),
]


def draft(language: str, body: list, **values) -> InformationPage:
    page = InformationPage(locale=Locale.objects.get(language_code=language), title="Titel", intro="Tekst.", **values)
    page.body = page.body.stream_block.to_python(
        [{"type": kind, "value": value, "id": f"b{place}"} for place, (kind, value) in enumerate(body)]
    )
    return page


@pytest.mark.parametrize(("language", "body", "kind"), BAD)
def test_a_fault_is_found_where_it_stands(language, body, kind):
    assert [(fault.kind, fault.block_id) for fault in faults_of(draft(language, body))] == [(kind, "b0")]


@pytest.mark.parametrize(("language", "body"), GOOD)
def test_what_is_well_written_is_left_alone(language, body):
    assert faults_of(draft(language, body)) == []


@pytest.mark.parametrize(
    ("alternative", "is_decorative", "found"),
    [("", False, [Kind.IMAGE]), ("", True, []), ("Een huis", False, []), ("huis_2.png", False, [Kind.IMAGE])],
)
def test_an_image_of_a_block_says_what_it_shows_or_is_decorative(alternative, is_decorative, found):
    body = StreamBlock([("image", ImageBlock())])
    image = get_image_model().objects.create(title="Huis", file="house.png", width=1, height=1)
    page = draft("nl", [])
    value = {"image": image.pk, "alt_text": alternative, "decorative": is_decorative}
    page.body = body.to_python([{"type": "image", "value": value, "id": "b0"}])
    assert [fault.kind for fault in faults_of(page)] == found


def test_a_typed_number_is_answered_with_its_key():
    (found,) = faults_of(draft("nl", [("note", "U zorgt 12 maanden voor een woning.")]))
    assert "{home_months}" in found.message


def test_title_introduction_and_snippets_are_read_too():
    page = draft("nl", [])
    page.title = "Op zoek naar een mailadres"
    assert [fault.kind for fault in faults_of(page)] == [Kind.WORD]
    question = Question(locale=page.locale, question="Waarom?", answer="<p>U krijgt € 3.000.</p>", theme="money")
    assert [fault.kind for fault in faults_of(question)] == [Kind.NUMBER]
    assert [part.text for part in parts_of(question)] == ["Waarom?", "<p>U krijgt € 3.000.</p>"]


def test_what_ships_has_no_fault():
    said = StringIO()
    call_command("check_texts", stdout=said, stderr=said)
    assert "Nothing found" in said.getvalue()


def test_the_command_fails_on_a_fault():
    term = Term.objects.filter(locale__language_code="nl", live=True).first()
    Term.objects.filter(pk=term.pk).update(definition="Een noot.")
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_texts", stdout=said, stderr=said)
    assert "Write “kader” in place of “noot”." in said.getvalue()


# ── At the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def french_editor() -> Client:
    user = UserFactory(groups=["Editors"])
    UserProfile.objects.create(user=user, preferred_language="fr")
    client = Client()
    client.force_login(user)
    return client


def test_the_preview_notes_each_fault_at_its_place_and_a_rule_reports_it(french_editor):
    page = Page.objects.get(url_path="/nl/contact/").specific
    page.body = [("note", "Een noot."), ("note", "Een kader.")]
    page.save_revision()
    edit, preview = (reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "preview_on_edit"))
    editor_page = french_editor.get(edit).content.decode()
    typed = querydict_from_html(editor_page, form_id="page-edit-form").dict() | {"intro": "Bel € 3.000."}
    body = nested_form_data({"body": streamfield([("note", "Een noot."), ("note", "Een kader.")])})
    french_editor.post(preview, typed | body | {"body-0-id": "b0", "body-1-id": "b1"})
    shown = french_editor.get(preview, {"in_preview_panel": "true"}).content.decode()
    notes = re.findall(r'<p class="fault" data-fault="([\w-]+)" lang="(\w+)">(.*?)</p>', shown)
    assert [(kind, language) for kind, language, _said in notes] == [("typed-number", "fr"), ("forbidden-word", "fr")]
    assert re.search("Écrivez.*kader", notes[1][2])
    # The rules that report them, in the editor's language.
    (config,) = re.findall(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', editor_page)
    config = json.loads(config)
    for kind in {kind for kind, _language, _said in notes}:
        assert kind in config["options"]["runOnly"]
        assert [rule["selector"] for rule in config["spec"]["rules"] if rule["id"] == kind] == [f"[data-fault={kind}]"]
    assert config["messages"]["typed-number"]["error_name"] == "Un nombre est écrit à la main"
    # Without the panel there is no note.
    assert (
        "data-fault" not in french_editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    )


def test_who_approves_reads_the_faults_of_the_draft(french_editor):
    page = Page.objects.get(url_path="/nl/contact/").specific
    page.intro = "Uw mailadres."
    page.save_revision()
    shown = french_editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    (listed,) = re.findall(r"<ul data-faults>(.*?)</ul>", shown, re.DOTALL)
    assert re.search("Écrivez.*e-mailadres", listed)


def test_a_text_is_checked_and_not_the_page_that_shows_it(french_editor):
    QuestionsPage.objects.update(intro="Uw mailadres.")
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    preview = reverse("wagtailsnippets_home_question:preview_on_edit", args=[question.pk])
    typed = {"theme": "money", "question": "Wat is een noot?", "order": "0"}
    french_editor.post(preview, nested_form_data({**typed, "answer": rich_text("<p>Een kader.</p>")}))
    shown = french_editor.get(preview, {"in_preview_panel": "true"}).content.decode()
    (said,) = re.findall(r'data-fault="forbidden-word" lang="fr">(.*?)</p>', shown)
    assert "kader" in said
