"""Files in the private storage without a row in the database: moved to a dated trash there, deleted after 30 days.

A file is left without a row where a transaction failed after the file was written. Seen from another database every
file is such a file. So the storage holds a mark of the database that owns it. Nothing is touched where the two do
not agree, or where more would go than failed transactions explain.
See docs/decisions/0032-the-store-knows-its-database.md.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from .. import clock
from ..mail import outbox
from ..models import FileStore, StoredFile, User
from ..permissions import ADMINISTRATORS
from .store import PLACES, names_in

logger = logging.getLogger(__name__)
TRASH, MARKS = "trash", "database"
KEPT_IN_TRASH = timedelta(days=30)
# A file without a row may be one that is being kept just now.
SWEPT_AFTER = timedelta(hours=1)
# More than both at once is no accident of single files.
MOST_FILES, MOST_SHARE = 10, 0.05

OTHER_DATABASE = (
    "Nothing was deleted. The files in “{place}” belong to another database of the portal, or to a later state of "
    "this one. Is this a second site, or an older copy of the database? Then give it a VAR_DIR or bucket of its own. "
    "Did the database or the files really move here? Then run: manage.py sweep_files --adopt"
)
TOO_MANY = (
    "Nothing was deleted. {orphans} of {files} files have no row in this database; a few would be usual. Is the "
    "database older than the files? Then restore the newer one. Are the files really of no use? Then run: manage.py "
    "sweep_files --all (they stay in the trash for 30 days)"
)
MARK_TEXT = "These files belong to the database {} of the portal. Do not remove this file.\n"


class Stopped(Exception):
    """The clean-up touched nothing; the text says why, and what to do, to who runs the portal."""


@dataclass
class Found:
    """What lies in one of the two places."""

    place: str
    storage: Storage
    known: set[str]
    names: list[str]

    @property
    def without_row(self) -> list[str]:
        return [name for name in self.names if name not in self.known]


def look(place: str) -> Found:
    rows = StoredFile.objects.filter(quarantined=place == "quarantine").values_list("content", flat=True)
    storage = storages[place]
    return Found(place, storage, set(rows), list(content_names(storage)))


def content_names(storage: Storage) -> Iterator[str]:
    """All files in a storage but its trash and its marks."""
    return (name for name in names_in(storage) if name.partition("/")[0] not in (TRASH, MARKS))


def too_many(few: int, all_: int) -> bool:
    return few > MOST_FILES and few > MOST_SHARE * all_


# ── Whose files these are ────────────────────────────────────────────────────────────────────────────────────────────
def is_own(found: Found, store: FileStore) -> bool:
    """Whether this database owns the place: by its mark, or, where there is none yet, by its files."""
    if marks := marks_in(found.storage):
        return f"{MARKS}/{store.mark}" in marks
    unknown = len(found.without_row)
    return not found.names or (unknown < len(found.names) and not too_many(unknown, len(found.names)))


def marks_in(storage: Storage) -> list[str]:
    return list(names_in(storage, f"{MARKS}/"))


def stamp(found: list[Found]) -> None:
    """A new stamp, in the database and in each place. Between the two writings both stamps hold."""
    with transaction.atomic():
        store = FileStore.objects.select_for_update().get(pk=1)
        before, store.stamp = store.mark, FileStore._meta.get_field("stamp").get_default()
        store.problem, store.problem_since = "", None
        store.save()
        for each in found:
            for mark in marks_in(each.storage):
                if mark != f"{MARKS}/{before}":
                    each.storage.delete(mark)
            text = MARK_TEXT.format(store.database)
            each.storage.save(f"{MARKS}/{store.mark}", ContentFile(text.encode()))
    for each in found:
        each.storage.delete(f"{MARKS}/{before}")


# ── The clean-up ─────────────────────────────────────────────────────────────────────────────────────────────────────
def sweep() -> int:
    """Clean up, and answer how many files went to the trash; where that is not safe, touch nothing and tell."""
    try:
        return clean_up()
    except Stopped as stopped:
        tell(str(stopped))
        return 0


def clean_up(*, adopt: bool = False, even_many: bool = False) -> int:
    """As `sweep`, but raises Stopped. `adopt`: the files are this database's from now on, whatever their mark says.

    `even_many`: also where more goes than is usual.
    """
    store, _created = FileStore.objects.get_or_create(pk=1)
    found = [look(place) for place in PLACES]
    for each in found:
        if not adopt and not is_own(each, store):
            raise Stopped(OTHER_DATABASE.format(place=each.place))
    orphans = {each.place: [name for name in each.without_row if is_old(each.storage, name)] for each in found}
    number, files = sum(map(len, orphans.values())), sum(len(each.names) for each in found)
    if too_many(number, files) and not even_many:
        if adopt:
            stamp(found)
        raise Stopped(TOO_MANY.format(orphans=number, files=files))
    for each in found:
        put_back(each)
        for name in orphans[each.place]:
            move(each.storage, name, f"{TRASH}/{clock.today()}/{name}")
        empty_trash(each.storage)
    stamp(found)
    return number


def is_old(storage: Storage, name: str) -> bool:
    try:
        # By the clock of the machine, as the storage tells the time.
        return timezone.now() - storage.get_modified_time(name) > SWEPT_AFTER
    except FileNotFoundError:
        return False


def move(storage: Storage, name: str, to: str) -> None:
    try:
        with storage.open(name, "rb") as file:
            storage.save(to, file)
    except FileNotFoundError:
        return
    storage.delete(name)


def put_back(found: Found) -> None:
    """What lies in the trash and has a row again, as after the newer database was restored."""
    missing = found.known.difference(found.names)
    for name in names_in(found.storage, f"{TRASH}/"):
        original = name.split("/", 2)[-1]
        if original in missing:
            move(found.storage, name, original)
            missing.discard(original)


def empty_trash(storage: Storage) -> None:
    for name in names_in(storage, f"{TRASH}/"):
        try:
            thrown_away = date.fromisoformat(name.split("/")[1])
        except ValueError:
            continue
        if thrown_away < clock.today() - KEPT_IN_TRASH:
            storage.delete(name)


# ── Telling ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def tell(problem: str) -> None:
    """An error in the server's log each time; once a problem, a mail to Fedasil's administrators."""
    logger.error("file clean-up: %s", problem)
    with transaction.atomic():
        store = FileStore.objects.select_for_update().get(pk=1)
        if not store.problem:
            store.problem_since = clock.now()
        store.problem = problem
        store.save(update_fields=["problem", "problem_since"])
        for person in User.objects.filter(groups__name=ADMINISTRATORS, is_active=True):
            outbox.queue(
                key=f"file-clean-up:{store.problem_since.isoformat()}:{person.pk}",
                to=person.email,
                language=person.language,
                template="portal/clean_up_stopped",
                context={},
            )
