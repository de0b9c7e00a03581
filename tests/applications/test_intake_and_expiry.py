"""Intake opened, paused or closed by Fedasil; drafts that nobody touches are reminded of, and end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from applications.answers import saving
from applications.drafts import expiry
from applications.models import Application, Intake
from applications.questionnaire.questions import BY_CODE
from portal import clock
from portal.models import Mail
from tests.clients import client_of
from tests.factories import UserFactory, complete_application, sign
from tests.seen import seen

pytestmark = pytest.mark.django_db
TEXTS = {f"text_{code}": f"Come back in spring ({code})." for code in ("nl", "fr", "de", "en")}
DAY = timedelta(days=1)


# ── Intake ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("state", ["paused", "closed"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_while_it_is_not_open_drafts_stay_and_submitting_is_refused_with_the_text(lead, state, language):
    Intake.objects.create(valid_from=clock.now() - DAY, state=state, **TEXTS)
    application = complete_application(lead)
    sign(application.joined_parties[0], lead.user, lead.capacity)
    client = client_of(lead.user)
    address = f"/{language}/applications/{application.uuid}/"
    for page in (address, f"/{language}/applications/", f"/{language}/applications/start/", f"{address}submit/"):
        assert TEXTS[f"text_{language}"] in client.get(page).content.decode(), page
    refused = client.post(f"{address}submit/")
    assert refused.status_code == 409
    assert TEXTS[f"text_{language}"] in refused.content.decode()
    section = f"{address}sections/declaration/"
    saved = client.post(section, {"remarks": "Still working.", "declared": "on", **seen(client, section)})
    assert saved.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.remarks) == ("draft", "Still working.")


def test_what_is_announced_counts_from_its_moment_and_what_is_newest_counts(lead):
    now = clock.now()
    Intake.objects.create(valid_from=now - 2 * DAY, state="closed", **TEXTS)
    Intake.objects.create(valid_from=now - DAY, state="open")
    Intake.objects.create(valid_from=now + DAY, state="paused", **TEXTS)
    client = client_of(lead.user)
    assert 'id="intake"' not in client.get("/nl/applications/").content.decode()
    with clock.standing_at(now + 2 * DAY):
        assert 'id="intake"' in client_of(lead.user).get("/nl/applications/").content.decode()


def test_closing_needs_a_text_in_every_language():
    with pytest.raises(ValidationError):
        Intake(valid_from=clock.now(), state="closed", **{**TEXTS, "text_de": ""}).full_clean()


def test_an_administrator_closes_it_at_the_desk():
    desk = client_of(UserFactory(groups=["Administrators"]))
    sent = {"valid_from": "2026-01-01 00:00", "state": "closed", **TEXTS}
    assert desk.post("/admin/intake/new/", sent).status_code == 302
    assert Intake.objects.get().state == "closed"


# ── Drafts that nobody touches ────────────────────────────────────────────────────────────────────────────────────────
def mails(lead, event: str) -> int:
    return Mail.objects.filter(to=lead.user.email, key__contains=f":{event}:").count()


def at(application, days: int):
    return clock.standing_at(application.changed_at + timedelta(days=days, minutes=1))


def test_reminders_thirty_and_seven_days_before_each_once_then_the_end(lead):
    application = complete_application(lead)
    seen = []
    for days in (334, 335, 336, 357, 358, 359, 364, 365, 366):
        with at(application, days):
            expiry.look_after_drafts()
            expiry.look_after_drafts()
        application.refresh_from_db()
        seen.append((mails(lead, "draft_ends"), mails(lead, "expired"), application.state))
    assert [counts[0] for counts in seen] == [0, 1, 1, 1, 2, 2, 2, 2, 2]
    assert [counts[2] for counts in seen] == ["draft"] * 7 + ["expired"] * 2
    assert seen[-1][1] == 1


def test_whoever_saves_a_section_begins_the_year_anew(lead):
    application = complete_application(lead)
    with at(application, 340):
        expiry.look_after_drafts()
        saving.save_section(application, BY_CODE["declaration"], lead.user, {"remarks": "Still here."})
    application.refresh_from_db()
    with at(application, 300):
        assert expiry.look_after_drafts() == 0
    with at(application, 340):
        assert expiry.look_after_drafts() == 1
    assert mails(lead, "draft_ends") == 2


def test_what_was_submitted_never_ends_by_itself(lead):
    application = complete_application(lead)
    Application.objects.filter(pk=application.pk).update(
        state="submitted", reference="HV-1", submitted_at=application.changed_at, led_by=application.lead
    )
    with at(application, 400):
        assert expiry.look_after_drafts() == 0
