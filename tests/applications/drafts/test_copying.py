"""A new draft with the answers of an older application."""

import pytest
from django.core.exceptions import PermissionDenied

from applications.drafts import copying
from applications.models import Application
from applications.parties import services as parties_services
from applications.versions.diff import differences
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal.audit import log
from portal.models import Mail
from tests.applications.common import fresh, url
from tests.clients import client_of
from tests.factories import MembershipFactory, complete_application

pytestmark = pytest.mark.django_db


def test_a_copy_is_a_new_draft_with_the_answers_and_nothing_else(lead):
    application = complete_application(lead)
    partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(party, partner.user, partner.organisation, stay=True, guidance=False)
    APPLICATION.fire("withdraw", application, lead.user)
    client = client_of(lead.user)
    answered = client.post(url("applications:copy", application.uuid), {"parties": [party.pk]})
    draft = Application.objects.get(state="draft")
    assert answered["Location"].endswith(f"/{draft.uuid}/")
    differs = {found.number for found in differences_now(application, draft)}
    # Who takes part is asked anew, files are given anew, and what is declared is declared anew.
    assert differs == {"2.1", "6.5", "7.2", "7.3", "7.4", "7.5", "8.2"}
    assert draft.reference is None
    assert not draft.declared
    assert [(found.state, found.is_lead) for found in draft.parties.all()] == [("accepted", True), ("invited", False)]
    assert Mail.objects.filter(to=partner.user.email, key__startswith="party-invitation").count() == 2
    assert log.entries_of(draft).filter(action="copied_from").exists()
    assert log.entries_of(application).filter(action="copied").exists()
    with pytest.raises(PermissionDenied):
        copying.copy(application, partner.user)
    assert client.get(url("applications:application", draft.uuid)).status_code == 200
    assert client.get(url("applications:application", application.uuid)).status_code == 200


def differences_now(before, after):
    return differences(fresh(before), fresh(after))
