"""Lists of what to arrange and when: on their page, on paper and in Word, from templates with a day and an approval."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from home import kept_pages, prints
from home.content.source import fixed_id
from partners.checklists.services import load_shipped, valid_on
from partners.models import ChecklistItem, ChecklistTemplate, Phase
from portal import clock, jobs
from portal.documents.pdf import pdf
from portal.models import DueJob
from tests.clients import client_of
from tests.factories import UserFactory
from tests.readers import poppler

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NEW = {"nl": "Een nieuwe taak.", "fr": "Une nouvelle tâche.", "de": "Eine neue Aufgabe.", "en": "A new task."}


def page_of(name: str, language: str) -> Page:
    return Page.objects.get(translation_key=fixed_id(name), locale__language_code=language)


def read(name: str, language: str) -> str:
    return Client().get(page_of(name, language).url_path).content.decode()


def new_list(**fields) -> ChecklistTemplate:
    checklist = ChecklistTemplate.objects.create(phase=Phase.FIRST_DAYS, **fields)
    ChecklistItem.objects.create(checklist=checklist, who="together", **NEW)
    return checklist


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_all_lists_in_its_language_with_who_does_it(language):
    html = read("checklists", language)
    lists = valid_on(clock.today())
    assert list(lists) == Phase.values
    with translation.override(language):
        for checklist in lists.values():
            assert checklist.sample
            assert f"<h2>{checklist.get_phase_display()}</h2>" in html
            for item in checklist.items.all():
                assert f"<li>{item.text} " in html
                assert f"({item.get_who_display()})" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_pdf_and_a_document_to_tick_off(language):
    page = page_of("checklists", language)
    _title, html = prints.html_of(str(page.translation_key), language)
    text = " ".join(poppler("pdftotext", pdf(prints.dated(html, language)), "-layout").split())
    with translation.override(language):
        answer = Client().get(reverse("sample_docx", args=[page.translation_key]))
        with zipfile.ZipFile(BytesIO(answer.content)) as document:
            words = document.read("word/document.xml").decode()
        for checklist in valid_on(clock.today()).values():
            assert checklist.get_phase_display() in words
            first = checklist.items.first().text
            assert first in words
            assert first[:30].replace("\u00a0", " ") in text
    assert words.count("w14:checkbox") >= ChecklistItem.objects.count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_preparing_leads_there_and_has_no_second_list(language):
    html = read("prepare", language)
    assert f'href="{page_of("checklists", language).url_path}"' in html
    with translation.override(language):
        assert valid_on(clock.today())["first_weeks"].items.first().text not in html


def test_a_list_counts_from_its_day_on_and_kept_pages_follow(django_capture_on_commit_callbacks):
    new_list(valid_from=clock.today() + timedelta(days=1))
    assert NEW["nl"] not in read("checklists", "nl")
    DueJob.objects.update_or_create(name=kept_pages.AMOUNTS, defaults={"last_run": clock.now()})
    with clock.standing_at(clock.now() + timedelta(days=1)), django_capture_on_commit_callbacks(execute=True):
        assert jobs.run(kept_pages.AMOUNTS) == 1
        html = read("checklists", "nl")
    assert NEW["nl"] in html
    assert "De mensen ontvangen en de woning tonen." not in html


def test_a_draft_changes_no_page_until_a_publisher_approves_it():
    checklist = valid_on(clock.today())["first_days"]
    first = checklist.items.first()
    data = {
        "phase": checklist.phase,
        "valid_from": checklist.valid_from.isoformat(),
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "1",
        "items-MIN_NUM_FORMS": "1",
        "items-MAX_NUM_FORMS": "20",
        "items-0-id": str(first.pk),
        "items-0-ORDER": "1",
        "items-0-who": "pcsw",
        **{f"items-0-{language}": text for language, text in NEW.items()},
    }
    edit = reverse("wagtailsnippets_partners_checklisttemplate:edit", args=[checklist.pk])
    editor = client_of(UserFactory(groups=["Editors"]))
    editor.post(edit, {**data, "action-publish": "1"})
    assert NEW["fr"] not in read("checklists", "fr")
    preview = reverse("wagtailsnippets_partners_checklisttemplate:preview_on_edit", args=[checklist.pk])
    assert editor.post(f"{preview}?mode=fr", data).json()["is_valid"]
    shown = editor.get(f"{preview}?mode=fr&in_preview_panel=true").content.decode()
    assert NEW["fr"] in shown
    assert '<html lang="fr"' in shown
    client_of(UserFactory(groups=["Publishers"])).post(edit, {**data, "action-publish": "1"})
    html = read("checklists", "fr")
    assert NEW["fr"] in html
    assert "(le CPAS)" in html
    # Fedasil confirmed it.
    checklist.refresh_from_db()
    assert not checklist.sample


def test_what_ships_is_loaded_once_and_changed_lists_stay():
    checklist = valid_on(clock.today())["first_days"]
    checklist.items.all().delete()
    before = ChecklistItem.objects.count()
    load_shipped()
    assert ChecklistItem.objects.count() == before
