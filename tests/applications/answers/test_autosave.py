"""Nothing typed is lost: kept while typing, carried through signing in, never overwritten by a colleague."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application, AutosavedForm
from portal import clock
from tests.clients import client_of
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
TEXT = "Een lange tekst.\r\nÀ demain, 日本 — \u202eright to left <b>&amp;"
CLEANED = "Een lange tekst.\nÀ demain, 日本 — right to left <b>&amp;"


@pytest.fixture
def address(application):
    return f"/nl/applications/{application.uuid}/sections/declaration/"


def form_of(client, address) -> dict:
    """What the page's form carries unseen, as a browser would send it along."""
    page = client.get(address)
    assert page.status_code == 200
    context = page.context
    return {
        "opened_with": context["opened_with"],
        "typed_by": page.content.decode().split('name="typed_by" value="')[1].split('"')[0],
    }


def keep(client, address, **typed):
    return client.post(f"{address}keep/", typed, headers={"X-Requested-With": "fetch"})


# ── Kept while typing ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_typed_is_kept_for_its_author_alone_and_shown_again(lead, application, address):
    client = client_of(lead.user)
    answer = keep(client, address, remarks=TEXT, declared="on")
    assert answer.json().keys() == {"kept"}
    application.refresh_from_db()
    assert application.remarks == ""
    page = client.get(address)
    assert page.context["form"]["remarks"].value() == CLEANED
    assert 'id="kept"' in page.content.decode()
    colleague = MembershipFactory(organisation=lead.organisation)
    other = client_of(colleague.user).get(address)
    assert 'id="kept"' not in other.content.decode()
    assert other.context["form"]["remarks"].value() == ""


def test_saving_ends_what_was_kept(lead, application, address):
    client = client_of(lead.user)
    keep(client, address, remarks="Half a sen")
    client.post(address, {**form_of(client, address), "remarks": "Half a sentence.", "declared": "on"})
    assert not AutosavedForm.objects.exists()
    application.refresh_from_db()
    assert application.remarks == "Half a sentence."


def test_the_page_on_which_one_submits_says_what_is_not_saved(lead, application, address):
    client = client_of(lead.user)
    submit = f"/nl/applications/{application.uuid}/submit/"
    assert 'id="not-saved"' not in client.get(submit).content.decode()
    keep(client, address, remarks="Secret until saved.")
    page = client.get(submit).content.decode()
    assert str(lead.user) in page.split('id="not-saved"')[1].split("</ul>")[0]
    assert "Secret until saved." not in page


def test_one_can_go_back_to_what_is_saved(lead, address):
    client = client_of(lead.user)
    keep(client, address, remarks="No.")
    client.post(f"{address}discard/")
    assert 'id="kept"' not in client.get(address).content.decode()


def test_a_character_that_no_database_holds_is_a_space(lead, address):
    client = client_of(lead.user)
    keep(client, address, remarks="a\x00b")
    assert client.get(address).context["form"]["remarks"].value() == "a b"


def test_a_wrong_answer_is_kept_too(lead, application):
    client = client_of(lead.user)
    address = f"/nl/applications/{application.uuid}/sections/offer/"
    wrong = client.post(address, {**form_of(client, address), "household_sizes": "five"})
    assert "govuk-error-summary" in wrong.content.decode()
    assert client.get(address).context["form"]["household_sizes"].value() == "five"


def test_what_cannot_be_kept_is_said(lead, address):
    answer = keep(client_of(lead.user), address, remarks="x" * 600_000)
    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert not AutosavedForm.objects.exists()


def test_nobody_keeps_a_text_in_a_section_that_is_not_theirs(lead, application, address):
    viewer = MembershipFactory(organisation=lead.organisation, manager=False, contributor=False, viewer=True)
    assert keep(client_of(viewer.user), address, remarks="No.").status_code == 403
    assert keep(client_of(MembershipFactory().user), address, remarks="No.").status_code == 404


# ── The end of a session ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("seconds", [settings.SESSION_IDLE + 60, settings.SESSION_LONGEST + 60])
def test_what_is_sent_after_the_session_ended_is_there_after_signing_in(lead, application, address, seconds):
    client = client_of(lead.user)
    unseen = form_of(client, address)
    with clock.standing_at(clock.now() + timedelta(seconds=seconds)):
        sent = client.post(address, {**unseen, "remarks": TEXT})
        assert sent["Location"].endswith(f"?next={address}")
        assert keep(client, address, remarks=TEXT).status_code == 401
        client.force_login(lead.user)
        page = client.get(address)
        assert page.context["form"]["remarks"].value() == CLEANED
        application.refresh_from_db()
        assert application.remarks == ""
        client.post(address, {**form_of(client, address), "remarks": page.context["form"]["remarks"].value()})
    application.refresh_from_db()
    assert application.remarks == CLEANED


@pytest.fixture
def pages_with_files(lead, application):
    """Each page of the service with a file to choose, its field, and how its form is sent."""
    colleague = MembershipFactory(organisation=lead.organisation, manager=False)
    return [
        (f"/en/applications/{application.uuid}/sections/attachments/", "availability", {}),
        (f"/en/organisations/people/{colleague.uuid}/", "paper", {"roles": ["viewer", "contributor"]}),
    ]


