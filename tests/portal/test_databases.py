"""What each database does in its own way is tested on both: SQL that differs, constraints and indexes."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("home", "applications", "partners", "portal")
# What Django writes differently for SQLite and PostgreSQL, or leaves to us.
DIFFERS = re.compile(
    r"\b(Exists|OuterRef|Subquery|RawSQL|KeyTransform)\(|\.vendor\b|\.cursor\(|\(Func\)"
    r"|__icontains|__contains|__iregex|(update|ignore)_conflicts",
    re.MULTILINE,
)
MARKED = re.compile(r"each_database\(([^)]*)\)")


def modules_with_sql_that_differs() -> set[str]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and DIFFERS.search(path.read_text(encoding="utf-8"))
    }


def test_modules_with_sql_that_differs_are_tested_on_each_database():
    marks = "".join(
        ", ".join(MARKED.findall(path.read_text(encoding="utf-8"))) + ", "
        for path in (ROOT / "tests").rglob("test_*.py")
    )
    tested = set(re.findall(r'"([\w.]+)"', marks))
    assert modules_with_sql_that_differs() - tested == set(), "mark their tests with each_database(module)"
    assert {name for name in tested if not (ROOT / f"{name.replace('.', '/')}.py").exists()} == set()


NAMES = {
    "sqlite": "SELECT group_concat(sql, ' ') FROM sqlite_master",
    "postgresql": "SELECT string_agg(conname, ' ') || ' ' || (SELECT string_agg(indexname, ' ') FROM pg_indexes) "
    "FROM pg_constraint",
}


@pytest.mark.django_db
@pytest.mark.each_database("portal.audit.log")
def test_each_constraint_and_index_of_a_model_is_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        found = set(re.findall(r"\w+", cursor.fetchone()[0]))
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    wanted = {each.name for model in models for each in [*model._meta.constraints, *model._meta.indexes]}
    assert len(wanted) > 100
    assert wanted - found == set()
