"""What editors submit reaches the publishers; who submitted it is told what became of it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from home.models import Question
from portal.models import Mail, User
from tests.factories import UserFactory
from tests.home.drafts import draft_questions

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    return UserFactory(groups=["Editors"], language="fr")


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"], language="de")


def submitted(instance, user: User):
    """This page or snippet with a change that the user submits; the state of its task."""
    instance.save_revision(user=user)
    return instance.get_workflow().start(instance, user).current_task_state


def a_page() -> Page:
    return Page.objects.get(url_path="/nl/contact/").specific


def a_question() -> Question:
    return draft_questions().first()


def action_url(task_state, action: str) -> str:
    instance = task_state.workflow_state.content_object
    prefix = "wagtailadmin_pages" if isinstance(instance, Page) else "wagtailsnippets_home_question"
    return reverse(f"{prefix}:workflow_action", args=[instance.pk, action, task_state.pk])


def carry_out(user: User, task_state, action: str, **data):
    response = client_of(user).post(action_url(task_state, action), data)
    assert response.status_code == 302, response


def mails_to(user: User) -> list[Mail]:
    return list(Mail.objects.filter(to=user.email))


@pytest.mark.parametrize("made", [a_page, a_question])
def test_publishers_are_told_what_waits_for_them(made, editor, publisher):
    gone = UserFactory(groups=["Publishers"], is_active=False)
    task_state = submitted(made(), editor)
    [mail] = mails_to(publisher)
    assert mail.language == "de"
    assert mail.subject.startswith("[Handlung nötig]")
    assert f"/edit/{made().pk}/" in mail.text or f"/{made().pk}/edit/" in mail.text
    assert not mails_to(gone) + mails_to(editor)
    # Nothing goes out inside the request.
    assert not django_mail.outbox
    start = client_of(publisher).get(reverse("wagtailadmin_home")).content.decode()
    assert str(made()) in start
    assert action_url(task_state, "approve") in start


@pytest.mark.parametrize("made", [a_page, a_question])
def test_who_submitted_it_is_told_that_it_is_published(made, editor, publisher):
    task_state = submitted(made(), editor)
    carry_out(publisher, task_state, "approve", comment="Well said.")
    [mail] = mails_to(editor)
    assert mail.language == "fr"
    assert "Well said." in mail.text
    assert made()._meta.model.objects.get(pk=task_state.workflow_state.object_id).live
    assert not django_mail.outbox


@pytest.mark.parametrize("made", [a_page, a_question])
def test_who_submitted_it_is_told_what_to_change(made, editor, publisher):
    task_state = submitted(made(), editor)
    carry_out(publisher, task_state, "reject", comment="Shorter, please.")
    [mail] = mails_to(editor)
    assert mail.subject.startswith("[Action requise]")
    assert "Shorter, please." in mail.text
    form = client_of(editor).get(AdminURLFinder(editor).get_edit_url(made())).content.decode()
    assert "Shorter, please." in form[: form.index("<form")]
    # Submitted again, publishers are told again.
    task_state.workflow_state.refresh_from_db()
    task_state.workflow_state.resume(editor)
    assert len(mails_to(publisher)) == 2
    assert not django_mail.outbox


def test_what_is_approved_for_later_goes_live_later(editor, publisher):
    question = a_question()
    question.go_live_at = datetime(2099, 1, 31, 9, 30, tzinfo=UTC)
    carry_out(publisher, submitted(question, editor), "approve")
    [mail] = mails_to(editor)
    assert "est approuvé" in mail.subject
    assert "31 janvier 2099" in mail.text
    assert "10 h 30" in mail.text.replace("\xa0", " ")
    assert not Question.objects.get(pk=question.pk).live


def test_who_submitted_it_is_told_when_a_publisher_publishes_it_directly(editor, publisher):
    question = a_question()
    submitted(question, editor)
    question.latest_revision.publish(user=publisher)
    assert len(mails_to(editor)) == 1
    assert "publi" in mails_to(editor)[0].subject


def test_who_submitted_it_is_told_when_a_publisher_cancels_it(editor, publisher):
    task_state = submitted(a_question(), editor)
    task_state.workflow_state.cancel(user=publisher)
    assert len(mails_to(editor)) == 1


def test_who_takes_it_back_gets_no_mail(editor, publisher):
    submitted(a_question(), editor).workflow_state.cancel(user=editor)
    assert not mails_to(editor)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_an_editor_is_offered_to_submit_in_the_language_of_the_admin(language, editor):
    UserProfile.objects.create(user=editor, preferred_language=language)
    words = {"nl": "Ter goedkeuring indienen", "fr": "Soumettre pour approbation", "de": "Zur Freigabe einreichen"}
    for url in (
        reverse("wagtailadmin_pages:edit", args=[a_page().pk]),
        reverse("wagtailsnippets_home_question:edit", args=[a_question().pk]),
    ):
        body = client_of(editor).get(url).content.decode()
        assert words.get(language, "Submit for approval") in body


def test_set_up_mends_a_task_without_groups():
    task = GroupApprovalTask.objects.get()
    task.groups.clear()
    Workflow.objects.update(name="Moderators approval")
    call_command("set_up", verbosity=0)
    assert GroupApprovalTask.objects.get().groups.get().name == "Publishers"
    assert Page.objects.get(url_path="/fr/").get_workflow() == Workflow.objects.get()


# ── The system check ──────────────────────────────────────────────────────────────────────────────────────────────────
def found_by_check() -> list[str]:
    return [found.id for found in run_checks(databases=["default"]) if found.id.startswith("home.")]


def test_the_check_passes_with_people(publisher):
    assert found_by_check() == []


def test_the_check_warns_of_a_task_whose_groups_are_empty():
    UserFactory(groups=["Publishers"], is_active=False)
    assert found_by_check() == ["home.W001"]


def test_the_check_refuses_a_task_without_groups(publisher):
    GroupApprovalTask.objects.get().groups.clear()
    assert found_by_check() == ["home.E001"]


def test_deleting_the_group_of_a_task_is_found():
    Group.objects.get(name="Publishers").delete()
    assert found_by_check() == ["home.E001"]


def test_the_check_refuses_a_workflow_that_asks_nobody(publisher):
    WorkflowTask.objects.all().delete()
    assert found_by_check() == ["home.E002"]
