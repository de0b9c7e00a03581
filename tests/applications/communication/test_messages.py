"""Messages between the parties and Fedasil."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse

from applications.communication import messages
from applications.models import Message
from partners.people.person import Person
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.applications.common import fresh, url
from tests.clients import client_of
from tests.factories import complete_application
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
def test_messages_go_both_ways_and_mails_do_not_tell_what(in_review, lead, officer, language):
    person, address = client_of(lead.user), url("applications:messages", in_review.uuid, language=language)
    party = in_review.joined_parties[0]
    assert person.post(address, {"party": party.pk, "text": "Our secret question"}).status_code == 302
    desk = reverse("desk_applications:messages", args=[in_review.pk])
    assert messages.unread_by_fedasil(in_review) == 1
    assert "Our secret question" in client_of(officer).get(desk).content.decode()
    assert messages.unread_by_fedasil(in_review) == 0
    assert client_of(officer).post(desk, {"text": "Your secret answer", **dossier_read(in_review)}).status_code == 302
    assert messages.unread_by(fresh(in_review), Person(lead.user)) == 1
    page = person.get(address).content.decode()
    assert page.index("Our secret question") < page.index("Your secret answer")
    assert messages.unread_by(fresh(in_review), Person(lead.user)) == 0
    mails = Mail.objects.filter(Q(key__contains=":message:") | Q(key__startswith="notice:"))
    assert {officer.email, lead.user.email} <= set(mails.values_list("to", flat=True))
    assert officer.notices.filter(kind="message").count() == 1
    assert not any("secret" in mail.subject + mail.text for mail in mails)
    assert not any("secret" in str(entry.data) for entry in log.entries_of(in_review))


def test_an_unsent_message_is_kept(in_review, lead):
    client, address = client_of(lead.user), url("applications:messages", in_review.uuid)
    kept = client.post(f"{address}keep/", {"text": "Half a sen"}, headers={"X-Requested-With": "fetch"})
    assert kept.json().keys() == {"kept"}
    assert not Message.objects.exists()
    assert client.get(address).context["form"]["text"].value() == "Half a sen"
    assert client.get(url("applications:submit", in_review.uuid)).status_code == 200
    client.post(address, {"party": in_review.joined_parties[0].pk, "text": "Half a sentence."})
    assert client.get(address).context["form"]["text"].value() is None


def test_a_message_is_erased_for_good(in_review, lead, officer):
    message = messages.send(in_review, lead.user, "A name by mistake", party=in_review.joined_parties[0])
    theirs = messages.send(in_review, officer, "From Fedasil")
    with pytest.raises(PermissionDenied):
        messages.erase(theirs, lead.user)
    client_of(lead.user).post(url("applications:erase_message", in_review.uuid, message.pk))
    message.refresh_from_db()
    assert message.text == ""
    assert (
        "A name by mistake"
        not in client_of(officer).get(reverse("desk_applications:messages", args=[in_review.pk])).content.decode()
    )


def test_messages_have_limits_and_begin_with_the_submission(in_review, lead):
    party = in_review.joined_parties[0]
    for text in ("", "  ", "x" * 5001):
        with pytest.raises(Refused):
            messages.send(in_review, lead.user, text, party=party)
    for _number in range(messages.MOST_A_DAY):
        messages.send(in_review, lead.user, "Again", party=party)
    with pytest.raises(Refused):
        messages.send(in_review, lead.user, "Again", party=party)
    draft = complete_application(lead)
    assert client_of(lead.user).get(url("applications:messages", draft.uuid)).status_code == 404
    with pytest.raises(PermissionDenied):
        messages.send(draft, lead.user, "Hello", party=draft.joined_parties[0])
