import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from portal.audit import log
from portal.models import LogEntry
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("portal.audit.log", "portal.triggers")]


@pytest.fixture
def entry():
    user = UserFactory()
    return log.record(user, "tested", actor=user, note="free text")


STATEMENTS = ["UPDATE portal_logentry SET action = 'forged'", "DELETE FROM portal_logentry"]
if connection.vendor == "postgresql":
    STATEMENTS.append("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE portal_logentry CASCADE")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_row_is_changed_or_removed_by_sql(entry, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LogEntry.objects.get().action == "tested"


def test_numbers_run_within_a_subject(entry):
    other = UserFactory()
    assert [log.record(other, "tested").number for _n in range(3)] == [1, 2, 3]
    assert log.record(entry.actor, "tested").number == 2


def test_the_note_is_erased_without_touching_the_log(entry):
    entry.note.delete()
    assert LogEntry.objects.get().action == "tested"


def test_a_missing_trigger_is_a_system_check_error():
    drop = {
        "sqlite": "DROP TRIGGER portal_logentry_no_update",
        "postgresql": "DROP TRIGGER portal_logentry_no_update ON portal_logentry",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert log.missing_triggers() == {"portal_logentry_no_update"}
    with pytest.raises(SystemCheckError, match=r"portal\.E001"):
        call_command("check", databases=["default"])
    log.install_triggers()
    call_command("check", databases=["default"])
