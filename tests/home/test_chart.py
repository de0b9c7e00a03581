"""The chart tells of some years: where there is room, and with the same numbers as its table."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from home.blocks import BodyBlock
from home.chart import LEADING, LETTER, NUMBER, WIDTH, Box, chart
from home.content.source import fixed_id
from home.numbers import Numbers
from partners.models import YearFigure

TOLD = {2017: "meer dan de toezegging van 1.150", 2021: "na twee jaren met 239 en 176", 2024: "van 500 plaatsen"}
COUNTS = st.lists(st.tuples(st.none() | st.integers(0, 2000), st.integers(0, 2000)), min_size=12, max_size=12)


def box_of(note) -> Box:
    width = max([2 * NUMBER, *(len(line) * LETTER for line in note.lines)])
    left = note.x if note.anchor == "start" else note.x - width
    return Box(left, note.y, left + width, note.y + NUMBER + LEADING * len(note.lines))


@given(COUNTS)
def test_what_is_annotated_stays_inside_and_apart(counts):
    rows = [
        YearFigure(year=2013 + at, pledged=pledged, arrived=arrived) for at, (pledged, arrived) in enumerate(counts)
    ]
    drawn = chart(rows, TOLD)
    boxes = [box_of(note) for note in drawn.notes if note.y > 0]
    assert [note.bar.year for note in drawn.notes] == sorted(TOLD)
    for place, box in enumerate(boxes):
        assert box.left >= 0
        assert box.right <= WIDTH
        assert not any(box.meets(other) for other in boxes[place + 1 :])
        assert not any(box.meets(taken) for bar in drawn.bars for taken in bar.boxes)


def test_years_without_a_pledge_are_named():
    drawn = chart([YearFigure(year=2019, arrived=239), YearFigure(year=2021, pledged=1463, arrived=964)])
    assert drawn.without_pledge == [2019]
    assert all(bar.is_annotated for bar in drawn.bars)


@pytest.mark.django_db
def test_a_chart_that_was_placed_before_it_could_tell_anything_is_still_drawn():
    [block] = BodyBlock().to_python([{"type": "chart", "value": None, "id": "5a0c8d8e-8b1b-4b0e-9a55-0d6f3f0f7f21"}])
    assert 'class="chart"' in block.render({"numbers": Numbers({"years.each"})})


@pytest.mark.django_db
def test_the_figures_page_tells_of_four_years_in_the_drawing_and_in_the_list_of_phones():
    page = Page.objects.get(translation_key=fixed_id("figures"), locale__language_code="fr")
    text = Client().get(page.url_path).content.decode()
    assert text.count("chart__annotated") == 4
    assert text.count("<em>") == 4
    assert "2019, 2020, 2022" in text
