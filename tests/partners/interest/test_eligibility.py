"""The rule of the check: never a plain no, always a reason, and more in hand never closes a way."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.interest.eligibility import (
    PUBLIC,
    Answers,
    Cooperation,
    Guidance,
    Kind,
    Legal,
    Missing,
    Partner,
    Reason,
    Road,
    Stay,
    advise,
)

# From less to more in hand. What one is (a legal person, a group) is not more or less of something.
MORE = {
    "legal": (Legal.UNSURE, Legal.YES),
    "stay": (Stay.NOT_YET, Stay.IN_SIGHT, Stay.IN_HAND),
    "guidance": (Guidance.NOT_YET, Guidance.OTHERS, Guidance.VOLUNTEERS, Guidance.OURSELVES),
    "cooperation": (Cooperation.TALK_FIRST, Cooperation.YES),
}
answers = st.builds(
    Answers,
    kind=st.sampled_from(Kind),
    legal=st.sampled_from(Legal),
    stay=st.sampled_from(Stay),
    guidance=st.sampled_from(Guidance),
    cooperation=st.sampled_from(Cooperation),
    partners=st.frozensets(st.sampled_from(Partner)),
)


def roads(given_answers: Answers) -> set[Road]:
    return {way.road for way in advise(given_answers).ways}


def missing(given_answers: Answers) -> set[Missing]:
    return {search.missing for search in advise(given_answers).searches}


def answered(**changes) -> Answers:
    whole = {
        "kind": Kind.MUNICIPALITY,
        "legal": Legal.YES,
        "stay": Stay.IN_HAND,
        "guidance": Guidance.OURSELVES,
        "cooperation": Cooperation.YES,
    }
    return Answers(**{**whole, **changes})


def test_every_combination_of_answers_gets_ways_with_reasons():
    for kind, legal, stay, guidance, cooperation in product(Kind, Legal, Stay, Guidance, Cooperation):
        for partners in ((), tuple(Partner), *((partner,) for partner in Partner)):
            advice = advise(Answers(kind, legal, stay, guidance, cooperation, frozenset(partners)))
            assert advice.ways
            assert all(way.reasons for way in advice.ways)
            assert all(search.ask or search.look_for for search in advice.searches)


@given(answers)
def test_no_way_and_no_search_is_told_twice_and_everyone_may_talk(given_answers):
    advice = advise(given_answers)
    assert len(advice.ways) == len(roads(given_answers))
    assert len(advice.searches) == len(missing(given_answers))
    assert {Road.TOGETHER, Road.TALK} <= roads(given_answers)


@given(st.data(), answers)
def test_more_in_hand_never_closes_a_way_nor_misses_more(data, less):
    more = {}
    for name, scale in MORE.items():
        value = getattr(less, name)
        more[name] = data.draw(st.sampled_from(scale[scale.index(value) :])) if value in scale else value
    partners = less.partners | data.draw(st.frozensets(st.sampled_from(Partner)))
    better = Answers(kind=less.kind, partners=partners, **more)
    assert roads(less) <= roads(better)
    assert missing(better) <= missing(less)


@given(answers)
def test_only_a_legal_person_that_lacks_nothing_applies_alone(given_answers):
    is_whole = not missing(given_answers) and given_answers.is_legal_person
    assert (Road.ALONE in roads(given_answers)) == is_whole


def test_who_lacks_nothing_reads_what_those_named_can_do():
    named = {Partner.PCSW, Partner.VOLUNTEERS}
    together = next(way for way in advise(answered(partners=frozenset(named))).ways if way.road == Road.TOGETHER)
    assert {Reason.WITH_PCSW, Reason.WITH_VOLUNTEERS} <= set(together.reasons)
    assert not {Reason.WITH_MUNICIPALITY, Reason.WITH_NON_PROFIT} & set(together.reasons)
    assert all(f"with_{partner}" in Reason.values for partner in Partner)


@given(answers)
def test_partners_who_take_part_already_are_asked_first(given_answers):
    for search in advise(given_answers).searches:
        assert set(search.ask) <= given_answers.partners
        assert bool(search.ask) != bool(search.look_for)


@given(answers)
def test_a_number_makes_only_the_host_group_superfluous(given_answers):
    informal = Answers(**{**vars(given_answers), "legal": Legal.INFORMAL})
    registered = Answers(**{**vars(given_answers), "legal": Legal.YES})
    assert roads(informal) - roads(registered) <= {Road.SPONSORSHIP}


@pytest.mark.parametrize(
    ("changes", "first", "look_for"),
    [
        ({}, Road.ALONE, {}),
        ({"partners": frozenset({Partner.PCSW})}, Road.TOGETHER, {}),
        ({"cooperation": Cooperation.TALK_FIRST}, Road.TALK, {}),
        ({"stay": Stay.NOT_YET}, Road.TOGETHER, {Missing.STAY: {Partner.NON_PROFIT}}),
        ({"guidance": Guidance.OTHERS}, Road.TOGETHER, {Missing.GUIDANCE: {Partner.PCSW, Partner.NON_PROFIT}}),
        (
            {"kind": Kind.PCSW, "stay": Stay.NOT_YET},
            Road.TOGETHER,
            {Missing.STAY: {Partner.MUNICIPALITY, Partner.NON_PROFIT}},
        ),
        (
            {"kind": Kind.GROUP, "legal": Legal.INFORMAL},
            Road.SPONSORSHIP,
            {Missing.NUMBER: {Partner.MUNICIPALITY, Partner.PCSW, Partner.NON_PROFIT}},
        ),
    ],
)
def test_what_fits_best_comes_first(changes, first, look_for):
    advice = advise(answered(**changes))
    assert advice.ways[0].road == first
    assert {search.missing: set(search.look_for) for search in advice.searches} == look_for


@pytest.mark.parametrize("kind", sorted(PUBLIC))
def test_a_public_body_that_says_it_is_a_group_has_to_look_for_its_number(kind):
    advice = advise(answered(kind=kind, legal=Legal.INFORMAL))
    assert Missing.NUMBER not in {search.missing for search in advice.searches}
    assert Reason.NUMBER_UNSURE in next(way for way in advice.ways if way.road == Road.TOGETHER).reasons
