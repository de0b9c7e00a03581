"""Two people at one dossier: who acts on a page that is no longer true is told first what the other did."""

import pytest
from django.urls import reverse

from applications.change_requests import services as change_requests_services
from applications.communication import messages
from applications.models import Application, ChangeRequest, Message, Review
from applications.review import services as review_services
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal import clock
from portal.audit import log
from tests.applications.review.test_reviews import scores
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    review_assigned,
    reviewed,
    submitted_application,
)
from tests.races import at_once
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db
SOON = "2099-01-31"


@pytest.fixture
def officers(db):
    return [
        UserFactory(groups=["Officers"], first_name=name, last_name="Peeters", language="en")
        for name in ("Mila", "Noor", "Otto")
    ]


@pytest.fixture
def dossier(lead, officers):
    return application_in_review(lead, officers[0])


def address(name, *args) -> str:
    return reverse(f"desk_applications:{name}", args=args)


def told(response) -> str:
    return " ".join(response.context["form"].non_field_errors())


def test_who_acts_on_an_old_page_is_told_and_acts_when_the_button_is_pressed_again(dossier, officers):
    first, second, _third = officers
    client, page = client_of(second), address("request_changes", dossier.pk)
    shown = client.get(page).content.decode()
    seen = dossier_read(dossier)
    assert f'name="last_seen_entry" value="{seen["last_seen_entry"]}"' in shown
    change_requests_services.ask(dossier, first, asked={"5.2": "How many?"}, due_on=clock.today())
    typed, send = {"ask-5.3": "Since when?", "due_on": SOON}, address("send_request", dossier.pk)
    answer = client.post(send, typed | seen)
    assert "Mila Peeters" in told(answer)
    assert answer.context["form"]["ask-5.3"].value() == "Since when?"
    assert ChangeRequest.objects.count() == 1
    assert f'name="last_seen_entry" value="{log.last_number(dossier)}"' in answer.content.decode()
    assert client.post(send, typed | {"last_seen_entry": log.last_number(dossier)}).status_code == 302
    assert ChangeRequest.objects.count() == 2


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"last_seen_entry": ""},
        {"last_seen_entry": "x"},
        {"last_seen_entry": "9" * 5000},
        {"last_seen_entry": "99999"},
    ],
)
def test_a_page_that_does_not_say_what_was_read_does_nothing(lead, officers, seen):
    submitted = submitted_application(lead)
    client = client_of(officers[0])
    asked = client.post(address("begin_review", submitted.pk), seen)
    assert asked.status_code == 409
    assert Application.objects.get().state == "submitted"
    message = client.post(address("messages", submitted.pk), {"text": "Half a thought"} | seen)
    assert message.context["form"]["text"].value() == "Half a thought"
    assert not Message.objects.exists()
    # The page that asks carries what it takes.
    carried = {"last_seen_entry": asked.context["last_seen_entry"]}
    assert client.post(address("begin_review", submitted.pk), carried).status_code == 302
    assert Application.objects.get().state == "in_review"


def test_every_button_and_form_of_a_dossier_asks(dossier, officers):
    """The state moved on since: nothing is done, and a text that was typed is still there."""
    first, second, _third = officers
    review = review_assigned(dossier, second)
    change_requests_services.ask(dossier, first, asked={"5.2": "How many?"}, due_on=clock.today())
    old, count = {"last_seen_entry": 1}, LogCount(dossier)
    request = ChangeRequest.objects.get()
    client = client_of(second)
    texts = {
        "cancel_request": ("reason", request.pk),
        "review": ("reasons", dossier.pk),
        "visit": ("report", dossier.pk),
        "messages": ("text", dossier.pk),
    }
    for name, (field, pk) in texts.items():
        typed = {field: "Typed.", "later": "1", "version": dossier.versions.last().pk, "kind": "talk"}
        answer = client.post(address(name, pk), typed | {"held_on": clock.today()} | old)
        assert answer.context["form"][field].value() == "Typed.", name
        assert "Mila Peeters" in told(answer), name
    assert "Mila" in told(client.post(address("extend_request", request.pk), {"due_on": SOON} | old))
    assert "Mila" in told(client.post(address("assign", dossier.pk), {"reviewers": [officers[2].pk]} | old))
    assert client.post(address("take_back", dossier.pk, review.pk), old).status_code == 409
    assert count.same()
    assert client.post(address("recuse", dossier.pk), {"reason": "work"}).status_code == 200
    assert client.post(address("recuse", dossier.pk), {"reason": "work"} | old).status_code == 302


class LogCount:
    def __init__(self, dossier):
        self.dossier, self.before = dossier, log.last_number(dossier)

    def same(self) -> bool:
        return log.last_number(self.dossier) == self.before


def test_one_s_own_review_is_not_held_up_by_messages_nor_told_of_another_s(dossier, lead, officers):
    first, second, third = officers
    for officer in officers[:2]:
        review_assigned(dossier, officer)
    seen = dossier_read(dossier)
    messages.send(dossier, lead.user, "By the way.", party=dossier.joined_parties[0])
    reviewed(dossier, first)
    typed = scores(2, version=dossier.versions.last().pk, advice="approve", reasons="Good.")
    assert client_of(second).post(address("review", dossier.pk), typed | seen).status_code == 302
    assert set(Review.objects.values_list("state", flat=True)) == {"done"}
    # Nor is anyone else told that, or when, a review came in.
    reviewing_news = client_of(third).post(address("messages", dossier.pk), {"text": "Hello"} | seen)
    assert told(reviewing_news).count("Peeters") == 0
    assert "message" in told(reviewing_news)


def test_two_press_at_once_and_only_one_of_them_acts(own_transactions):
    officers = [UserFactory(groups=["Officers"]) for _number in range(2)]
    dossier = application_in_review(MembershipFactory(capacity=Capacity.REPRESENTATIVE), officers[0])
    seen, waiting = dossier_read(dossier), list(officers)
    data = {"ask-5.2": "How many?", "due_on": SOON} | seen

    def press():
        return client_of(waiting.pop()).post(address("send_request", dossier.pk), data).status_code

    assert at_once(2, press).count(302) == 1
    assert ChangeRequest.objects.count() == 1


def test_what_the_person_did_in_another_window_is_known(dossier, officers):
    seen = dossier_read(dossier)
    review = review_assigned(dossier, officers[0])
    answer = client_of(officers[0]).post(address("take_back", dossier.pk, review.pk), seen)
    assert answer.status_code == 302
    assert review_services.own_review(dossier, officers[0]) is None
    assert APPLICATION.allows("request_changes", dossier, officers[0])
