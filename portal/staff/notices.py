"""Notices to the people of Fedasil: in the desk, and by mail at once or in one mail each morning, as each one chose.

This room knows neither what things there are nor what happens to them: rooms register their kinds of notices, and for
each model how one of its rows is called, where it stands, and who may know of it. A notice holds no more than that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from .. import clock
from ..mail import outbox
from ..models import Mail, Notice, NoticeChoice, User, Way
from . import absences

About = TypeVar("About", bound=models.Model)

# When the mail of the morning goes out, in Belgium.
MORNING = time(7)


@dataclass(frozen=True)
class Kind:
    """What happened, as a sentence; and how one is told who chose nothing else."""

    code: str
    text: Promise
    usually: Way


@dataclass(frozen=True)
class Subject(Generic[About]):
    """What notices are about: its name, its address at the desk, the rows of which a person may know, and which of
    these people may know of a row."""

    name: Callable[[About], str]
    address: Callable[[About], str]
    seen_by: Callable[[User], QuerySet[About]]
    readers: Callable[[About, Iterable[int]], Iterable[User]]


KINDS: dict[str, Kind] = {}
SUBJECTS: dict[type[models.Model], Subject[Any]] = {}


def register(kinds: Iterable[Kind]) -> None:
    KINDS.update({kind.code: kind for kind in kinds})


def register_subject(model: type[About], subject: Subject[About]) -> None:
    SUBJECTS[model] = subject


def kind_of(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


# ── Telling ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def tell(
    people: Iterable[User],
    kind: str,
    about: models.Model,
    occasion: object,
    *,
    but: User | None = None,
    many: bool = False,
) -> list[User]:
    """A notice for each of these people who may know of it, and for who stands in; answers who has one.

    `occasion` tells one such event from the next; `but` is who did it. `many`: one of many at once, for which nobody
    gets a mail each: it waits for the morning.
    """
    absent = absences.away()
    named = [person for person in people if person != but]
    told: dict[int, User | None] = {person.pk: None for person in named}
    for person in named:
        deputy = absences.present(person.pk, absent)
        if deputy and deputy != getattr(but, "pk", None):
            told.setdefault(deputy, person)
    readers = list(SUBJECTS[type(about)].readers(about, told))
    ways = _ways(readers, kind)
    for reader in readers:
        way = Way.DIGEST if many and ways[reader.pk] == Way.AT_ONCE else ways[reader.pk]
        _give(reader, told[reader.pk], kind, about, f"{kind}:{about.pk}:{occasion}", way)
    return readers


def _ways(people: list[User], kind: str) -> dict[int, str]:
    chosen = NoticeChoice.objects.filter(user__in=people, kind=kind).values_list("user_id", "way")
    return dict.fromkeys((person.pk for person in people), KINDS[kind].usually) | dict(chosen)


def _give(reader: User, absent: User | None, kind: str, about: models.Model, key: str, way: str) -> None:
    notice, is_new = Notice.objects.get_or_create(
        user=reader,
        key=key,
        defaults={
            "stands_in_for": absent,
            "kind": kind,
            "about_type": kind_of(type(about)),
            "about_id": about.pk,
            "way": way,
            "at": clock.now(),
        },
    )
    if is_new and way == Way.AT_ONCE:
        outbox.queue(
            key=f"notice:{notice.pk}",
            to=reader.email,
            language=reader.language,
            template="portal/notice",
            context={
                "reference": SUBJECTS[type(about)].name(about),
                "text": KINDS[kind].text,
                "absent": absent,
                "notice": notice,
            },
        )


def mail_to(address: str, language: str, kind: str, about: models.Model, occasion: object) -> None:
    """The same as a mail to an address that is nobody's own, such as the team's."""
    subject = SUBJECTS[type(about)]
    outbox.queue(
        key=f"notice:{kind}:{about.pk}:{occasion}:{address}"[:200],
        to=address,
        language=language,
        template="portal/notice",
        context={"reference": subject.name(about), "text": KINDS[kind].text, "address": subject.address(about)},
    )


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def visible_to(user: User) -> QuerySet[Notice]:
    """The person's notices about what he or she may know of now: what one withdrew from is gone."""
    seen = Q(pk__in=[])
    for model, subject in SUBJECTS.items():
        kind = kind_of(model)
        seen |= Q(about_type=kind, about_id__in=subject.seen_by(user).order_by().values("pk"))
    return Notice.objects.filter(seen, user=user, kind__in=KINDS)


