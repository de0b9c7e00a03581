"""An information session is proposed, previewed and approved; those registered are told when a change is published."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from home.models import Session, SessionIndexPage, SessionPage
from home.sessions import services as sessions_services
from portal import clock
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BEFORE = datetime(2030, 3, 1, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))
TYPED = {"name": "Webinar", "date": "2030-04-17", "start_time": "14:00", "place": "the new hall", "seats": "2"}


@pytest.fixture(autouse=True)
def at_the_time():
    with clock.standing_at(BEFORE):
        yield


@pytest.fixture
def editor():
    return UserFactory(groups=["Editors"])


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"])


@pytest.fixture
def session(publisher) -> Session:
    planned = Session(name="Webinar", date=date(2030, 4, 10), start_time=time(14), place="the old hall", seats=1)
    planned = sessions_services.plan(planned, publisher)
    for name in ("anna", "bob"):
        sessions_services.register(
            planned, name=name, email=f"{name}@town.example", organisation="", needs="", language="nl"
        )
    return planned


def told(name="anna") -> list[str]:
    return list(Mail.objects.filter(to=f"{name}@town.example").order_by("pk").values_list("subject", flat=True))


def url_of(session, page, *args) -> str:
    return reverse(f"desk_sessions:{page}", args=[session.pk, *args])


def submit(editor, session) -> None:
    response = client_of(editor).post(url_of(session, "edit"), {**TYPED, "action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors


def approve(publisher, session) -> None:
    state = session.current_workflow_task_state
    client_of(publisher).post(url_of(session, "workflow_action", "approve", state.pk), {"comment": ""})


def test_a_draft_tells_nobody_and_changes_nothing(session, editor):
    client_of(editor).post(url_of(session, "edit"), TYPED)
    session.refresh_from_db()
    assert session.has_unpublished_changes
    assert (session.place, session.seats, session.sequence) == ("the old hall", 1, 0)
    assert told() == ["U hebt een plaats: Webinar"]


def test_an_approved_change_is_told_once_and_more_seats_go_to_those_who_wait(session, editor, publisher):
    submit(editor, session)
    assert told() == ["U hebt een plaats: Webinar"]
    approve(publisher, session)
    session.refresh_from_db()
    assert (session.place, session.seats, session.sequence, session.state) == ("the new hall", 2, 1, "planned")
    assert told()[1:] == ["Gewijzigd: Webinar"]
    assert told("bob")[-1] == "U hebt een plaats: Webinar"
    entry = log.entries_of(session).last()
    assert (entry.action, entry.actor) == ("changed", publisher)


def test_a_change_is_sent_back_with_a_comment(session, editor, publisher):
    submit(editor, session)
    state = session.current_workflow_task_state
    client_of(publisher).post(url_of(session, "workflow_action", "reject", state.pk), {"comment": "Which hall?"})
    assert "Which hall?" in Mail.objects.get(to=editor.email).text
    assert len(told()) == 1


def test_who_edits_cannot_publish_or_cancel(session, editor):
    client_of(editor).post(url_of(session, "edit"), {**TYPED, "action-publish": "1"})
    client_of(editor).post(url_of(session, "cancel"), {"reason": "No."})
    session.refresh_from_db()
    assert (session.place, session.state) == ("the old hall", "planned")
    page = client_of(editor).get(url_of(session, "edit")).content.decode()
    assert url_of(session, "cancel") not in page
    assert url_of(session, "registrations") not in page


def test_a_proposed_session_is_not_there_for_readers_until_it_is_published(editor, publisher):
    client_of(editor).post(reverse("desk_sessions:add"), {**TYPED, "name": "Proposed", "action-submit": "1"})
    session = Session.objects.get(name="Proposed")
    register = f"/nl/sessions/{session.uuid}/register/"
    assert Client().get(register).status_code == 404
    index = SessionIndexPage.objects.get(locale__language_code="nl")
    offered = reverse("wagtailadmin_pages:add", args=["home", "sessionpage", index.pk])
    option = f'<option value="{session.pk}">'
    assert option not in client_of(editor).get(offered).content.decode()
    assert [entry.action for entry in log.entries_of(session)] == []
    approve(publisher, session)
    assert Client().get(register).status_code == 200
    assert option in client_of(editor).get(offered).content.decode()
    assert [entry.action for entry in log.entries_of(session)] == ["planned"]


def test_cancelling_ends_the_approval_that_waits(session, editor, publisher):
    submit(editor, session)
    sessions_services.cancel(session, publisher, reason="Storm.")
    session = Session.objects.get(pk=session.pk)
    assert session.current_workflow_state is None
    with pytest.raises(Refused):
        session.latest_revision.publish(user=publisher)
    response = client_of(editor).post(url_of(session, "edit"), TYPED)
    assert response.status_code == 200
    assert "afgelast" in str(response.context["form"].non_field_errors())
    session.refresh_from_db()
    assert (session.state, session.place) == ("cancelled", "the old hall")


def test_a_seat_given_while_a_draft_waits_stays(session, editor, publisher):
    """What changed since the draft was written, state and number of changes included, is not taken back by it."""
    submit(editor, session)
    session.place = "the third hall"
    sessions_services.change(session, publisher)
    session = Session.objects.get(pk=session.pk)
    assert session.sequence == 1
    old = session.revisions.earliest("created_at")
    old.publish(user=publisher)
    session.refresh_from_db()
    assert session.sequence == 2


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_its_preview_shows_what_is_typed_in_each_language(session, editor, language):
    client, url = client_of(editor), url_of(session, "preview_on_edit")
    assert client.post(url, TYPED).json() == {"is_valid": True, "is_available": True}
    response = client.get(url, {"in_preview_panel": "true", "mode": language})
    assert response.status_code == 200
    body = response.content.decode()
    assert f'<html lang="{language}"' in body
    assert "the new hall" in body
    assert 'datetime="2030-04-17"' in body
    assert "userbar.js" in body


def test_a_new_session_is_previewed_before_it_is_saved(editor):
    url = reverse("desk_sessions:preview_on_add")
    assert client_of(editor).post(url, TYPED).json() == {"is_valid": True, "is_available": True}
    body = client_of(editor).get(url, {"mode": "fr"}).content.decode()
    assert "the new hall" in body


def test_the_page_shows_what_is_published(session, editor):
    page = SessionPage(title="Vragen", slug="vragen", intro="Kom.", session=session)
    SessionIndexPage.objects.get(locale__language_code="nl").add_child(instance=page)
    page.save_revision().publish()
    client_of(editor).post(url_of(session, "edit"), TYPED)
    assert "the old hall" in Client().get(page.url_path).content.decode()
