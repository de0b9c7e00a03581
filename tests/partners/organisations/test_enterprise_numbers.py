import contextlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from partners import enterprise_numbers
from partners.enterprise_numbers import check_digits, display, parse
from tests.factories import OrganisationFactory

first_eight = st.integers(0, 19_999_999).map(lambda n: f"{n:08d}")
numbers = first_eight.map(lambda first: first + check_digits(first))


@given(numbers, st.sampled_from(["{}", "BE {}", "be{}", " {} ", "BE-{}"]), st.booleans())
def test_a_right_number_is_read_however_it_is_written(digits, form, with_dots):
    assert parse(form.format(display(digits) if with_dots else digits)) == digits


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_one_changed_digit_is_refused(digits, place, shift):
    changed = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(ValidationError):
        parse(changed)


@given(first_eight, st.sampled_from(["00", "98", "99"]))
def test_check_digits_out_of_range_are_refused(first, check):
    with pytest.raises(ValidationError) as refusal:
        parse(first + check)
    assert refusal.value.code == "check_digits"


@given(st.text(max_size=30))
def test_any_other_text_gets_a_message(text):
    with contextlib.suppress(ValidationError):
        digits = parse(text)
        assert digits[8:] == check_digits(digits[:8])


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0207451228", "0207451200", "020745122", "2207451227"])
def test_the_database_refuses_a_wrong_number(number):
    with pytest.raises(IntegrityError):
        OrganisationFactory(enterprise_number=number)


def test_the_message_says_what_to_do():
    with pytest.raises(ValidationError, match=r"0207\.451\.227"):
        enterprise_numbers.validate("abc")
