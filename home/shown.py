"""What blocks show of other rows: sessions to come, and questions with their answers, in the language of the page."""

from collections.abc import Iterable

from django.apps import apps

from portal import clock


def coming_sessions(locale_id: int, most: int) -> list:
    """The pages of the next sessions that are planned; one query."""
    pages = apps.get_model("home", "SessionPage")._default_manager.filter(
        live=True,
        locale=locale_id,
        session__live=True,
        session__state="planned",
        session__date__gte=clock.today(),
    )
    return list(pages.select_related("session").order_by("session__date", "session__start_time", "pk")[:most])


def questions_of(keys: Iterable, locale_id: int) -> dict:
    """The published questions with these translation keys that have an answer, by key; one query, or none."""
    keys = set(keys)
    if not keys:
        return {}
    found = apps.get_model("home", "Question")._default_manager.filter(
        live=True, locale=locale_id, translation_key__in=keys
    )
    return {question.translation_key: question for question in found if question.is_answered}
