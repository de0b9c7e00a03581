"""The engine, seen through the table of Application."""

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application
from applications.workflow.transitions import APPLICATION
from portal.audit import log
from portal.models import Mail
from portal.workflow import NotAllowed, Refused, locked
from tests.factories import MembershipFactory, UserFactory, complete_application

pytestmark = pytest.mark.django_db
STATES = list(Application.State)


@pytest.fixture
def lead():
    return MembershipFactory(capacity="representative")


@pytest.fixture
def application(lead):
    return complete_application(lead)


def in_state(application, state):
    fields = {"state": state}
    if state not in ("draft", "withdrawn", "expired"):
        fields |= {
            "reference": "HV-2026-TEST22",
            "submitted_at": application.created_at,
            "led_by": application.lead,
        }
    Application.objects.filter(pk=application.pk).update(**fields)
    application.refresh_from_db()


NOT_IN_TABLE = [
    (name, state) for name, row in sorted(APPLICATION.table.items()) for state in STATES if state not in row.sources
]
APPLICANTS = {"submit", "answer_changes", "answer_some", "withdraw"}


@pytest.mark.parametrize(("name", "state"), NOT_IN_TABLE)
def test_what_is_not_in_the_table_is_refused(application, lead, name, state):
    in_state(application, state)
    actor = lead.user if name in APPLICANTS else UserFactory(groups=["Officers", "Deciders"])
    entries = log.entries_of(application).count()
    with pytest.raises((NotAllowed, PermissionDenied)):
        APPLICATION.fire(name, application, actor, asked={"5.2": "x"}, due_on=None, reasons="x", contact=actor)
    application.refresh_from_db()
    assert application.state == state
    assert log.entries_of(application).count() == entries
    assert not Mail.objects.exists()


def test_a_refusing_guard_leaves_no_trace(application, lead):
    entries = log.entries_of(application).count()
    with pytest.raises(Refused):
        APPLICATION.fire("submit", application, lead.user)
    application.refresh_from_db()
    assert (application.state, application.reference) == ("draft", None)
    assert log.entries_of(application).count() == entries
    assert not Mail.objects.exists()


def test_a_stranger_is_refused(application):
    with pytest.raises(PermissionDenied):
        APPLICATION.fire("withdraw", application, UserFactory())
    application.refresh_from_db()
    assert application.state == "draft"


def test_a_failing_effect_undoes_everything(application, lead, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the printer is on fire")

    monkeypatch.setattr("applications.workflow.submission.send_mails", fail)
    entries = log.entries_of(application).count()
    with pytest.raises(RuntimeError):
        APPLICATION.fire("withdraw", application, lead.user)
    application.refresh_from_db()
    assert application.state == "draft"
    assert log.entries_of(application).count() == entries


def test_a_row_is_locked_for_the_right_person_in_the_right_state(application, lead):
    rows = Application.objects.filter(pk=application.pk)
    edit = "applications.edit_application"
    assert locked(rows) == locked(rows, lead.user, edit, {"draft"}) == application
    with pytest.raises(PermissionDenied):
        locked(rows, UserFactory(), edit, {"submitted"})
    with pytest.raises(NotAllowed, match=application.get_state_display()):
        locked(rows, lead.user, edit, {"submitted", "in_review"})
