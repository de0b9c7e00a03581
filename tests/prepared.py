"""Databases made ready once and then copied: by migrations, `set_up` and, for browser tests, demo accounts.

What a database is made from (migrations, models, content, settings as shipped) gives a key; a database of that key is
made once, under a lock that all test processes share, and each process works on a copy.

As a program it makes them before the tests begin: on PostgreSQL where DATABASE_URL names a server, else on SQLite.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "prepared"
SOURCES = (
    "tests/prepared.py",
    "requirements/test.txt",
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/management/**/*.py",
    "applications/review/*.toml",
    "*/*.csv",
    "applications/papers/*_texts/*",
    "home/content/**/*.*",
    "applications/review/shipped_settings.py",
    "home/approval.py",
    "home/search/*.py",
    "partners/support/rates.py",
    "portal/audit/log.py",
    "portal/staff/group_permissions.py",
    "portal/index_tasks.py",
)
KEPT_SECONDS = 7 * 24 * 3600


def key() -> str:
    """The digest of all that a prepared database is made from."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def lock(name: str) -> Iterator[None]:
    """One process at a time prepares what has this name; the others wait and then find it ready."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def manage(*arguments: str, **changes: str) -> None:
    """Run a command of manage.py in a process of its own, with these changes to the environment."""
    command = [sys.executable, "manage.py", *arguments]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | changes
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} failed: {done.stdout}{done.stderr}")


def folder(*options: str) -> Path:
    """A prepared VAR_DIR with its SQLite database; with options of `set_up`, made from the one without."""
    found = FOLDER / "-".join([key(), *(option.strip("-") for option in options)])
    base = folder() if options else None
    with lock(found.name):
        if not found.exists():
            making = FOLDER / f"making-{found.name}"
            shutil.rmtree(making, ignore_errors=True)
            if base:
                copy(base, making)
            else:
                making.mkdir()
            (making / "assets").symlink_to(ROOT / "var" / "assets")
            settings = "portal.settings.browser_test" if options else "portal.settings.test"
            env = {"VAR_DIR": str(making), "DJANGO_SETTINGS_MODULE": settings}
            manage("set_up", *options, **env)
            if options:
                # Each site would begin with minutes of work: share images, and the PDFs that run_due asks for.
                manage("run_due", **env)
                manage("run_worker", "--batch", "--no-startup-delay", **env)
            fold_in_log(making / "portal.sqlite3")
            (making / "assets").unlink()
            making.rename(found)
            forget_old()
    return found


def forget_old() -> None:
    """Remove what was prepared more than a week ago, for another state of the sources."""
    for path in FOLDER.iterdir():
        if path.is_dir() and path.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
            path.with_name(f"{path.name}.lock").unlink(missing_ok=True)


def fold_in_log(database: Path) -> None:
    """Write what stands in SQLite's write-ahead log into the file itself, so that it can be copied alone."""
    with closing(sqlite3.connect(database)) as connected:
        connected.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(source: Path, target: Path) -> None:
    """Copy a prepared VAR_DIR."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.sqlite3-*"), dirs_exist_ok=True)


# ── The database of a test process ───────────────────────────────────────────────────────────────────────────────────
def use_test_database(place: Path) -> None:
    """Point Django's connection at a database of this process's own, and fill it; SQLite's is a file in `place`."""
    connection.close()
    name = connection.creation._get_test_db_name()
    # Not in memory: there all threads share one lock on each table.
    connection.settings_dict["NAME"] = name if connection.vendor == "postgresql" else str(place / "test.sqlite3")
    restore()


def restore() -> None:
    """Make the test database what the prepared one is, whatever it was before."""
    if connection.vendor == "postgresql":
        restore_postgresql()
    else:
        restore_sqlite()


def restore_sqlite() -> None:
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    shutil.copyfile(folder() / "portal.sqlite3", database)


def restore_postgresql() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    template = postgresql_template()
    with lock("postgresql"), connection._nodb_cursor() as cursor:
        # No two copies of one template at a time.
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def postgresql_template() -> str:
    """The name of the prepared database on this server."""
    template = f"prepared_{key()}"
    with lock("postgresql"), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            making = f"making_{key()}"
            cursor.execute(f"DROP DATABASE IF EXISTS {making} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {making}")
            server = os.environ["DATABASE_URL"].rpartition("/")[0]
            manage("set_up", DATABASE_URL=f"{server}/{making}", DJANGO_SETTINGS_MODULE="portal.settings.test")
            cursor.execute(f"ALTER DATABASE {making} RENAME TO {template}")
    return template


def main() -> None:
    import django

    django.setup()
    if connection.vendor == "postgresql":
        postgresql_template()
    else:
        folder("--demo")


if __name__ == "__main__":
    main()
