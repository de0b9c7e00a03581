"""The applications that `make run` comes with: from submitted to approved, as people would have made them."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from applications.models import Application
from partners.models import Organisation
from portal.audit import hash_chain
from portal.models import Mail, User
from tests.at_desk import client_at_desk

pytestmark = pytest.mark.django_db


def test_the_desk_of_the_demo_has_work_from_submitted_to_approved_and_no_sample_twice():
    call_command("load_demo", verbosity=0, stdout=StringIO())
    for _time in range(2):
        call_command("load_samples", stdout=StringIO())
    found = Application.objects.all()
    assert Counter(application.state for application in found) == {
        "submitted": 2,
        "in_review": 2,
        "changes_requested": 1,
        "approved": 1,
    }
    assert not Organisation.objects.filter(sample=False).exists()
    assert list(hash_chain.breaks()) == []
    assert not Mail.objects.exists(), "nobody waits for their mails"
    desk = client_at_desk(User.objects.get(email="officer@demo.example"))
    inbox = desk.get("/admin/applications/?work=all").content.decode()
    for application in found:
        assert application.reference in inbox
        page = desk.get(f"/admin/applications/{application.pk}/")
        assert page.status_code == 200
        assert [check.missing for check in page.context["checks"] if check.missing] == []
    decider = client_at_desk(User.objects.get(email="decider@demo.example"))
    waiting = found.get(decisions__state="prepared")
    assert waiting.reference in decider.get("/admin/decisions/").content.decode()


def test_they_stay_out_of_a_real_site(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("load_samples")
    assert not Application.objects.exists()
