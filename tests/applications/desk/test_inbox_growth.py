"""The inbox, an export and a dossier take the very same queries with a hundred applications and with a thousand."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from portal.audit import hash_chain
from tests.at_desk import client_at_desk
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.each_database("applications.desk.inbox.queries", "applications.management.commands.make_applications"),
]
INBOX = "/admin/applications/"
ADDRESSES = {
    "?work=team": 15,
    "?work=overdue&turn=reviewers": 15,
    "?work=all&state=approved&persons_from=3&kind=pcsw&days=10": 15,
    "?q=e": 15,
    "?work=all&export=csv": 15,
    "?work=all&export=json": 15,
}


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return len(found)


def test_ten_times_as_many_take_no_query_more():
    officer = UserFactory(groups=["Officers"])
    client = client_at_desk(officer)
    call_command("make_applications", number=100, seed=1, verbosity=0)
    taken = {address: queries(client, INBOX + address) for address in ADDRESSES}
    assert {address: count for address, count in taken.items() if count > ADDRESSES[address]} == {}
    call_command("make_applications", number=900, seed=2, verbosity=0)
    assert {address: queries(client, INBOX + address) for address in ADDRESSES} == taken
    dossier = Application.objects.filter(state="approved").first()
    assert queries(client, f"{INBOX}{dossier.pk}/") <= 40
    assert list(hash_chain.breaks()) == []


def test_made_up_applications_stay_out_of_a_real_site(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("make_applications", number=1, verbosity=0)
    assert not Application.objects.exists()
