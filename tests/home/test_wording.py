"""What ships uses one word for one thing and is set as each language sets it: catalogues, pages, letters, guides."""

from home.content_checks.wording import forbidden_in
from tests.home.texts import all_texts


def test_no_text_has_a_word_that_is_not_used():
    """wording.csv, for all that ships; editors' own texts are checked by the same list (home/content_checks)."""
    found = [
        f"{text.place} ({text.language}): “{word}”, write “{instead}”"
        for text in all_texts()
        for word, instead in forbidden_in(text.text, text.language)
    ]
    assert not found, "\n".join([f"{len(found)} found", *found])
