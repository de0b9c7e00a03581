"""What `set_up` leaves behind: nothing for the worker to index, at the first run and at each later one."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry
from wagtail.tasks import update_reference_index_task

from home.models import InformationPage, Shipped
from portal.index_tasks import indexed_at_the_end
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("portal.index_tasks")]
INDEX_TASKS = [task.module_path for task in (insert_or_update_object_task, update_reference_index_task)]


def waiting() -> list[str]:
    """The tasks that index and that wait for a worker."""
    return [found.task_path for found in DBTaskResult.objects.ready() if found.task_path in INDEX_TASKS]


def found_by_search(words: str) -> str:
    editor = Client()
    editor.force_login(UserFactory(groups=["Editors"]))
    return editor.get(reverse("wagtailadmin_pages:search_results"), {"q": words}).content.decode()


def a_page() -> InformationPage:
    return InformationPage.objects.get(slug="wat-is-hervestiging", locale__language_code="nl")


def outdate(page: InformationPage, title: str) -> None:
    """As after an upgrade that ships another title than the one the page was loaded with, `title`."""
    InformationPage.objects.filter(pk=page.pk).update(title=title, draft_title=title)
    insert_or_update_object_task.func("home", "informationpage", str(page.pk))
    Shipped.objects.filter(translation_key=page.translation_key).update(digest="of an older shipment")


def references() -> set[tuple]:
    return set(
        ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "content_path_hash")
    )


def test_after_the_first_run_everything_is_indexed_and_nothing_waits():
    assert waiting() == []
    page = a_page()
    assert page.title in found_by_search(page.title)
    found = references()
    assert found
    call_command("rebuild_references_index", verbosity=0)
    assert references() == found


def test_a_run_indexes_what_it_changed():
    page = a_page()
    outdate(page, "Qwertz")
    assert "Qwertz" in found_by_search("qwertz")
    call_command("set_up", verbosity=0)
    assert waiting() == []
    assert page.title in found_by_search(page.title)
    assert "Qwertz" not in found_by_search("qwertz")


def test_a_run_that_changes_nothing_indexes_nothing():
    with CaptureQueriesContext(connection) as queries:
        call_command("set_up", verbosity=0)
    tables = [model._meta.db_table for model in (IndexEntry, ReferenceIndex, DBTaskResult)]
    assert [query["sql"] for query in queries if any(table in query["sql"] for table in tables)] == []


def test_a_task_of_somebody_else_stays():
    update_reference_index_task.enqueue("home", "informationpage", str(a_page().pk))
    call_command("set_up", verbosity=0)
    assert waiting() == [update_reference_index_task.module_path]


def test_what_was_deleted_meanwhile_needs_no_index_and_what_fails_stays_for_the_worker(caplog):
    with indexed_at_the_end():
        insert_or_update_object_task.enqueue("home", "informationpage", "0")
        update_reference_index_task.enqueue("home", "no such model", "1")
    assert waiting() == [update_reference_index_task.module_path]
    assert "no such model" in caplog.text
