"""Expressions of interest: said in five minutes, followed up, and taken over as a draft."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.drafts.from_interest import open_draft
from applications.models import Application
from partners.interest import services as interest_services
from partners.models import Interest, Municipality
from portal import clock
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.factories import InterestFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"])


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


def send(language="nl", **answers):
    """Open the form, take ten seconds, send it."""
    client = Client()
    address = f"/{language}/interest/"
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(address).content.decode())[1]
    answers = {
        "name": "Interested town",
        "kind": "municipality",
        "municipality": Municipality.objects.get(refnis="44021").pk,
        "contact_name": "Contact",
        "email": "Contact@town.example",
        "opened": opened,
        "website": "",
        **answers,
    }
    with clock.standing_at(clock.now() + timedelta(seconds=10)):
        return client.post(address, answers)


def test_five_minutes_make_a_lead_and_two_mails():
    response = send("fr", persons="5", message="Nous avons une maison.")
    assert response.status_code == 302
    assert "vous contacte" in Client().get(response["Location"]).content.decode()
    interest = Interest.objects.get()
    assert (interest.state, interest.source, interest.language, interest.email) == (
        "new",
        "form",
        "fr",
        "contact@town.example",
    )
    assert interest.follow_up_on == clock.today() + timedelta(days=7)
    assert interest.owner is None
    subjects = dict(Mail.objects.values_list("to", "subject"))
    assert subjects == {
        "contact@town.example": "Nous avons reçu votre marque d’intérêt pour devenir partenaire",
        "resettlement@fedasil.be": "[Actie nodig] Nieuwe interesse om partner te worden",
    }
    assert "maison" not in "".join(Mail.objects.values_list("text", flat=True)), "a mail says that, not what"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"website": "x"}, "leeg moet blijven"),
        ({"message": "http://a.example http://b.example http://c.example"}, "hoogstens twee"),
        ({"name": ""}, "Schrijf de naam van uw organisatie"),
        ({"kind": ""}, "Kies wat voor organisatie u bent"),
        ({"kind": "other"}, "Kies wat voor organisatie u bent"),
        ({"municipality": ""}, "Kies een gemeente"),
        ({"persons": "many"}, "in cijfers"),
        ({"persons": "0"}, "vanaf 1"),
        ({"persons": "1000000000"}, "tot en met 200"),
        ({"email": "nobody"}, "geldig e-mailadres"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_the_rest_stays(answers, said):
    response = send(phone="09 266 70 00", **answers)
    text = response.content.decode()
    assert response.status_code == 200
    assert said in text.replace("&#x27;", "'")
    assert 'value="09 266 70 00"' in text
    assert not Interest.objects.exists()


@pytest.mark.parametrize("typed", ["9266700", "call me"])
def test_a_number_at_which_nobody_can_be_called_is_refused_at_its_field(typed):
    text = send("fr", phone=typed, name="Ville").content.decode()
    assert "pas un numéro de téléphone" in text
    assert f'value="{typed}"' in text
    assert not Interest.objects.exists()


class AnythingTyped(TestCase):
    @given(st.text(max_size=300), st.text(max_size=50), st.text(max_size=2500))
    @settings(max_examples=40, deadline=None)
    def test_anything_typed_gets_a_page(self, name, persons, message):
        assert send(name=name, persons=persons, message=message).status_code in (200, 302)


# ── At the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("typed", ["09/266 70 00", "0032 9 266 70 00", "+32 (0)9/266.70.00"])
def test_a_number_stands_in_one_way_in_list_file_and_draft(desk, officer, typed):
    send(phone=typed)
    interest = Interest.objects.get()
    page = desk.get(f"/admin/interests/{interest.pk}/").content.decode()
    assert '<a class="w-underline" href="tel:+32-9-266-70-00">+32 9 266 70 00</a>' in page
    file = desk.get("/admin/interests/?export=csv")
    assert "+32 9 266 70 00" in b"".join(file.streaming_content).decode("utf-8-sig")
    assert str(open_draft(interest, officer).contact_phone) == "+32 9 266 70 00"


def test_an_officer_records_a_call_follows_it_up_and_closes_it(desk, officer):
    response = desk.post(
        "/admin/interests/new/",
        {
            "source": "telephone",
            "name": "A town that called",
            "kind": "pcsw",
            "municipality": Municipality.objects.get(refnis="44021").pk,
            "contact_name": "Contact",
            "email": "c@town.example",
            "phone": "0470 12 34 56",
            "language": "nl",
            "follow_up_on": (clock.today() + timedelta(days=3)).isoformat(),
        },
    )
    assert response.status_code == 302, response.content.decode()
    interest = Interest.objects.get()
    assert (interest.owner, interest.source) == (officer, "telephone")
    assert not Mail.objects.filter(to="c@town.example").exists(), "they know that they called"
    other = UserFactory(groups=["Officers"])
    plan = {"owner": other.pk, "follow_up_on": "2031-05-06", "note": "Waits for the college."}
    desk.post(f"/admin/interests/{interest.pk}/follow-up/", plan)
    assert "Waits for the college." in desk.get(f"/admin/interests/{interest.pk}/").content.decode()
    desk.post(f"/admin/interests/{interest.pk}/close/", {"note": "No home for now."})
    interest.refresh_from_db()
    assert (interest.owner, interest.state) == (other, "closed")
    desk.post(f"/admin/interests/{interest.pk}/reopen/")
    assert [entry.action for entry in log.entries_of(interest)] == ["recorded", "follow_up", "close", "reopen"]


def test_the_owner_is_reminded_on_the_day_once(officer):
    interest = interest_services.record(InterestFactory.build(follow_up_on=clock.today() + timedelta(days=3)), officer)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        call_command("run_due", verbosity=0)
        call_command("run_due", verbosity=0)
        assert not interest.is_overdue
    with clock.standing_at(clock.now() + timedelta(days=4)):
        call_command("run_due", verbosity=0)
        assert interest.is_overdue
    assert Mail.objects.filter(to=officer.email).count() == 1


def test_jobs_that_did_not_run_on_the_day_remind_later_and_once(officer):
    interest_services.record(InterestFactory.build(follow_up_on=clock.today() + timedelta(days=3)), officer)
    for days in (5, 5, 6):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            call_command("run_due", verbosity=0)
    assert Mail.objects.filter(to=officer.email).count() == 1


def test_the_list_needs_no_more_queries_for_more_leads(desk):
    def queries(address):
        desk.get(address)
        with CaptureQueriesContext(connection) as found:
            assert desk.get(address).status_code == 200
        return len(found)

    for _number in range(10):
        interest_services.express(InterestFactory.build())
    few = queries("/admin/interests/"), queries("/admin/interests/?export=xlsx")
    for _number in range(40):
        interest_services.express(InterestFactory.build())
    assert (queries("/admin/interests/"), queries("/admin/interests/?export=xlsx")) == few


# ── A draft that the organisation takes over ──────────────────────────────────────────────────────────────────────────
def test_a_draft_is_opened_and_taken_over_with_what_was_said(desk, officer):
    interest = interest_services.express(
        InterestFactory.build(email="c@town.example", contact_name="Contact of the town", language="en")
    )
    desk.post(f"/admin/applications/open-draft/{interest.pk}/")
    application = Application.objects.get()
    assert application.language == "nl", "never English"
    mail = Mail.objects.filter(to="c@town.example").latest("pk")
    address = re.search(r"http://\S+?(/en/applications/invitations/\S+)", mail.text)[1]
    person = MembershipFactory(
        user=UserFactory(email="c@town.example"), organisation=OrganisationFactory(letter_language="fr")
    )
    client, stranger = Client(), Client()
    client.force_login(person.user)
    stranger.force_login(MembershipFactory().user)
    assert stranger.get(address).status_code == 403
    assert "Fedasil opened an application for you" in client.get(address).content.decode()
    response = client.post(f"{address}accept/", {"organisation": person.organisation_id, "aims": ["stay"]})
    assert response["Location"].endswith(f"/en/applications/{application.uuid}/")
    application.refresh_from_db()
    assert (application.language, application.contact_name) == ("fr", "Contact of the town")
    assert application.lead == person.organisation
    page = client.get(response["Location"]).content.decode()
    assert "Fedasil opened the application for you." in page
    assert desk.get(f"/admin/applications/{application.pk}/").status_code == 404, "a draft is the applicants' own"


def test_an_opened_draft_that_is_declined_ends(officer):
    interest = interest_services.express(InterestFactory.build())
    application = open_draft(interest, officer)
    person = UserFactory(email=interest.email)
    client = Client()
    client.force_login(person)
    client.post(f"/nl/applications/invitations/{application.parties.get().uuid}/decline/")
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert client.get("/nl/applications/").status_code == 200


def test_one_draft_a_lead(officer):
    interest = interest_services.express(InterestFactory.build())
    open_draft(interest, officer)
    with pytest.raises(Refused):
        open_draft(interest, officer)
    assert Application.objects.count() == 1


def moment(number: int, day, part: str = "morning") -> dict:
    parts = {f"day_{number}_{each}": getattr(day, each) for each in ("day", "month", "year")}
    return {**parts, f"part_{number}": part}


def test_a_call_is_asked_for_at_up_to_three_moments_and_the_desk_reads_them(desk):
    today = clock.today()
    monday = today + timedelta(days=7 - today.weekday())
    phone = {"phone": "0470 12 34 56"}
    saturday, tuesday = monday + timedelta(days=5), monday + timedelta(days=1)
    for refused, fields in (
        (moment(1, today) | moment(2, saturday) | {"part_3": "noon"} | phone, {"day_1", "day_2", "day_3"}),
        (moment(1, monday, "") | moment(2, tuesday) | moment(3, tuesday), {"part_1", "day_3", "phone"}),
    ):
        assert set(send(**refused).context["form"].errors) == fields
    assert send(**moment(1, monday + timedelta(days=1), "noon"), **moment(2, monday), **phone).status_code == 302
    interest = Interest.objects.get()
    assert [(each.number, each.part) for each in interest.moments.all()] == [(1, "noon"), (2, "morning")]
    page = desk.get(reverse("desk_interests:inspect", args=[interest.pk])).content.decode()
    assert "rond de middag (12–14 uur)" in page
    for values in ({"number": 4}, {"day": monday + timedelta(days=5)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            interest.moments.filter(number=1).update(**values)
