"""Triggers that the portal makes in its databases, where a constraint cannot say the rule.

An ALTER on SQLite rebuilds a table and drops its triggers, so whoever has some installs them after every migrate, and
registers a check that finds them missing.
"""

from collections.abc import Mapping, Sequence

from django.db import connections

NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
}


def install(statements: Mapping[str, Sequence[str]], using: str = "default") -> None:
    """Execute the statements, by database vendor, that make triggers where they are missing."""
    with connections[using].cursor() as cursor:
        for statement in statements[connections[using].vendor]:
            cursor.execute(statement)


def missing(names: set[str], using: str = "default") -> set[str]:
    """Which of these triggers the database does not have."""
    with connections[using].cursor() as cursor:
        cursor.execute(NAMES[connections[using].vendor])
        return names - {name for (name,) in cursor.fetchall()}
