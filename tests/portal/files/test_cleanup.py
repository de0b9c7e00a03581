"""Files without a row: to a trash, back from it, deleted after 30 days; and nothing where the database does not fit."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import checks, clock, jobs
from portal.files import cleanup
from portal.files import store as files_store
from portal.models import DueJob, FileStore, Mail, StoredFile
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OLDER = "another state of the same database"


@pytest.fixture(params=["folder", "bucket"])
def store(request, monkeypatch):
    """A storage with 40 files of this database, after a first clean-up; no file is too young."""
    request.getfixturevalue(request.param)
    monkeypatch.setattr(cleanup, "SWEPT_AFTER", timedelta(0))
    for number in range(40):
        files_store.store(b"%d" % number, name="a.pdf", content_type="application/pdf")
    assert hourly() == 0
    return storages["private"]


def hourly() -> int:
    DueJob.objects.filter(name="sweep files").update(last_run=None)
    return jobs.run("sweep files")


def lying() -> list[str]:
    return [name for place in files_store.PLACES for name in cleanup.content_names(storages[place])]


def put(name: str) -> None:
    storages["private"].save(name, ContentFile(b"nobody's"))


def in_trash() -> list[str]:
    return list(files_store.names_in(storages["private"], "trash/"))


def test_a_file_without_a_row_lies_in_the_trash_for_thirty_days(store):
    put("2026/11/orphan")
    put_at = clock.today()
    assert hourly() == 1
    assert (len(lying()), in_trash()) == (40, [f"trash/{put_at}/2026/11/orphan"])
    for days, left in ((30, 1), (31, 0)):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            hourly()
        assert len(in_trash()) == left


def test_a_file_that_is_being_kept_just_now_stays(store, monkeypatch):
    monkeypatch.setattr(cleanup, "SWEPT_AFTER", timedelta(hours=1))
    put("2026/11/young")
    assert hourly() == 0
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert hourly() == 1


@pytest.mark.parametrize("another", [uuid.uuid4(), OLDER])
def test_another_database_on_the_same_files_deletes_nothing_and_tells(store, another, caplog):
    administrator = UserFactory(groups=["Administrators"], language="en")
    before = FileStore.objects.get()
    assert hourly() == 0
    kept = StoredFile.objects.values_list("pk", flat=True)[: 37 if another == OLDER else 0]
    StoredFile.objects.exclude(pk__in=list(kept)).delete()
    FileStore.objects.update(**{"stamp": before.stamp} if another == OLDER else {"database": another})
    for _hour in range(3):
        assert hourly() == 0
    assert (len(lying()), in_trash()) == (40, [])
    assert "belong to another database of the portal, or to a later state" in caplog.text
    assert Mail.objects.filter(to=administrator.email).count() == 1
    assert [found.hint for found in checks.files_are_cleaned_up(None, ["default"])] == [FileStore.objects.get().problem]
    # It really moved: the operator says so, and what goes beside that is still too much.
    if another == OLDER:
        call_command("sweep_files", "--adopt")
        assert len(in_trash()) == 3
    else:
        with pytest.raises(CommandError, match="40 of 40 files have no row"):
            call_command("sweep_files", "--adopt")
        assert len(lying()) == 40
        call_command("sweep_files", "--all")
        assert len(in_trash()) == 40
    assert hourly() == 0
    assert checks.files_are_cleaned_up(None, ["default"]) == []


def test_a_database_that_never_saw_these_files_does_not_take_them_for_its_own(store):
    """As on files from before the mark, or where it was lost."""
    for mark in list(files_store.names_in(store, "database/")):
        store.delete(mark)
    kept = list(StoredFile.objects.all())
    StoredFile.objects.all().delete()
    hourly()
    assert len(lying()) == 40
    StoredFile.objects.bulk_create(kept)
    put("2026/11/orphan")
    assert hourly() == 1


@pytest.mark.parametrize(("orphans", "moved"), [(2, 2), (10, 10), (11, 0)])
def test_it_stops_where_many_would_go(store, orphans, moved, caplog):
    for number in range(orphans):
        put(f"2026/11/{number}")
    assert hourly() == moved
    assert ("files have no row in this database" in caplog.text) is (moved == 0)


def test_eleven_of_many_are_still_few(store):
    for number in range(200):
        files_store.store(b"%d" % number, name="a.pdf", content_type="application/pdf")
    for number in range(11):
        put(f"2026/11/{number}")
    assert hourly() == 11


def test_what_has_a_row_again_comes_back_from_the_trash(store):
    """As after the newer database was restored."""
    gone = StoredFile.objects.first()
    StoredFile.objects.filter(pk=gone.pk).delete()
    hourly()
    assert len(lying()) == 39
    gone.save(force_insert=True)
    hourly()
    assert (gone.read(), in_trash()) == (b"0", [])


def test_the_operator_may_look_first(store, capsys):
    put("2026/11/orphan")
    call_command("sweep_files", "--look")
    assert "private: 41 files, 1 of them without a row" in capsys.readouterr().out
    assert in_trash() == []
