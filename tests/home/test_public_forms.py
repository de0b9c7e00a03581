"""Forms that anyone may post, from a network of which many do: a code by mail in place of a wall."""

import re
import string
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from home.models import Session
from home.sessions import services as sessions_services
from partners.models import Interest, Municipality
from portal import clock
from portal.forms.fields import DateField
from portal.models import Mail
from portal.settings import base
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    """The limits of production, counted from nothing in each test."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()


@pytest.fixture
def session():
    officer = UserFactory(groups=["Officers"])
    day = clock.today() + timedelta(days=9)
    return sessions_services.plan(Session(name="Webinar", seats=50, date=day, start_time="14:00"), officer)


class Form:
    """A form of the site in the browser of a visitor."""

    def __init__(self, address: str):
        self.address, self.client = address, Client()

    def send(self, **answers):
        page = self.client.get(self.address).content.decode()
        opened = re.search(r'name="opened" value="([^"]+)"', page)[1]
        return self.post({"opened": opened, "website": "", **answers})

    def post(self, answers):
        with clock.standing_at(clock.now() + timedelta(seconds=10)):
            return self.client.post(self.address, answers)

    def send_again(self, page, **answers):
        """What the page that came back holds, with these answers changed."""
        names = re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page.content.decode())
        form = page.context["form"]
        # A date is asked in three parts; nobody gives one here.
        dates = {name for name, field in form.fields.items() if isinstance(field, DateField)}
        held = {name: form[name].value() or "" for name in form.fields if name not in dates}
        assert set(held) <= set(names)
        return self.post({**held, **answers})


def registration(number: int, **more) -> dict:
    return {
        "name": f"Visitor {string.ascii_uppercase[number]}",
        "email": f"v{number}@town.example",
        "organisation": "Town",
        **more,
    }


def interest(number: int, **more) -> dict:
    place = Municipality.objects.offered().first()
    answers = {"name": f"Group {number}", "kind": "group", "municipality": place.pk, "contact_name": "Anna"}
    return {**answers, "email": f"v{number}@town.example", "message": "We have a house.", **more}


def code_to(email: str) -> str:
    text = Mail.objects.filter(to=email, key__startswith="form-code:").latest("pk").text
    return re.search(r"^ {4}(\S+)$", text, re.MULTILINE)[1]


def filled(address: str, answers) -> None:
    """Ten of this hour from one town hall."""
    for number in range(10):
        assert Form(address).send(**answers(number)).status_code == 302


def test_the_eleventh_registration_of_an_hour_is_possible_with_a_code_from_the_mail(session):
    address = f"/nl/sessions/{session.uuid}/register/"
    filled(address, registration)
    form = Form(address)
    asked = form.send(**registration(10, needs="A ramp"))
    assert asked.status_code == 200
    assert session.registrations.count() == 10
    wrong = form.send_again(asked, code="BBBB-BBBB")
    assert "Deze code is niet juist" in wrong.content.decode()
    assert session.registrations.count() == 10
    done = form.send_again(wrong, code=code_to("v10@town.example"))
    assert done.status_code == 302
    assert session.registrations.get(email="v10@town.example").needs == "A ramp"
    assert Mail.objects.filter(key__startswith="form-code:").count() == 1


def test_each_form_counts_for_itself(session):
    filled(f"/nl/sessions/{session.uuid}/register/", registration)
    assert Form("/nl/interest/").send(**interest(1)).status_code == 302
    assert Form("/nl/brochure/").send(email="v1@town.example").status_code == 302


def test_interest_above_the_limit_is_kept_once_the_address_is_proved():
    filled("/nl/interest/", interest)
    form = Form("/nl/interest/")
    asked = form.send(**interest(10))
    assert not Interest.objects.filter(email="v10@town.example").exists()
    assert "We have a house." in asked.content.decode()
    assert form.send_again(asked, code=code_to("v10@town.example")).status_code == 302
    assert Interest.objects.get(email="v10@town.example").message == "We have a house."


def test_a_code_proves_the_address_to_which_it_went_and_no_other():
    filled("/nl/interest/", interest)
    form = Form("/nl/interest/")
    asked = form.send(**interest(10))
    code = code_to("v10@town.example")
    other = form.send_again(asked, code=code, email="v11@town.example")
    assert other.status_code == 200
    assert not Interest.objects.filter(email="v11@town.example").exists()
    assert form.send_again(other, code=code_to("v11@town.example")).status_code == 302


def test_a_code_is_good_for_one_form():
    filled("/nl/interest/", interest)
    form = Form("/nl/interest/")
    asked = form.send(**interest(10))
    code = code_to("v10@town.example")
    assert form.send_again(asked, code=code).status_code == 302
    assert form.send_again(asked, code=code).status_code == 200
    assert Interest.objects.filter(email="v10@town.example").count() == 1


def test_nobody_is_flooded_through_the_form():
    for number in range(15):
        client = Form("/nl/interest/")
        client.client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert client.send(**interest(number, email="victim@town.example")).status_code == 302
    assert Mail.objects.filter(to="victim@town.example").count() == 5
    assert Interest.objects.filter(email="victim@town.example").count() == 15


def test_a_form_that_only_mails_has_a_limit_of_its_own_and_says_what_to_do(settings):
    settings.ACCOUNT_RATE_LIMITS = {"mail_me_form": "2/h/ip"}
    answers = [Form("/nl/brochure/").send(email=f"v{number}@town.example") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 202]
    assert "te vaak" in answers[2].content.decode()
    assert 'value="v2@town.example"' in answers[2].content.decode()
