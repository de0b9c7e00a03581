"""Mails to those who translate: in the morning what is new, each week what still waits, at once what is waited for."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from portal import clock
from portal.mail import outbox
from portal.models import Mail, User
from portal.permissions import EDITORS, LANGUAGE_TRANSLATORS, TRANSLATORS
from portal.staff import absences
from portal.staff.notices import MORNING

from ..missing import missing_from
from .waiting import Waiting, waiting

REMIND_AFTER = timedelta(days=7)
# How many texts a mail names.
NAMED = 20
# How the keys of these mails begin.
MAIL_KEY = "texts-to-translate:"


def send_mails() -> int:
    """From the hour of the morning on, to each translator at most once a day (a job of `run_due`); how many."""
    now = timezone.localtime(clock.now())
    if now.time() < MORNING:
        return 0
    by_person: dict[int, list[Waiting]] = {}
    for language, texts in _by_language(waiting([code for code, _name in settings.LANGUAGES])).items():
        for person in translators_of(language):
            by_person.setdefault(person, []).extend(texts)
    people = User.objects.filter(pk__in=by_person).order_by("pk")
    return sum(_send(person, by_person[person.pk], now) for person in people)


def _by_language(texts: Iterable[Waiting]) -> dict[str, list[Waiting]]:
    found: dict[str, list[Waiting]] = {}
    for each in texts:
        found.setdefault(each.translation.target_locale.language_code, []).append(each)
    return found


def translators_of(language: str) -> set[int]:
    """The ids of those who translate into it and are there today; of the editors where there is nobody."""
    away = absences.away()
    for groups in ({TRANSLATORS, LANGUAGE_TRANSLATORS.get(language)}, {EDITORS}):
        if language == settings.LANGUAGE_CODE:
            groups = {EDITORS}
        people = User.objects.filter(is_active=True, groups__name__in=groups).values_list("pk", flat=True)
        if found := set(people) - away.keys():
            return found
    return set()


@transaction.atomic
def _send(person: User, texts: list[Waiting], now: datetime) -> bool:
    key = f"{MAIL_KEY}{person.pk}:"
    if last := Mail.objects.filter(key__startswith=key).order_by("-queued_at").first():
        is_due = last.queued_at <= now - REMIND_AFTER or any(each.since > last.queued_at for each in texts)
        if not is_due or timezone.localtime(last.queued_at).date() == now.date():
            return False
    texts = sorted(texts, key=lambda each: (each.title, each.language))
    outbox.queue(
        key=f"{key}{now:%Y-%m-%d}",
        to=person.email,
        language=person.language,
        template="home/texts_to_translate",
        context={
            "texts": texts[:NAMED],
            "count": len(texts),
            "more": max(len(texts) - NAMED, 0),
            "address": reverse("desk_translations"),
        },
    )
    return True


@transaction.atomic
def tell_at_once(translation: Translation, occasion: object, *, but: User | None = None) -> None:
    """A publisher waits for this translation: those who translate into its language are told now, but for `but`."""
    language = translation.target_locale.language_code
    words = sum(len(text.plain.split()) for text in missing_from(translation))
    for person in User.objects.filter(pk__in=translators_of(language)).order_by("pk"):
        if person != but and words:
            outbox.queue(
                key=f"draft-to-translate:{translation.pk}:{occasion}:{person.pk}",
                to=person.email,
                language=person.language,
                template="home/draft_to_translate",
                context={
                    "title": translation.source.object_repr,
                    "words": words,
                    "address": AdminURLFinder().get_edit_url(translation.get_target_instance()),
                },
            )
