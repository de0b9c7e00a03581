"""The engine of every life in the portal: a table of transitions is data, and `fire` is the only way through it.

A room declares its table in its own workflow.py. One call of `fire` takes the row lock, checks state, permission and
guards, changes the state, writes the log entry and runs the effects, all in one transaction: all of it, or nothing.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, cast

import rules
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from .audit import log
from .models import User

Subject = TypeVar("Subject", bound=models.Model)


class HasState(Protocol):
    """What the engine reads of a model beside what all models have."""

    state: str

    def get_state_display(self) -> str: ...


class Refused(Exception):
    """A rule says no. `messages` are sentences for the reader, translated."""

    def __init__(self, *messages: str):
        super().__init__(*messages)
        self.messages = list(messages)


class NotAllowed(Refused):
    """The table has no such transition from the state in which the object is now."""


def not_possible_now(subject: HasState) -> str:
    """What a reader is told whose object is in a state in which this cannot be done."""
    return _("This is not possible now: the state is “%(state)s”.") % {"state": subject.get_state_display()}


def locked(
    rows: models.QuerySet[Subject],
    actor: User | None = None,
    permission: str | None = None,
    states: Collection[str] | None = None,
) -> Subject:
    """The only one of these rows as it is now, under its row lock until the transaction ends.

    permission: name of a rule that the actor must pass, PermissionDenied otherwise; None asks nothing.
    states: those in which this is possible, NotAllowed in any other; None are all.
    """
    found = rows.select_for_update().get()
    if permission and not rules.has_perm(permission, actor, found):
        raise PermissionDenied
    if states is not None and cast(HasState, found).state not in states:
        raise NotAllowed(not_possible_now(cast(HasState, found)))
    return found


@dataclass(frozen=True)
class Transition:
    """One row of a table.

    guards: called as guard(object, actor, **params), under the lock; they raise Refused.
    sets: called as sets(object, actor, **params); answers further fields that change in the same UPDATE as the state.
    effects: called as effect(object, actor, **params), after the change, in the same transaction.
    permission: name of a rule that the actor must pass; None for what the system itself does.
    """

    name: str
    sources: frozenset[str]
    target: str
    permission: str | None
    guards: tuple[Callable[..., Any], ...] = ()
    sets: Callable[..., dict[str, Any]] | None = None
    effects: tuple[Callable[..., Any], ...] = ()


@dataclass
class Workflow(Generic[Subject]):
    """The transition table of one model with a `state` field.

    related: what guards and effects read again and again, so it is read once with the object.
    """

    model: type[Subject]
    transitions: Iterable[Transition]
    related: tuple[str, ...] = ()
    table: dict[str, Transition] = field(init=False)

    def __post_init__(self):
        self.table = {transition.name: transition for transition in self.transitions}

    def fire(
        self,
        name: str,
        subject: Subject,
        actor: User | None,
        *,
        note: str = "",
        data: dict | None = None,
        **params,
    ) -> Subject:
        """Carry out the transition and answer the fresh object.

        Raises NotAllowed (wrong state), PermissionDenied (wrong person) or Refused (a guard); nothing is changed then.
        """
        transition = self.table[name]
        with transaction.atomic():
            rows = self.model._default_manager.filter(pk=subject.pk).prefetch_related(*self.related)
            fresh = locked(rows, actor, transition.permission, transition.sources)
            before = cast(HasState, fresh).state
            for guard in transition.guards:
                guard(fresh, actor, **params)
            values = {"state": transition.target}
            if transition.sets:
                values |= transition.sets(fresh, actor, **params)
            # SQLite has no row locks: the condition on the state keeps two writers apart there.
            if not self.model._default_manager.filter(pk=fresh.pk, state=before).update(**values):
                raise NotAllowed(_("Someone else was faster. Reload the page to see what changed."))
            for field_name, value in values.items():
                setattr(fresh, field_name, value)
            log.record(
                fresh,
                name,
                actor=actor,
                from_state=before,
                to_state=transition.target,
                data=data,
                note=note,
            )
            for effect in transition.effects:
                effect(fresh, actor, **params)
        return fresh

    def is_possible(self, name: str, subject: Subject) -> bool:
        """True where the transition leads out of the present state, for whoever may try; guards may still refuse."""
        return cast(HasState, subject).state in self.table[name].sources

    def allows(self, name: str, subject: Subject, actor: User | None) -> bool:
        """True where state and permission would let the actor try; guards may still refuse."""
        permission = self.table[name].permission
        return self.is_possible(name, subject) and (permission is None or rules.has_perm(permission, actor, subject))
