"""How large a file is, as each language writes it."""

import pytest
from django.utils.translation import override

from portal.formats import file_size, labelled


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
