"""The log, proved: what SQL does behind the application's back is found."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import clock, jobs
from portal.audit import hash_chain, log
from portal.models import LogEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def subjects():
    """Two subjects with three entries each, of one Monday."""
    with clock.standing_at(MONDAY):
        people = [UserFactory(), UserFactory()]
        for person in people:
            for number in range(3):
                log.record(person, "tested", actor=person, data={"step": number, "text": "é 漢"})
    return people


def behind_the_back(statement, *values):
    """Run SQL with the triggers off, as someone with the database's keys could."""
    with connection.cursor() as cursor:
        for trigger in log.TRIGGERS:
            where = " ON portal_logentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger}{where}")
        cursor.execute(statement, values)
    log.install_triggers()


def places():
    return [(place.subject, place.number, place.reason) for place in hash_chain.breaks()]


def test_an_untouched_log_holds(subjects, capsys):
    call_command("verify_log")
    assert f"{LogEntry.objects.count()} entries" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "forged"),
        ("at", MONDAY + timedelta(seconds=1)),
        ("actor_id", 0),
        ("from_state", "draft"),
        ("to_state", "approved"),
        ("data", '{"step": 7}'),
        ("chain", "0" * 64),
    ],
)
def test_a_changed_row_is_found(subjects, column, value):
    behind_the_back(
        f"UPDATE portal_logentry SET {column} = %s WHERE subject_id = %s AND number = 2", value, subjects[0].pk
    )
    assert places() == [(f"portal.user:{subjects[0].pk}", 2, "changed or added")]
    with pytest.raises(CommandError, match="1 place"):
        call_command("verify_log")


def test_a_removed_row_is_found(subjects):
    behind_the_back("DELETE FROM portal_logentry WHERE subject_id = %s AND number = 2", subjects[1].pk)
    assert places() == [(f"portal.user:{subjects[1].pk}", 2, "removed")]


def test_an_added_row_is_found(subjects):
    behind_the_back(
        "INSERT INTO portal_logentry "
        "(subject_type_id, subject_id, number, at, action, from_state, to_state, data, chain) "
        "SELECT subject_type_id, subject_id, 4, at, 'approve', '', '', data, chain FROM portal_logentry "
        "WHERE subject_id = %s AND number = 3",
        subjects[0].pk,
    )
    assert places() == [(f"portal.user:{subjects[0].pk}", 4, "changed or added")]


def published(caplog, moment):
    """What the server's log holds of the digest made at `moment`."""
    with clock.standing_at(moment), caplog.at_level(logging.INFO, logger="portal.audit.hash_chain"):
        jobs.run("digest of the log")
    return [f"2027-03-02 00:00:03 INFO portal.audit.hash_chain {record.getMessage()}\n" for record in caplog.records]


def test_a_cut_tail_is_found_against_a_digest(subjects, caplog, tmp_path, capsys):
    file = tmp_path / "server.log"
    file.write_text("another line\n" + "".join(published(caplog, MONDAY + timedelta(days=1))))
    call_command("verify_log", "--digests", str(file))
    behind_the_back("DELETE FROM portal_logentry WHERE subject_id = %s AND number = 3", subjects[1].pk)
    assert places() == []
    with pytest.raises(CommandError):
        call_command("verify_log", "--digests", str(file))
    told = capsys.readouterr().err
    assert f"portal.user:{subjects[1].pk} #3: cut" in told
    assert "the whole log" in told


def test_a_chain_made_anew_is_found_against_a_digest(subjects, caplog):
    lines = published(caplog, MONDAY + timedelta(days=1))
    behind_the_back("UPDATE portal_logentry SET action = 'forged' WHERE subject_id = %s AND number = 3", subjects[0].pk)
    forged = log.entries_of(subjects[0]).last()
    before = log.entries_of(subjects[0]).get(number=2).chain
    behind_the_back("UPDATE portal_logentry SET chain = %s WHERE id = %s", hash_chain.link(forged, before), forged.pk)
    assert places() == []
    assert (f"portal.user:{subjects[0].pk}", 3) in [
        (place.subject, place.number) for place in hash_chain.breaks_against(lines)
    ]


def test_the_digest_of_a_day_stays_what_it_was(subjects, caplog):
    lines = published(caplog, MONDAY + timedelta(days=1))
    with clock.standing_at(MONDAY + timedelta(days=2)):
        log.record(subjects[0], "tested")
    assert list(hash_chain.breaks_against(lines)) == []


def test_an_administrator_searches_and_exports_it(subjects, client):
    administrator = UserFactory(groups=["Administrators"])
    client.force_login(administrator)
    shown = client.get("/admin/reports/log/", {"subject_id": subjects[0].pk, "action": "tested"})
    assert [entry.number for entry in shown.context["object_list"]] == [3, 2, 1]
    exported = client.get("/admin/reports/log/", {"subject_id": subjects[0].pk, "export": "csv"})
    text = b"".join(exported.streaming_content).decode("utf-8-sig")
    assert client.get("/admin/reports/log/", {"export": "xlsx"}).status_code == 200
    assert LogEntry.objects.get(subject_id=subjects[0].pk, number=3).chain in text


def test_once_a_day_and_again_the_next_day(subjects, caplog):
    tuesday = MONDAY + timedelta(days=1)
    assert published(caplog, tuesday)
    caplog.clear()
    assert published(caplog, tuesday + timedelta(hours=3)) == []
    assert published(caplog, tuesday + timedelta(days=1))
