"""What takes long is never done within a transaction; and a mail is rendered once, however many get it."""

from collections import Counter

import pytest
from django.db import transaction
from django.test.signals import template_rendered

from applications.models import ChangeRequest
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from partners.organisations import services as organisations_services
from portal import clock
from portal.documents.pdf import pdf
from portal.files import clamav, previews
from portal.mail.outbox import deliver
from portal.models import Mail
from portal.slow_work import others_may_wait
from tests.factories import MembershipFactory, UserFactory, submitted_application

SLOW = {
    "a PDF": lambda: pdf("<p>Text</p>"),
    "a preview": lambda: previews.draw(b"", "text/plain"),
    "the virus scanner": lambda: clamav.scan(b""),
    "the mail server": lambda: deliver(a_mail().pk),
}


def a_mail() -> Mail:
    now = clock.now()
    return Mail.objects.create(key="k", to="reader@town.example", language="nl", queued_at=now, next_try=now)


@pytest.mark.django_db
@pytest.mark.parametrize("what", SLOW)
def test_slow_work_is_refused_in_a_transaction(what, smtp, clamd):
    with pytest.raises(RuntimeError, match="takes long"), transaction.atomic():
        SLOW[what]()
    SLOW[what]()
    Mail.objects.all().delete()
    with others_may_wait(), transaction.atomic():
        SLOW[what]()


@pytest.mark.django_db
def test_on_a_server_it_is_done_and_logged(settings, caplog):
    settings.REFUSE_SLOW_WORK = False
    with transaction.atomic():
        assert SLOW["a PDF"]()
    assert "takes long" in caplog.text


def rendered_by(act) -> Counter:
    rendered: Counter[str] = Counter()

    def note(template, **kwargs):
        rendered[template.name] += 1

    template_rendered.connect(note)
    try:
        act()
    finally:
        template_rendered.disconnect(note)
    return rendered


@pytest.mark.django_db
def test_under_a_lock_a_mail_is_rendered_once_in_each_language_however_many_get_it():
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE, user__language="nl")
    for language in ("nl", "nl", "fr", "fr"):
        MembershipFactory(organisation=lead.organisation, manager=True, user__language=language)
    officer = UserFactory(groups=["Officers"])
    application = submitted_application(lead)
    asked = {"asked": {"5.2": "How many?"}, "due_on": clock.today()}
    acts = {
        "applications/in_review": lambda: APPLICATION.fire("begin_review", application, officer),
        "applications/changes_requested": lambda: APPLICATION.fire("request_changes", application, officer, **asked),
        "applications/withdrawn": lambda: APPLICATION.fire("withdraw", application, lead.user),
        "partners/signatories_asked": lambda: organisations_services.ask_signatories(lead.organisation, officer),
    }
    for template, act in acts.items():
        before = Mail.objects.count()
        # In Dutch and in French, each as text and as page.
        assert rendered_by(act)[f"mail/{template}.txt"] == 2 * 2, template
        assert Mail.objects.count() - before >= 5, template
    assert ChangeRequest.objects.get().state == ChangeRequest.State.CANCELLED
