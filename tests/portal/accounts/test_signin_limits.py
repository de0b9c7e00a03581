"""What a stranger who knows an address can do to its owner: neither keep the person out nor fill the mailbox."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from portal import clock
from portal.models import Mail
from portal.settings import base
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import ask_for_code, code_for, is_signed_in, sign_in, type_code

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("portal.mail.ceilings")]
STRANGER = {"REMOTE_ADDR": "198.51.100.66"}


@pytest.fixture(autouse=True)
def limits(settings):
    """The limits of production, counted from nothing in each test."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()


def mails_to(email: str) -> int:
    return Mail.objects.filter(to=email).count()


def minutes(count: float):
    return clock.standing_at(clock.now() + timedelta(minutes=count))


def test_three_posts_of_a_stranger_keep_nobody_out_and_send_one_mail():
    user = UserFactory()
    for _post in range(3):
        ask_for_code(Client(), user.email, **STRANGER)
    assert mails_to(user.email) == 1
    client = Client()
    page = ask_for_code(client, user.email)
    assert page.redirect_chain[-1][0] == "/nl/account/login/code/"
    type_code(client, code_for(user.email))
    assert is_signed_in(client)


def test_who_is_attacked_all_day_can_sign_in_at_any_minute_and_gets_few_mails():
    user = UserFactory()
    start = clock.now()
    for step in range(24 * 4):
        network = {"REMOTE_ADDR": f"198.51.100.{step}"}
        with clock.standing_at(start + timedelta(minutes=15 * step)):
            ask_for_code(Client(), user.email, **network)
    assert mails_to(user.email) <= 30
    for minute in (5, 14):
        with clock.standing_at(start + timedelta(minutes=24 * 60 - 15 + minute)):
            client = Client()
            ask_for_code(client, user.email, REMOTE_ADDR=f"192.0.2.{minute}")
            type_code(client, code_for(user.email))
            assert is_signed_in(client)


def test_a_code_works_for_ten_minutes_after_it_was_asked_for_whoever_asked_before():
    user = UserFactory()
    ask_for_code(Client(), user.email, **STRANGER)
    client = Client()
    with minutes(9):
        ask_for_code(client, user.email)
        code = code_for(user.email)
    with minutes(12):
        ask_for_code(Client(), user.email, **STRANGER)  # another mail: the code that the person holds still works
    assert mails_to(user.email) == 2
    with minutes(18):
        type_code(client, code)
    assert is_signed_in(client)


def test_wrong_codes_of_a_stranger_take_nothing_from_who_holds_the_right_one():
    user = UserFactory()
    for _browser in range(8):
        stranger = Client()
        ask_for_code(stranger, user.email, **STRANGER)
        for _try in range(3):
            type_code(stranger, "BBBB-BBBB", **STRANGER)
    client = Client()
    ask_for_code(client, user.email)
    type_code(client, code_for(user.email))
    assert is_signed_in(client)
    assert mails_to(user.email) == 1


def test_a_network_that_guessed_too_often_does_not_get_in_by_the_right_code():
    user = UserFactory()
    for _browser in range(4):
        stranger = Client()
        ask_for_code(stranger, user.email, **STRANGER)
        for _try in range(3):
            type_code(stranger, "BBBB-BBBB", **STRANGER)
    stranger = Client()
    ask_for_code(stranger, user.email, **STRANGER)
    type_code(stranger, code_for(user.email), **STRANGER)
    assert not is_signed_in(stranger)


def test_a_code_ends_after_a_hundred_wrong_ones_from_anywhere():
    user = UserFactory()
    for number in range(34):
        network = {"REMOTE_ADDR": f"198.51.100.{number}"}
        stranger = Client()
        ask_for_code(stranger, user.email, **network)
        for _try in range(3):
            type_code(stranger, "BBBB-BBBB", **network)
    burnt = code_for(user.email)
    client = Client()
    ask_for_code(client, user.email)
    assert mails_to(user.email) == 2
    type_code(client, burnt)
    assert not is_signed_in(client)
    type_code(client, code_for(user.email))
    assert is_signed_in(client)


def test_a_known_browser_is_held_up_by_no_stranger_of_its_own_network():
    user = UserFactory()
    client = sign_in(user, **STRANGER)
    client.post("/nl/account/logout/")
    for number in range(22):
        Client().post("/nl/account/login/", {"login": f"v{number}@town.example"}, **STRANGER)
    refused = ask_for_code(Client(), user.email, **STRANGER)
    assert "govuk-error-summary" in refused.content.decode()
    before = mails_to(user.email)
    sign_in(user, client, **STRANGER)
    assert is_signed_in(client)
    assert mails_to(user.email) == before + 1


def test_codes_to_one_address_have_a_ceiling_and_the_page_says_when_the_next_can_go():
    """Who uses each code gets a new one at once, but not without end."""
    user = UserFactory()
    known = sign_in(user)
    known.post("/en/account/logout/")
    for number in range(19):
        assert is_signed_in(sign_in(user, REMOTE_ADDR=f"198.51.100.{number}"))
    assert mails_to(user.email) == 2 * 20 - 1  # each but the first with the notice of a new browser
    page = ask_for_code(Client(), user.email, "en")
    text = page.content.decode()
    assert page.status_code == 200
    assert "We can send the next one from" in text
    assert f'value="{user.email}"' in text
    assert is_signed_in(sign_in(user, known))
    with minutes(61):
        assert is_signed_in(sign_in(user))
