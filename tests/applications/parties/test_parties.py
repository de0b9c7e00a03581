"""Who takes part: invited, seeing what the lead allows, leaving, replaced, taking over the lead; who is waited for."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.answers import saving
from applications.models import Application, Party
from applications.papers.signed_content import covered_answers
from applications.parties import departures, lead_transfer
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from applications.submission import readiness
from partners.models import Capacity, Organisation
from partners.organisations import services as organisations_services
from portal import clock
from portal.audit import log
from portal.models import LogEntry, Mail
from portal.workflow import Refused
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import MembershipFactory, UserFactory, attach, attach_what_is_needed, sign, submitted_application
from tests.seen import seen

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.pages.forms.parties")]


def address(name: str, about) -> str:
    return f"/en{reverse(f'applications:{name}', args=[about.uuid])[3:]}"


@pytest.fixture
def partner():
    return MembershipFactory(capacity=Capacity.REPRESENTATIVE)


@pytest.fixture
def joined(application, lead, partner):
    """The partner's party, with the guidance; who leads keeps the stay."""
    found = parties_services.invite_organisation(application, lead.user, partner.organisation)
    found = parties_services.accept(found, partner.user, partner.organisation, stay=False, guidance=True)
    parties_services.set_all_aims(
        application, lead.user, {application.joined_parties[0]: {"stay": True, "guidance": False}}
    )
    Application.objects.filter(pk=application.pk).update(support_division="Even shares.")
    return Party.objects.get(pk=found.pk)


def sign_all(application, *signatories) -> None:
    attach_what_is_needed(fresh(application))
    for party in fresh(application).joined_parties:
        for found in signatories:
            if found.organisation == party.organisation:
                sign(party, found.user, found.capacity)


# ── Invitations ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_registered_organisation_is_invited_by_its_name_or_number(application, lead, partner):
    MembershipFactory(organisation=partner.organisation, manager=False)
    client = client_of(lead.user)
    for wanted in (partner.organisation.name, partner.organisation.number):
        answer = client.post(address("invite_registered", application), {"wanted": wanted})
        assert (answer.status_code, application.parties.count()) in ((302, 2), (409, 2))
    party = application.parties.get(is_lead=False)
    assert [mail.to for mail in Mail.objects.filter(key__contains="party-invitation")] == [partner.user.email]
    page = client_of(partner.user).get("/en/applications/").content.decode()
    assert reverse("applications:invitation", args=[party.uuid])[3:] in page
    client_of(partner.user).post(address("accept_invitation", party), {"organisation": partner.organisation_id})
    party.refresh_from_db()
    assert (party.state, party.signs_first) == ("accepted", partner.organisation.signs_first)


def test_one_chooses_among_several_of_that_name(application, lead):
    organisations_services.verify(lead.organisation, UserFactory(groups=["Officers"]), Organisation.Check.values)
    found = [MembershipFactory(organisation__name=f"Huis van Hoop {number}").organisation for number in (1, 2)]
    client, sent = client_of(lead.user), {"wanted": "huis van hoop"}
    page = client.post(address("invite_registered", application), sent).content.decode()
    assert all(one.name in page for one in found)
    assert application.parties.count() == 1
    client.post(address("invite_registered", application), {**sent, "organisation": found[1].pk})
    assert application.parties.get(is_lead=False).organisation == found[1]


def test_what_is_not_registered_is_invited_by_mail_with_what_was_typed_already(application, lead):
    """The name that was sought stands in the invitation by mail, and no button asks for the other's fields."""
    client = client_of(lead.user)
    aims = f"party-{application.joined_parties[0].pk}-aims"
    common = {"with_aims": "1", aims: ["stay"], "wanted": "Huis Zonder Naam"}
    typed_there = r'name="{}"[^>]* value="Huis Zonder Naam"'
    page = client.post(address("invite_registered", application), common).content.decode()
    assert re.search(typed_there.format("name"), page)
    assert "It is not registered here" in page
    # The button of the mail alone asks for an address; what was sought stays where it was typed.
    page = client.post(address("invite", application), {**common, "name": "Huis Zonder Naam"}).content.decode()
    assert ("Enter an e-mail address" in page, "It is not registered here" in page) == (True, False)
    assert re.search(typed_there.format("wanted"), page)
    assert application.parties.count() == 1
    # A name alone was prefilled: looking for another does not ask for its address.
    page = client.post(
        address("invite_registered", application), {**common, "name": "Huis Zonder Naam"}
    ).content.decode()
    assert "Enter an e-mail address" not in page
    for number, button in enumerate(("invite", "invite_registered", "parties")):
        typed = {"name": "Huis Zonder Naam", "email": f"huis{number}@naam.example"}
        assert client.post(address(button, application), {**common, **typed}).status_code == 302
        assert application.parties.filter(invited_email=typed["email"], invited_name=typed["name"]).exists()
    assert not fresh(application).joined_parties[0].guidance