def unread(user: User) -> int:
    return visible_to(user).filter(read_at=None).count()


def mark_read(notices: QuerySet[Notice]) -> int:
    return notices.filter(read_at=None).update(read_at=clock.now())


@dataclass(frozen=True)
class Shown:
    """A notice as a person reads it."""

    notice: Notice
    reference: str
    text: Promise
    absent: User | None


def shown(notices: Iterable[Notice]) -> list[Shown]:
    """With the names of what they are about, read together."""
    notices = list(notices)
    names = {}
    for model, subject in SUBJECTS.items():
        kind = kind_of(model)
        ids = {notice.about_id for notice in notices if notice.about_type_id == kind.pk}
        names |= {(kind.pk, found.pk): subject.name(found) for found in model._default_manager.filter(pk__in=ids)}
    return [
        Shown(
            notice,
            names[notice.about_type_id, notice.about_id],
            KINDS[notice.kind].text,
            notice.stands_in_for if notice.stands_in_for_id else None,
        )
        for notice in notices
    ]


def address_of(notice: Notice) -> str:
    """Where what it is about stands in the desk."""
    model = notice.about_type.model_class()
    return SUBJECTS[model].address(model._default_manager.get(pk=notice.about_id))


def ways_of(user: User) -> dict[str, str]:
    """For each kind, how this person is told."""
    chosen = dict(NoticeChoice.objects.filter(user=user).values_list("kind", "way"))
    return {code: chosen.get(code, kind.usually) for code, kind in KINDS.items()}


@transaction.atomic
def choose(user: User, ways: dict[str, str]) -> None:
    """Keep how this person wants to be told; only what differs from the usual way is a row."""
    for code, way in ways.items():
        if way == KINDS[code].usually:
            NoticeChoice.objects.filter(user=user, kind=code).delete()
        else:
            NoticeChoice.objects.update_or_create(user=user, kind=code, defaults={"way": way})


# ── The mail of the morning ───────────────────────────────────────────────────────────────────────────────────────────
def send_digests() -> int:
    """From the hour of the morning on: one mail to each who has something new since the last (a job of `run_due`)."""
    now = timezone.localtime(clock.now())
    if now.time() < MORNING:
        return 0
    morning = timezone.make_aware(datetime.combine(now.date(), MORNING))
    waiting = Notice.objects.filter(way=Way.DIGEST, read_at=None, in_digest_at=None, at__lt=morning)
    people = User.objects.filter(is_active=True, pk__in=waiting.order_by().values("user"))
    return sum(_send_digest(person.pk, morning) for person in people.order_by("pk"))


@transaction.atomic
def _send_digest(person_id: int, morning: datetime) -> bool:
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    key = f"notices:{person.pk}:{morning:%Y-%m-%d}"
    if Mail.objects.filter(key=key).exists():
        return False
    new = visible_to(person).filter(way=Way.DIGEST, read_at=None, in_digest_at=None, at__lt=morning)
    lines = shown(new.select_related("stands_in_for").order_by("at", "pk"))
    if not lines:
        return False
    Notice.objects.filter(pk__in=[line.notice.pk for line in lines]).update(in_digest_at=clock.now())
    outbox.queue(
        key=key,
        to=person.email,
        language=person.language,
        template="portal/notices",
        context={"lines": lines, "count": len(lines)},
    )
    return True
