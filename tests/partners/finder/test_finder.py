"""Organisations that lack an aim find each other; no address is shown, and each notice ends."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.finder import conversations, notices
from partners.models import FinderConversation, FinderNotice, Municipality
from portal import clock
from portal.audit import log
from portal.models import Mail
from tests.at_desk import client_at_desk
from tests.factories import MembershipFactory, UserFactory
from tests.portal.objects import seeking

pytestmark = pytest.mark.django_db

S = FinderConversation.State
ANSWERS = {
    "seeks": ["stay"],
    "offers": ["guidance"],
    "area": "province",
    "province": "40000",
    "words": "We guide families.",
    "agreed": "on",
}


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"], language="en")


def member(officer, **more):
    verified = {"organisation__verified_at": clock.now(), "organisation__verified_by": officer}
    return MembershipFactory(user__language="en", **verified, **more)


@pytest.fixture
def seeker(officer):
    return member(officer)


@pytest.fixture
def town(officer):
    return member(officer)


def at(name, key):
    return reverse(f"partners:{name}", args=[key])


def as_user(client, person):
    client.force_login(person.user)
    return client


def publish(client, person, **more):
    answers = {**ANSWERS, "ends_on": (clock.today() + timedelta(days=60)).isoformat(), **more}
    answers = {name: value for name, value in answers.items() if value is not None}
    return as_user(client, person).post(at("finder_own", person.organisation.uuid), answers)


def written(client, seeker, town, text="Good morning, we have a house."):
    publish(client, seeker)
    notice = FinderNotice.objects.get(organisation=seeker.organisation)
    as_user(client, town).post(at("finder_notice", notice.uuid), {"text": text})
    return FinderConversation.objects.get()


def post(client, person, step, talk, **data):
    return as_user(client, person).post(at(f"finder_{step}", talk.uuid), data)


# ── The notice ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_notice_is_shown_with_consent_to_verified_organisations_of_its_area(client, officer, seeker, town):
    assert "govuk-error-message" in publish(client, seeker, agreed=None).content.decode()
    assert not FinderNotice.objects.exists()
    assert publish(client, seeker).status_code == 302
    notice = FinderNotice.objects.get()
    assert (notice.consent_by, notice.consent_version) == (seeker.user, notices.CONSENT_VERSION)
    page = at("finder", town.organisation.uuid)
    assert seeker.organisation.name in as_user(client, town).get(page).content.decode()

    ghent = town.organisation.municipality
    town.organisation.municipality = Municipality.objects.current().exclude(province=ghent.province).first()
    town.organisation.save()
    assert seeker.organisation.name not in client.get(page).content.decode()
    assert seeker.organisation.name in client.get(page, {"province": ghent.province}).content.decode()
    type(town.organisation).objects.update(verified_at=None, verified_by=None)
    assert seeker.organisation.name not in client.get(page, {"province": ghent.province}).content.decode()
    assert client.get(at("finder_notice", notice.uuid)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2031-01-01"},
        {"words": "Write to me@vzw.example"},
        {"seeks": None},
        {"area": "municipalities"},
    ],
)
def test_a_notice_that_breaks_a_rule_is_not_kept(client, seeker, wrong):
    assert "govuk-error-message" in publish(client, seeker, **wrong).content.decode()
    assert not FinderNotice.objects.exists()


def test_a_notice_ends_by_itself_unless_one_click_renews_it(client, seeker, monkeypatch):
    publish(client, seeker, ends_on=(clock.today() + timedelta(days=15)).isoformat())
    notices.look_after()
    assert not Mail.objects.filter(to=seeker.user.email).exists()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
    assert (notices.look_after(), notices.look_after()) == (1, 0)
    assert "Renew" in Mail.objects.get(to=seeker.user.email).text
    as_user(client, seeker).post(at("finder_renew", seeker.organisation.uuid))
    notice = FinderNotice.objects.get()
    assert notice.ends_on == notices.months_from_today(3)
    assert notice.reminded_at is None
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=120))
    notices.look_after()
    notice.refresh_from_db()
    assert notice.state == FinderNotice.State.LAPSED
    assert log.entries_of(notice).last().action == "lapse"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=400))
    conversations.forget()
    assert not FinderNotice.objects.exists()


# ── A conversation ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "words", ["Bel 09 266 11 11", "+32 470 12 34 56", "Zie www.town.example", "clerk@town.example"]
)
def test_the_words_of_a_notice_lead_past_the_portal_in_no_way(words):
    with pytest.raises(ValidationError):
        FinderNotice._meta.get_field("words").clean(words, None)


def test_a_message_is_read_on_the_portal_and_shows_no_address(client, seeker, town):
    talk = written(client, seeker, town, "SECRET-WORDS")
    mail = Mail.objects.get(to=seeker.user.email)
    assert "SECRET-WORDS" not in mail.text
    assert f"/finder/conversations/{talk.uuid}/" in mail.text
    page = as_user(client, seeker).get(at("finder_conversation", talk.uuid)).content.decode()
    assert "SECRET-WORDS" in page
    for person in (seeker, town):
        seen = as_user(client, person).get(at("finder_conversation", talk.uuid)).content.decode()
        other = town if person == seeker else seeker
        assert other.user.email not in seen + mail.text
        assert other.user.get_full_name() not in seen
    assert post(client, seeker, "conversation", talk, text="How many rooms?").status_code == 302
    assert Mail.objects.filter(to=town.user.email, key__contains="finder_message").count() == 1


def test_details_are_read_only_when_both_shared_them(client, seeker, town):
    talk = written(client, seeker, town)
    post(client, town, "share", talk, reach="Ann, 09 111 22 33")
    assert "09 111 22 33" not in as_user(client, seeker).get(at("finder_conversation", talk.uuid)).content.decode()
    post(client, seeker, "share", talk, reach="Bea, 09 444 55 66")
    assert "09 111 22 33" in as_user(client, seeker).get(at("finder_conversation", talk.uuid)).content.decode()
    post(client, seeker, "close", talk)
    talk.refresh_from_db()
    assert (talk.state, talk.first_reach, talk.second_reach) == (S.CLOSED, "", "")
    notice = FinderNotice.objects.get()
    as_user(client, town).post(at("finder_notice", notice.uuid), {"text": "Why?"})
    assert FinderConversation.objects.count() == 1, "written to again after it was closed"


def test_who_leaves_the_organisation_loses_access(client, seeker, town):
    talk = written(client, seeker, town)
    address = at("finder_conversation", talk.uuid)
    assert as_user(client, seeker).get(address).status_code == 200
    seeker.delete()
    assert client.get(address).status_code == 404
    assert client.post(at("finder_share", talk.uuid), {"reach": "x"}).status_code == 404


def test_messages_of_a_day_are_limited(client, officer, seeker, town):
    for _number in range(conversations.NEW_A_DAY):
        as_user(client, town).post(at("finder_notice", seeking(officer).uuid), {"text": "Hello."})
    answer = as_user(client, town).post(at("finder_notice", seeking(officer).uuid), {"text": "Hello."})
    assert "govuk-error-summary" in answer.content.decode()
    assert FinderConversation.objects.count() == conversations.NEW_A_DAY


def test_a_conversation_is_deleted_half_a_year_after_its_last_step(client, seeker, town, monkeypatch):
    written(client, seeker, town)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=180))
    conversations.forget()
    assert FinderConversation.objects.exists()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=190))
    assert conversations.forget() == 1
    assert not FinderConversation.objects.exists()


# ── Fedasil ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_team_reads_what_was_reported_and_nothing_else(client, officer, seeker, town):
    talk = written(client, seeker, town, "SECRET-WORDS")
    desk, page = client_at_desk(officer), reverse("desk_finder_conversations:inspect", args=[talk.pk])
    assert "SECRET-WORDS" not in desk.get(page).content.decode()
    post(client, seeker, "report", talk, report="They sell things.")
    assert Mail.objects.filter(key__contains=":reported:").count() == 1
    assert "SECRET-WORDS" in desk.get(page).content.decode()
    post(client, town, "conversation", talk, text="More")
    assert talk.messages.count() == 1
    desk.post(reverse("desk_finder_conversations:block", args=[talk.pk]))
    talk.refresh_from_db()
    assert talk.state == S.BLOCKED


def test_fedasil_introduces_two_who_both_have_to_agree(client, officer, seeker, town):
    desk, introduce = client_at_desk(officer), reverse("desk_finder:introduce")
    pair = {"one": seeker.organisation.pk, "other": town.organisation.pk, "introduction": "Same town."}
    town.user.language = "fr"
    town.user.save()
    desk.post(introduce, pair)
    talk = FinderConversation.objects.get()
    languages = Mail.objects.filter(key__contains="finder_introduced").values_list("language", flat=True)
    assert sorted(languages) == ["en", "fr"]
    post(client, seeker, "agree", talk)
    talk.refresh_from_db()
    assert talk.state == S.INTRODUCED
    post(client, seeker, "agree", talk)
    talk.refresh_from_db()
    assert talk.state == S.INTRODUCED, "one agreed twice"
    post(client, town, "agree", talk)
    talk.refresh_from_db()
    assert talk.state == S.OPEN
    assert Mail.objects.filter(key__contains="finder_agreed").count() == 2


def test_a_blocked_organisation_is_out(client, officer, seeker, town):
    talk = written(client, seeker, town)
    client_at_desk(officer).post(
        reverse("desk_organisations:finder_block", args=[seeker.organisation.pk]), {"reason": "It sells things."}
    )
    talk.refresh_from_db()
    assert talk.state == S.BLOCKED
    assert FinderNotice.objects.get().state == FinderNotice.State.REMOVED
    assert re.search("sells things", Mail.objects.get(key__contains="finder_removed").text)
    publish(client, seeker)
    assert FinderNotice.objects.count() == 1