def test_the_page_of_a_draft_leads_who_leads_to_inviting_others(application, lead, partner, joined):
    link = f"{address('parties', application)}#invite"
    assert link in client_of(lead.user).get(address("application", application)).content.decode()
    assert link not in client_of(partner.user).get(address("application", application)).content.decode()


def test_the_page_of_an_application_leads_to_inviting_who_signs_and_says_who_is_invited(application, lead, partner):
    parties_services.accept(
        parties_services.invite_organisation(application, lead.user, partner.organisation),
        partner.user,
        partner.organisation,
        stay=False,
        guidance=True,
    )
    lead.capacity = ""
    lead.save()
    client, page = client_of(lead.user), address("application", application)
    link = re.search(r'href="([^"]*/invite/[^"]*)"', client.get(page).content.decode())[1].replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert '<option value="representative" selected>' in form
    assert re.search(r'value="viewer"[^>]* checked', form)
    sent = {"email": "who@signs.example", "roles": ["viewer"], "capacity": "representative"}
    assert client.post(link, sent).headers["Location"] == f"{page}#signatures"
    shown = client.get(page).content.decode()
    assert ("who@signs.example was invited on" in shown, "Nobody signs here" in shown) == (True, False)
    shown = client_of(partner.user).get(page).content.decode()
    assert ("not answered yet" in shown, "who@signs.example" in shown) == (True, False)


def test_only_a_manager_of_the_invited_organisation_answers(application, lead, partner):
    party = parties_services.invite_organisation(application, lead.user, partner.organisation)
    contributor = MembershipFactory(organisation=partner.organisation, manager=False)
    stranger = MembershipFactory()
    for person in (contributor, stranger):
        assert client_of(person.user).get(address("invitation", party)).status_code == 404
        with pytest.raises(PermissionDenied):
            parties_services.accept(party, person.user, person.organisation, stay=False, guidance=False)
        with pytest.raises(PermissionDenied):
            parties_services.decline(party, person.user)


def test_a_reason_to_decline_is_read_by_the_lead_and_stands_beside_the_log(application, lead, partner):
    party = parties_services.invite_organisation(application, lead.user, partner.organisation)
    reason = "Our council did not agree."
    client_of(partner.user).post(address("decline_invitation", party), {"reason": reason})
    assert reason in client_of(lead.user).get(address("parties", application)).content.decode()
    told = Mail.objects.get(key__contains=":party_declined:")
    assert (told.to, reason in told.text) == (lead.user.email, False)
    entry = LogEntry.objects.get(action="party_declined")
    assert (entry.note.text, reason in str(entry.data)) == (reason, False)
    entry.note.delete()
    assert reason not in client_of(lead.user).get(address("parties", application)).content.decode()


def test_the_other_parties_do_not_read_why_one_declined_or_left(application, lead, partner, joined):
    invited, reason = MembershipFactory(), "Our council did not agree."
    party = parties_services.invite_organisation(application, lead.user, invited.organisation)
    client_of(invited.user).post(address("decline_invitation", party), {"reason": reason})
    assert reason in client_of(lead.user).get(address("parties", application)).content.decode()
    shown = client_of(partner.user).get(address("application", application)).content.decode()
    assert ("declined the invitation" in shown, reason in shown) == (True, False)


def test_who_owes_a_paper_is_waited_for_and_nobody_signs_that_another_lacks_one(application, partner, joined):
    assert readiness.by_whom(fresh(application), BY_CODE["attachments"]) == (partner.organisation.name,)
    town = MembershipFactory(organisation__kind=Organisation.Kind.MUNICIPALITY)
    party = parties_services.accept(
        parties_services.invite_organisation(application, application.created_by, town.organisation),
        town.user,
        town.organisation,
        stay=False,
        guidance=False,
    )
    asked = {question.field for _section, answers in covered_answers(party) for question, _text in answers}
    assert {"decision", "statutes"} & asked == {"decision"}


def test_a_withdrawn_invitation_opens_nothing_and_can_be_made_anew(application, lead, partner):
    party = parties_services.invite_organisation(application, lead.user, partner.organisation)
    client_of(lead.user).post(address("withdraw_invitation", party))
    assert "withdrawn" in client_of(partner.user).get(address("invitation", party)).content.decode()
    with pytest.raises(Refused):
        parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=False)
    assert Mail.objects.filter(to=partner.user.email, key__startswith="invitation-withdrawn").count() == 1
    assert parties_services.invite_organisation(application, lead.user, partner.organisation).pk != party.pk


