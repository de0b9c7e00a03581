"""What tests/faults puts into the database of the running site, and asks it."""

from datetime import datetime

from django.conf import settings
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partners.models import Capacity
from portal import clock, jobs
from portal.mail import outbox
from portal.mail.rendering import Words
from portal.models import DueJob, Mail
from tests.factories import MembershipFactory, complete_application

ADDRESS = "someone@town.example"


def someone_with_a_draft() -> tuple[str, str]:
    """Their session and the path of one of their sections."""
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    client = Client()
    client.force_login(lead.user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return session, f"/nl/applications/{complete_application(lead).uuid}/sections/guidance/"


def queue_mail(subject: str) -> str:
    """The moment at which it was done."""
    now = clock.now()
    outbox.queue_words(Words(subject, "Text\n", ""), key=subject, to=ADDRESS, language="en")
    return now.isoformat()


def is_delivered_by_worker(subject: str) -> bool:
    """A due job sends mails too, but ends no task."""
    (result,) = DBTaskResult.objects.filter(
        args_kwargs__args=[Mail.objects.get(subject=subject).pk], priority=outbox.PRIORITY
    )
    return result.status == TaskResultStatus.SUCCESSFUL


def due_jobs_ran_since(moment: str) -> bool:
    """All jobs that are due each time."""
    ran = DueJob.objects.filter(last_run__gt=datetime.fromisoformat(moment)).values_list("name", flat=True)
    return {*jobs.JOBS} - {*jobs.SELDOM} <= {*ran}