@pytest.mark.parametrize("end", ["time", "another device", "old form"])
def test_a_file_that_is_lost_with_the_session_is_named(lead, pages_with_files, end):
    for address, field, typed in pages_with_files:
        client = client_of(lead.user, enforce_csrf_checks=end == "old form")
        marked = client.get(address).content.decode().split('name="typed_by" value="')
        sent = {"typed_by": marked[1].split('"')[0] if len(marked) > 1 else "", **typed}
        sent[field] = SimpleUploadedFile("Lease\u202e <2027>.pdf", b"%PDF-1.7")
        if end == "another device":
            client.logout()
        with clock.standing_at(clock.now() + timedelta(hours=13 if end == "time" else 0)):
            assert client.post(address, sent).status_code == 302
            if end != "old form":
                assert "the files you chose are not" in client.get("/en/account/login/").content.decode()
                client.force_login(lead.user)
            page = client.get(address).content.decode()
            assert "was not kept, because you were signed out: “Lease &lt;2027&gt;.pdf”." in page
            for role in typed.get("roles", []):
                assert re.search(f'value="{role}"[^>]*checked', page)
            assert "was not kept" not in client.get(address).content.decode()


def test_the_name_of_a_lost_file_is_not_told_to_who_signs_in_next(lead, pages_with_files):
    address, field, _typed = pages_with_files[0]
    client = client_of(lead.user)
    mark = client.get(address).content.decode().split('name="typed_by" value="')[1].split('"')[0]
    client.logout()
    client.post(address, {"typed_by": mark, field: SimpleUploadedFile("Lease.pdf", b"%PDF-1.7")})
    client.force_login(MembershipFactory(organisation=lead.organisation).user)
    assert "Lease.pdf" not in client.get(address).content.decode()


def test_the_text_is_not_given_to_who_signs_in_next(lead, application, address):
    colleague = MembershipFactory(organisation=lead.organisation)
    client = client_of(lead.user)
    unseen = form_of(client, address)
    client.logout()
    client.post(address, {**unseen, "remarks": "Mine alone."})
    client.force_login(colleague.user)
    assert "Mine alone." not in client.get(address).content.decode()


def test_someone_who_is_busy_stays_signed_in(lead, address):
    client = client_of(lead.user)
    start = clock.now()
    for minutes in range(0, 600, 50):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            assert client.get(address).status_code == 200
    with clock.standing_at(start + timedelta(hours=12, minutes=1)):
        assert client.get(address).status_code == 302


def test_an_old_page_after_signing_in_anew_loses_nothing_and_does_nothing(lead, application, address):
    client = client_of(lead.user, enforce_csrf_checks=True)
    unseen = form_of(client, address)
    answer = client.post(address, {**unseen, "remarks": "Typed in the old tab.", "csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, answer["Location"]) == (302, address)
    application.refresh_from_db()
    assert application.remarks == ""
    assert client.get(address).context["form"]["remarks"].value() == "Typed in the old tab."


def test_a_forged_form_gets_the_usual_refusal(lead, address):
    client = client_of(lead.user, enforce_csrf_checks=True)
    for typed_by in ("", "1:forged"):
        assert client.post(address, {"remarks": "Forged.", "typed_by": typed_by}).status_code == 403
    assert not AutosavedForm.objects.exists()


# ── Two people in one section ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def two(lead):
    colleague = MembershipFactory(organisation=lead.organisation)
    return client_of(lead.user), client_of(colleague.user)


@pytest.fixture
def cooperation(application):
    return f"/nl/applications/{application.uuid}/sections/guidance/"


OLD = {
    "guidance_team": "Two social workers and six volunteers.",
    "guidance_hours": "10",
    "guidance_steps": "Week by week.",
}


def test_what_only_one_of_them_changed_is_saved_for_both(two, application, cooperation):
    mine, theirs = two
    opened, opened_too = form_of(mine, cooperation), form_of(theirs, cooperation)
    theirs.post(cooperation, {**opened_too, **OLD, "guidance_hours": "12"})
    assert mine.post(cooperation, {**opened, **OLD, "guidance_team": "Three."}).status_code == 302
    application.refresh_from_db()
    assert (application.guidance_hours, application.guidance_team) == (12, "Three.")


@pytest.mark.parametrize(("choice", "stays"), [("mine", "Mine, with a bit of theirs."), ("theirs", "Theirs.")])
def test_what_both_changed_is_shown_side_by_side_and_chosen(two, application, cooperation, choice, stays):
    mine, theirs = two
    opened, opened_too = form_of(mine, cooperation), form_of(theirs, cooperation)
    theirs.post(cooperation, {**opened_too, **OLD, "guidance_team": "Theirs."})
    conflict = mine.post(cooperation, {**opened, **OLD, "guidance_team": "Mine."})
    assert conflict.status_code == 409
    (shown,) = conflict.context["conflicts"]
    assert (shown.question.field, shown.text, str(shown.author)) == (
        "guidance_team",
        "Theirs.",
        str(application.parties.get().organisation.memberships.last().user),
    )
    assert conflict.context["form"]["guidance_team"].value() == "Mine."
    application.refresh_from_db()
    assert application.guidance_team == "Theirs."
    again = {"opened_with": conflict.context["opened_with"], **OLD, "guidance_team": "Mine, with a bit of theirs."}
    assert mine.post(cooperation, again).status_code == 409
    assert mine.post(cooperation, {**again, shown.name: choice}).status_code == 302
    application.refresh_from_db()
    assert application.guidance_team == stays


def test_a_double_click_is_no_clash(two, application, cooperation):
    mine, _theirs = two
    opened = form_of(mine, cooperation)
    for _click in range(2):
        assert mine.post(cooperation, {**opened, **OLD, "guidance_team": "Once."}).status_code == 302
    assert Application.objects.get().guidance_team == "Once."


def test_the_same_answer_from_both_is_no_clash(two, cooperation):
    mine, theirs = two
    opened, opened_too = form_of(mine, cooperation), form_of(theirs, cooperation)
    for client, unseen in ((theirs, opened_too), (mine, opened)):
        assert client.post(cooperation, {**unseen, **OLD, "guidance_team": "The same."}).status_code == 302