def test_an_invitation_is_mailed_again_but_not_at_once(application, lead):
    party = parties_services.invite(application, lead.user, name="P", email="late@town.example", language="nl")
    client = client_of(lead.user)
    assert client.post(address("send_invitation_again", party)).status_code == 409
    with clock.standing_at(clock.now() + timedelta(minutes=61)):
        parties_services.send_again(party, lead.user, "nl")
    assert Mail.objects.filter(to="late@town.example").count() == 2


# ── What a party sees ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_party_sees_all_or_the_common_sections_and_those_of_its_aims(application, lead, partner, joined):
    of_stay, of_guidance, common = "We look together with the housing", "Two social workers", "Contact of the town"
    viewer = MembershipFactory(organisation=partner.organisation, manager=False, contributor=False, viewer=True)
    lead_party = fresh(application).joined_parties[0]
    for sees, seen_sections in (("own", (False, True, True)), ("all", (True, True, True))):
        client_of(lead.user).post(address("set_visibility", joined), {"sees": sees})
        for person in (partner, viewer):
            client = client_of(person.user)
            page = client.get(address("summary", application)).content.decode()
            assert tuple(text in page for text in (of_stay, of_guidance, common)) == seen_sections
            assert client.get(address("signed_content", joined)).status_code == 200
            stays_hidden = client.get(address("signed_content", lead_party)).status_code
            assert stays_hidden == (403 if sees == "own" else 200)
            assert client.get(f"{address('application', application)}sections/stay/").status_code == 403
        page = client_of(lead.user).get(address("summary", application)).content.decode()
        assert of_stay in page
        assert of_guidance in page


# ── Leaving, replacing ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_party_leaves_its_aims_are_open_and_its_signatures_count_no_longer(application, lead, partner, joined):
    sign_all(application, lead, partner)
    client = client_of(partner.user)
    page = client.get(address("leave", joined)).content.decode()
    assert page.count(partner.user.last_name) >= 1
    # Not without having read whose signatures fall away.
    assert client.post(address("leave", joined), {"reason": "No staff."}).status_code == 409
    answer = client.post(address("leave", joined), {"reason": "No staff.", **seen(client, address("leave", joined))})
    assert answer.status_code == 302
    assert client.get(address("application", application)).status_code == 404
    now = fresh(application)
    assert [party.organisation for party in now.joined_parties] == [lead.organisation]
    assert coverage.standing_signatures(now.joined_parties[0]) == []
    page = client_of(lead.user).get(address("parties", application)).content.decode()
    assert "No staff." in page
    page = client_of(lead.user).get(address("application", application)).content.decode()
    assert "section 2, Parties and aims" in page
    assert Mail.objects.get(key__contains=":party_left:").to == lead.user.email
    assert client_of(lead.user).post(address("submit", application)).status_code == 409


def test_the_papers_of_a_party_leave_with_it_and_stay_its_own(application, lead, partner, joined):
    kept = attach(joined, "statutes", name="statutes-of-the-partner.pdf")
    file = address("attachment", kept)
    assert client_of(lead.user).get(file).status_code == 200
    departures.leave(joined, partner.user)
    assert client_of(lead.user).get(file).status_code == 404
    for name in ("attachments", "summary"):
        assert kept.name not in client_of(lead.user).get(address(name, application)).content.decode()
    held = zipfile.ZipFile(io.BytesIO(b"".join(client_of(lead.user).get(address("download", application)))))
    assert not [name for name in held.namelist() if "statutes" in name]
    assert client_of(partner.user).get(file).status_code == 200
    assert kept.name in client_of(partner.user).get(reverse("applications:list")).content.decode()
    assert kept.name not in client_of(lead.user).get(reverse("applications:list")).content.decode()


def test_the_lead_does_not_leave_and_nobody_leaves_what_was_submitted(lead, application, partner, joined):
    with pytest.raises(Refused):
        departures.leave(fresh(application).joined_parties[0], lead.user)
    sign_all(application, lead, partner)
    client_of(lead.user).post(address("submit", application))
    with pytest.raises(Refused):
        departures.leave(joined, partner.user)
    with pytest.raises(Refused):
        departures.remove(joined, lead.user)


def test_a_party_is_replaced_by_another_asked_for_the_same_aims(application, lead, partner, joined):
    newcomer = MembershipFactory()
    client = client_of(lead.user)
    sent = {"name": "Newcomer", "email": newcomer.user.email, "reason": ""}
    client.post(address("replace_party", joined), {**sent, **seen(client, address("party", joined))})
    joined.refresh_from_db()
    invited = application.parties.get(state="invited")
    assert (joined.state, invited.stay, invited.guidance) == ("removed", False, True)
    assert Mail.objects.filter(to=partner.user.email, key__contains=":party_removed:").count() == 1
    page = client_of(newcomer.user).get(address("invitation", invited)).content.decode()
    assert re.findall(r'name="aims"[^>]* value="(\w+)"[^>]* checked', page) == ["guidance"]
    with pytest.raises(PermissionDenied):
        departures.leave(joined, partner.user)


