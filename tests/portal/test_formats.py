"""Sizes, labels, dates and times, as each language writes them."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from portal.formats import file_size, labelled, period, time_of_day

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Those that portal/locale/*/formats.py writes by language, for machines, a year alone, and the day in a drawn calendar.
DATE_FORMATS = {"DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "Y-m-d", "c", "Y", "j"}
DAY, TWO, THREE = date(2026, 12, 22), time(14), time(15)


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (1, {"nl": "1 kB", "fr": "1 Ko", "de": "1 KB", "en": "1 KB"}),
        (300 * 1024, {"nl": "300 kB", "fr": "300 Ko", "de": "300 KB", "en": "300 KB"}),
        (5 * 1024**2, {"nl": "5 MB", "fr": "5 Mo", "de": "5 MB", "en": "5 MB"}),
        (int(2.5 * 1024**2), {"nl": "2,5 MB", "fr": "2,5 Mo", "de": "2,5 MB", "en": "2.5 MB"}),
        (12_345_678, {"nl": "12 MB", "fr": "12 Mo", "de": "12 MB", "en": "12 MB"}),
    ],
)
def test_a_size_is_written_in_the_units_of_the_language(length, shown):
    for language, text in shown.items():
        with override(language):
            assert file_size(length).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("language", "label", "shown"),
    [
        ("nl", "Gemeente", "Gemeente: Gent"),
        ("fr", "Commune", "Commune\N{NO-BREAK SPACE}: Gent"),
        ("fr", "Dans quelle commune ?", "Dans quelle commune ? Gent"),
    ],
)
def test_a_label_stands_before_its_text_as_in_the_language(language, label, shown):
    with override(language):
        assert labelled(label, "Gent") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nl", ["22 december 2026", "22 december 2026 om 14.05 uur", "14.05 uur"]),
        ("fr", ["22 décembre 2026", "22 décembre 2026 à 14 h 05", "14 h 05"]),
        ("de", ["22. Dezember 2026", "22. Dezember 2026 um 14:05 Uhr", "14:05 Uhr"]),
        ("en", ["22 December 2026", "22 December 2026 at 14:05", "2.05 pm"]),
    ],
)
def test_a_date_and_a_moment_are_written_as_in_the_language(language, shown):
    moment = datetime(2026, 12, 22, 14, 5)  # noqa: DTZ001
    with override(language):
        said = [date_format(moment, "DATE_FORMAT"), date_format(moment, "DATETIME_FORMAT"), time_of_day(moment)]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == shown


@pytest.mark.parametrize(
    ("language", "times", "shown"),
    [
        ("nl", (TWO, THREE), "dinsdag 22 december 2026, 14 tot 15 uur"),
        ("fr", (TWO, THREE), "mardi 22 décembre 2026, de 14 h à 15 h"),
        ("de", (TWO, THREE), "Dienstag, 22. Dezember 2026, 14 bis 15 Uhr"),
        ("en", (TWO, THREE), "Tuesday 22 December 2026, 2 to 3 pm"),
        ("en", (time(11, 30), THREE), "Tuesday 22 December 2026, 11.30 am to 3 pm"),
        ("nl", (time(9, 30),), "dinsdag 22 december 2026, 9.30 uur"),
        ("fr", (TWO,), "mardi 22 décembre 2026, à 14 h"),
        ("de", (), "Dienstag, 22. Dezember 2026"),
    ],
)
def test_a_period_is_written_as_in_the_language(language, times, shown):
    with override(language):
        assert period(DAY, *times).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_the_first_of_a_month_in_french():
    with override("fr"):
        assert period(date(2026, 12, 1)) == "mardi 1er décembre 2026"


def test_no_template_writes_a_date_by_a_format_of_its_own():
    found = {
        (str(path.relative_to(TEMPLATES)), name)
        for path in TEMPLATES.rglob("*.*")
        if path.suffix in (".html", ".txt", ".xml")
        for name in re.findall(r'\|(?:date|time):"([^"]*)"', path.read_text())
    }
    assert {(path, name) for path, name in found if name not in DATE_FORMATS} == set()
