"""The engine of every life in the portal: a table of transitions is data, and `fire` is the only way through it.

A room declares its table in its own workflow.py. One call of `fire` takes the row lock, checks state, permission and
guards, changes the state, writes the log entry and runs the effects, all in one transaction: all of it, or nothing.
"""

from collections.abc import Callable, Iterable
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
    """The transition table of one model with a `state` field."""

    model: type[Subject]
    transitions: Iterable[Transition]
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
            locked = self.model._default_manager.select_for_update().get(pk=subject.pk)
            if transition.permission and not rules.has_perm(transition.permission, actor, locked):
                raise PermissionDenied
            stateful = cast(HasState, locked)
            before = stateful.state
            if before not in transition.sources:
                raise NotAllowed(
                    _("This is not possible now: the state is “%(state)s”.") % {"state": stateful.get_state_display()}
                )
            for guard in transition.guards:
                guard(locked, actor, **params)
            values = {"state": transition.target}
            if transition.sets:
                values |= transition.sets(locked, actor, **params)
            # SQLite has no row locks: the condition on the state keeps two writers apart there.
            if not self.model._default_manager.filter(pk=locked.pk, state=before).update(**values):
                raise NotAllowed(_("Someone else was faster. Reload the page to see what changed."))
            for field_name, value in values.items():
                setattr(locked, field_name, value)
            log.record(
                locked,
                name,
                actor=actor,
                from_state=before,
                to_state=transition.target,
                data=data,
                note=note,
            )
            for effect in transition.effects:
                effect(locked, actor, **params)
        return locked

    def allows(self, name: str, subject: Subject, actor: User | None) -> bool:
        """True where state and permission would let the actor try; guards may still refuse."""
        transition = self.table[name]
        return cast(HasState, subject).state in transition.sources and (
            transition.permission is None or rules.has_perm(transition.permission, actor, subject)
        )
