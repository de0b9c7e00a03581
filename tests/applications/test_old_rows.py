"""What stood there before questions, requests, log and reviews changed is there afterwards, as it should be."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from applications.age import age
from applications.models import Application, Decision, Review
from applications.questions import BY_NUMBER
from partners.models import Municipality
from portal import chain
from portal.models import LogEntry
from tests.factories import enterprise_number

THEN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def heads() -> list[tuple[str, str]]:
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def erase_old_rows() -> None:
    """What a migration could not take along would keep the next one from going forward too."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("applications_")]
    flush = connection.ops.sql_flush(
        no_style(), [*tables, LogEntry._meta.db_table], reset_sequences=False, allow_cascade=True
    )
    connection.ops.execute_sql_flush(flush)


@contextmanager
def before(*targets: tuple[str, str]):
    """The database as it was at these migrations; gives its models and what brings it forward. Never left behind."""
    executor = MigrationExecutor(connection)
    try:
        executor.migrate(list(targets))
        yield executor.loader.project_state(list(targets)).apps.get_model, partial(call_command, "migrate", verbosity=0)
    finally:
        if MigrationExecutor(connection).migration_plan(heads()):
            erase_old_rows()
            call_command("migrate", verbosity=0)


def old_application(model, **answers):
    """A person and their application, in the models of that time."""
    person, _made = model("portal", "User").objects.get_or_create(email="old@town.example")
    fields = {"language": "nl", "created_at": THEN, "changed_at": THEN, "created_by": person, **answers}
    application = model("applications", "Application").objects.create(**fields)
    if "submitted_at" in answers:
        lead = model("partners", "Organisation").objects.create(
            name="Old town",
            kind="non_profit",
            enterprise_number=enterprise_number(690),
            municipality_id=Municipality.objects.get(refnis="44021").pk,
            letter_language="nl",
            signs_first="representative",
            created_at=THEN,
        )
        model("applications", "Party").objects.create(
            application=application, organisation=lead, state="accepted", is_lead=True, signs_first="representative"
        )
    return person, application


def old_version(model, application, person, number: int = 1):
    return model("applications", "Version").objects.create(
        application=application,
        number=number,
        question_set=1,
        content={"sections": [], "estimate": "0"},
        submitted_at=THEN + timedelta(days=number),
        submitted_by=person,
    )


def old_request(model, application, person, version, **values):
    return model("applications", "ChangeRequest").objects.create(
        application=application,
        created_by=person,
        version=version,
        created_at=THEN,
        due_on=date(2026, 10, 1),
        **values,
    )


def test_the_single_home_becomes_a_dwelling(own_transactions):
    with before(("applications", "0010_questions")) as (model, forward):
        ghent = model("partners", "Municipality").objects.get(refnis="44021")
        person, full = old_application(
            model,
            home_secured="secured",
            home_municipality_id=ghent.pk,
            home_months=24,
            guidance_steps="First the bank,\nthen the school.",
        )
        _person, empty = old_application(model)
        version = old_version(model, full, person)
        asked = old_request(model, full, person, version, state="open", questions=["4.2", "4.3", "4.4", "5.3", "6.2"])
        forward()
    full, empty = (Application.objects.get(pk=old.pk) for old in (full, empty))
    dwelling = full.dwellings.get()
    assert (dwelling.secured, dwelling.municipality.refnis, dwelling.months) == ("secured", "44021", 24)
    assert full.experience == "First the bank,\nthen the school."
    assert (empty.dwellings.count(), empty.experience) == (0, "")
    items = full.change_requests.get(pk=asked.pk).items
    assert sorted(items.values_list("question", flat=True)) == ["4.1", "4.2", "5.7", "6.5"]
    assert all(item.question in BY_NUMBER for item in items.all())


def test_a_request_is_asked_by_question_the_clock_is_read_from_the_log_and_the_log_is_chained(own_transactions):
    with before(("applications", "0018_after_submission"), ("portal", "0008_mail_words")) as (model, forward):
        person, old = old_application(model, state="in_review", submitted_at=THEN, reference="OLD-1")
        first, second = (old_version(model, old, person, number) for number in (1, 2))
        answered = old_request(model, old, person, first, state="answered", questions=["5.1", "5.7"])
        waiting = old_request(model, old, person, second, state="open", questions=["4.1"])
        kind = ContentType.objects.get_for_model(Application)
        moves = [("", 0), ("submitted", 1), ("in_review", 3), ("changes_requested", 5), ("in_review", 9)]
        for number, (state, day) in enumerate(moves, 1):
            model("portal", "LogEntry").objects.create(
                subject_type_id=kind.pk,
                subject_id=old.pk,
                number=number,
                at=THEN + timedelta(days=day),
                action="moved" if state else "begun",
                to_state=state,
                data={},
            )
        forward()
    found = Application.objects.get(pk=old.pk)
    items = {item.question: item for item in found.change_requests.get(pk=answered.pk).items.all()}
    assert items.keys() == {"5.1", "5.7"}
    assert {item.answered_in_id for item in items.values()} == {second.pk}
    assert [item.answered_in for item in found.change_requests.get(pk=waiting.pk).items.all()] == [None]
    # Submitted on day 1, stopped on day 5; it runs again since day 9.
    assert age(found, THEN + timedelta(days=10)) == timedelta(days=5)
    entries = LogEntry.objects.filter(subject_id=old.pk).order_by("number")
    assert len({entry.chain for entry in entries}) == len(moves)
    assert list(chain.breaks()) == []


def test_a_review_from_before_has_the_criteria_and_is_done(own_transactions):
    with before(("applications", "0022_reviews")) as (model, forward):
        person, old = old_application(model, state="in_review", submitted_at=THEN, reference="OLD-2")
        review = model("applications", "Review").objects.create(
            application=old,
            reviewer=person,
            version=old_version(model, old, person),
            advice="approve",
            reasons="A good offer.",
            recorded_at=THEN,
        )
        forward()
    found = Review.objects.get(pk=review.pk)
    assert (found.state, found.assigned_by_id, found.assigned_at) == ("done", person.pk, THEN)
    assert found.criteria.sample
    assert found.criteria.criteria.exists()
    assert (found.advice, found.reasons) == ("approve", "A good offer.")


def test_a_decision_from_before_is_released_and_has_its_reasons_in_the_applications_language(own_transactions):
    with before(("applications", "0025_assignee")) as (model, forward):
        person, old = old_application(model, language="fr", state="declined", submitted_at=THEN, reference="OLD-3")
        decision = model("applications", "Decision").objects.create(
            application=old,
            version=old_version(model, old, person),
            outcome="decline",
            reasons="Trop tôt.",
            decider=person,
            decided_at=THEN,
        )
        forward()
    found = Decision.objects.get(pk=decision.pk)
    assert (found.state, found.prepared_by_id, found.prepared_at) == ("released", person.pk, THEN)
    assert (found.reasons_fr, found.reasons_in("nl"), found.corrects) == ("Trop tôt.", "Trop tôt.", None)


def test_a_migration_that_fails_leaves_no_old_schema_behind(own_transactions):
    def fail():
        with before(("applications", "0010_questions")) as (model, _forward):
            old_application(model)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert MigrationExecutor(connection).migration_plan(heads()) == []
    assert Application.objects.count() == 0
