"""What stood there before questions, requests, log and reviews changed is there afterwards, as it should be."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

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


def migrated(*targets: tuple[str, str]):
    """Bring the database to these migrations; gives its models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps.get_model


@contextmanager
def the_past():
    """Afterwards the database is as it is today, whatever happened."""
    try:
        yield
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
            enterprise_number=enterprise_number(690 + model("partners", "Organisation").objects.count()),
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


def a_single_home(model):
    """It becomes a dwelling."""
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
    yield
    full, empty = (Application.objects.get(pk=old.pk) for old in (full, empty))
    dwelling = full.dwellings.get()
    assert (dwelling.secured, dwelling.municipality.refnis, dwelling.months) == ("secured", "44021", 24)
    assert full.experience == "First the bank,\nthen the school."
    assert (empty.dwellings.count(), empty.experience) == (0, "")
    items = full.change_requests.get(pk=asked.pk).items
    assert sorted(items.values_list("question", flat=True)) == ["4.1", "4.2", "5.7", "6.5"]
    assert all(item.question in BY_NUMBER for item in items.all())


def requests_and_their_log(model):
    """Asked by question, the clock read from the log, and the log chained."""
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
    yield
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


def a_review(model):
    """It has the criteria of the beginning, and is done."""
    person, old = old_application(model, state="in_review", submitted_at=THEN, reference="OLD-2")
    review = model("applications", "Review").objects.create(
        application=old,
        reviewer=person,
        version=old_version(model, old, person),
        advice="approve",
        reasons="A good offer.",
        recorded_at=THEN,
    )
    yield
    found = Review.objects.get(pk=review.pk)
    assert (found.state, found.assigned_by_id, found.assigned_at) == ("done", person.pk, THEN)
    assert found.criteria.sample
    assert found.criteria.criteria.exists()
    assert (found.advice, found.reasons) == ("approve", "A good offer.")


def how_far_reviews_are(model):
    """Two that agree, two that differ, two that differ and were settled, one of two done, and one overtaken."""
    made = {}
    for name, advices in {
        "agreed": ["approve", "approve"],
        "differ": ["approve", "decline"],
        "settled": ["approve", "decline"],
        "waits": ["approve", ""],
        "overtaken": ["approve", "decline"],
    }.items():
        person, old = old_application(model)
        version = old_version(model, old, person)
        for place, advice in enumerate(advices):
            model("applications", "Review").objects.create(
                application=old,
                reviewer=model("portal", "User").objects.create(email=f"{name}-{place}@town.example"),
                assigned_by=person,
                assigned_at=THEN,
                criteria=model("applications", "CriteriaSet").objects.first(),
                version=version,
                state="done" if advice else "assigned",
                advice=advice,
                reasons="As read.",
                recorded_at=THEN,
                of_latest=name != "overtaken",
            )
        if name == "settled":
            model("applications", "Settlement").objects.create(
                application=old,
                version=version,
                advice="approve",
                reasons="So.",
                settled_by=person,
                settled_at=THEN,
            )
        made[name] = old.pk
    yield
    found = {name: Application.objects.get(pk=pk) for name, pk in made.items()}
    assert {name: (one.reviews_assigned, one.reviews_done, one.reviews_to_settle) for name, one in found.items()} == {
        "agreed": (2, 2, False),
        "differ": (2, 2, True),
        "settled": (2, 2, False),
        "waits": (2, 1, False),
        "overtaken": (2, 0, False),
    }


def a_decision(model):
    """It is released, its reasons in the application's language."""
    person, old = old_application(model, language="fr", state="declined", submitted_at=THEN, reference="OLD-3")
    decision = model("applications", "Decision").objects.create(
        application=old,
        version=old_version(model, old, person),
        outcome="decline",
        reasons="Trop tôt.",
        decider=person,
        decided_at=THEN,
    )
    yield
    found = Decision.objects.get(pk=decision.pk)
    assert (found.state, found.prepared_by_id, found.prepared_at) == ("released", person.pk, THEN)
    assert (found.reasons_fr, found.reasons_in("nl"), found.corrects) == ("Trop tôt.", "Trop tôt.", None)


# Where each begins: at the first the database goes back, and from there only forward.
WALK = [
    ([("applications", "0010_questions"), ("portal", "0008_mail_words")], a_single_home),
    ([("applications", "0018_after_submission")], requests_and_their_log),
    ([("applications", "0022_reviews")], a_review),
    ([("applications", "0025_assignee")], a_decision),
    ([("applications", "0033_led_by_in_lists")], how_far_reviews_are),
]


def test_what_stood_there_before_is_there_afterwards(own_transactions):
    with the_past():
        begun = []
        for targets, story in WALK:
            begun.append(story(migrated(*targets)))
            next(begun[-1])
        call_command("migrate", verbosity=0)
    for story in begun:
        assert next(story, "over") == "over"


def test_a_migration_that_fails_leaves_no_old_schema_behind(own_transactions):
    def fail():
        with the_past():
            # One step back is enough, and quick.
            old_application(migrated(("applications", "0033_led_by_in_lists")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert MigrationExecutor(connection).migration_plan(heads()) == []
    assert Application.objects.count() == 0