def test_only_the_lead_removes_and_only_ones_own_organisation_leaves(application, lead, partner, joined):
    stranger = MembershipFactory()
    for person in (partner, stranger):
        with pytest.raises(PermissionDenied):
            departures.remove(joined, person.user)
    with pytest.raises(PermissionDenied):
        departures.leave(joined, lead.user)


# ── The lead ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_lead_passes_to_a_party_that_wants_it_and_the_draft_takes_its_language(application, lead, partner, joined):
    partner.organisation.letter_language = "fr"
    partner.organisation.save()
    sign_all(application, lead, partner)
    client_of(lead.user).post(address("offer_lead", joined))
    assert fresh(application).lead == lead.organisation
    client = client_of(partner.user)
    assert address("take_lead", joined)[3:] in client.get("/en/applications/").content.decode()
    assert client.post(address("take_lead", joined)).status_code == 409
    client.post(address("take_lead", joined), seen(client, address("take_lead", joined)))
    now = fresh(application)
    assert (now.lead, now.language) == (partner.organisation, "fr")
    assert len(coverage.missing_signatures(now)) == 2
    assert client_of(lead.user).post(address("submit", application)).status_code == 403
    assert Mail.objects.filter(key__contains=":lead_passed:").count() == 2
    departures.leave(next(party for party in now.joined_parties if not party.is_lead), lead.user)


def test_an_offered_lead_is_refused_or_taken_back(application, lead, partner, joined):
    lead_transfer.offer(joined, lead.user)
    client_of(partner.user).post(address("refuse_lead", joined))
    with pytest.raises(Refused):
        lead_transfer.take(joined, partner.user)
    lead_transfer.offer(joined, lead.user)
    with pytest.raises(Refused):
        lead_transfer.offer(joined, lead.user)
    lead_transfer.take_back(joined, lead.user)
    with pytest.raises(Refused):
        lead_transfer.take(joined, partner.user)
    assert fresh(application).lead == lead.organisation


# ── Who is waited for ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_everyone_sees_who_is_waited_for(application, lead, partner, joined):
    parties_services.invite(application, lead.user, name="Third house", email="third@town.example", language="nl")
    Application.objects.filter(pk=application.pk).update(experience="")
    for name in ("application", "summary"):
        for person in (lead, partner):
            page = client_of(person.user).get(address(name, application)).content.decode()
            assert "Third house: answer the invitation" in page
            assert f"{partner.organisation.name}: sections 5, 7" in page
            assert f"{lead.organisation.name}: signature as {lead.get_capacity_display()}" in page
    page = client_of(partner.user).get(address("sign", joined)).content.decode()
    assert "Not submitted yet" in page
    assert "Third house: answer the invitation" in page


def test_what_is_waited_for_of_one_takes_one_line():
    """Of who applies alone a draft would say the list of sections twice."""
    town = MembershipFactory(organisation__kind=Organisation.Kind.MUNICIPALITY)
    draft = saving.begin(town.organisation, town.user, stay=True, guidance=True)
    page = client_of(town.user).get(address("summary", draft)).content.decode()
    assert f"{town.organisation.name}: sections 1, 3, 4, 5, 6, 8" in page
    assert f"{town.organisation.name}: signatures as mayor, general director" in page


def test_nobody_is_waited_for_once_it_is_with_fedasil(lead):
    application = submitted_application(lead)
    assert 'id="waited-for"' not in client_of(lead.user).get(address("summary", application)).content.decode()


def test_a_waiting_party_is_told_in_the_timeline(application, lead, partner, joined):
    departures.remove(joined, lead.user, "Other plans.")
    page = client_of(lead.user).get(address("application", application)).content.decode()
    assert "The lead goes on without an organisation." in page
    assert "Other plans." not in page
    assert log.entries_of(application).filter(action="party_removed").count() == 1


def test_the_organisation_that_invites_is_not_chosen_in_advance(lead, application):
    """Someone of the lead's own organisation, invited for another one."""
    colleague = MembershipFactory(organisation=lead.organisation)
    invited = parties_services.invite(application, lead.user, name="P", email=colleague.user.email, language="nl")
    page = client_of(colleague.user).get(reverse("applications:invitation", args=[invited.uuid])).content.decode()
    assert f'value="{lead.organisation_id}"' in page
    assert "checked" not in page
    other = MembershipFactory(user=colleague.user)
    page = client_of(colleague.user).get(reverse("applications:invitation", args=[invited.uuid])).content.decode()
    assert re.findall(r'value="(\d+)"[^>]* checked', page) == [str(other.organisation_id)]
