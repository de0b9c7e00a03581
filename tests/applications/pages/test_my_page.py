"""My page: what to go on with first, tasks, who is waited for, messages; and the organisation for which one works."""

import re

import pytest
from django.urls import reverse

from applications.models import Application
from applications.pages import my_page
from applications.parties import services as parties_services
from partners.models import Capacity, Organisation
from partners.people import services as people_services
from partners.people.person import Person
from portal.models import Mail, User
from tests.clients import client_of
from tests.factories import MembershipFactory, UserFactory, complete_application, sign, submitted_application

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.permissions")]
PAGE = "/nl/applications/"


def tasks(user) -> list[str]:
    """The addresses to which the person's tasks lead."""
    return [task.url for task in my_page.tasks_of(Person(user), my_page.applications_of(user))]


def test_the_unfinished_application_comes_first(lead):
    submitted_application(lead)
    draft = complete_application(lead)
    body = client_of(lead.user).get(PAGE).content.decode()
    address = reverse("applications:application", args=[draft.uuid])
    assert body.index('id="go-on"') < body.index(address) < body.index('id="tasks"')


def test_a_viewer_is_not_told_to_go_on(lead):
    complete_application(lead)
    viewer = MembershipFactory(organisation=lead.organisation, manager=False, contributor=False, viewer=True)
    body = client_of(viewer.user).get(PAGE).content.decode()
    assert 'id="go-on"' not in body
    assert 'class="dossier"' in body


def test_who_is_waited_for_changes_with_the_application(lead):
    application = complete_application(lead, guidance_team="")
    seen = []

    def look():
        fresh = my_page.applications_of(lead.user)[0]
        seen.append(my_page.waits_for(fresh))

    look()
    application.guidance_team = "A team."
    application.save()
    look()
    sign(Application.objects.get().joined_parties[0], lead.user, lead.capacity)
    look()
    Application.objects.update(state="withdrawn")
    look()
    assert len(set(seen)) == 4
    assert lead.organisation.name in seen[1]
    assert lead.organisation.name in seen[2]
    assert seen[3] == ""


def test_someone_to_sign_is_told_once_it_can_be_signed(lead):
    signatory = MembershipFactory(
        organisation=lead.organisation, manager=False, contributor=False, capacity=Capacity.REPRESENTATIVE
    )
    application = complete_application(lead, guidance_team="")
    assert tasks(signatory.user) == []
    application.guidance_team = "A team."
    application.save()
    party = application.joined_parties[0]
    address = reverse("applications:sign", args=[party.uuid])
    assert tasks(signatory.user) == [address]
    sign(Application.objects.get().joined_parties[0], signatory.user, signatory.capacity)
    assert address not in tasks(signatory.user)


def test_who_leads_submits_once_all_signed_and_who_signed_is_told(lead):
    """One thing is said at a time: sign, submit; nothing more is to confirm where the rule was signed by."""
    lead.capacity = ""
    lead.save()
    Organisation.objects.update(rule_confirmed_at=None)
    signatory = MembershipFactory(
        organisation=lead.organisation, manager=False, contributor=False, capacity=Capacity.REPRESENTATIVE
    )
    application = complete_application(lead)
    client, page = client_of(lead.user), f"/en/applications/{application.uuid}/"

    def asked() -> tuple[bool, bool]:
        now = " ".join(tasks(lead.user))
        return f"{application.uuid}/submit/" in now, f"{lead.organisation.uuid}/signing-rule/" in now

    assert asked() == (False, True)
    shown = client.get(page).content.decode()
    assert ("Sign: authorised representative." in shown, "Answer the open sections" in shown) == (True, False)
    sign(Application.objects.get().joined_parties[0], signatory.user, signatory.capacity)
    assert asked() == (True, False)
    assert "Everyone signed. Submit the application now." in client.get(page).content.decode()
    assert Mail.objects.get(key__contains=":all_signed:").to == lead.user.email
    client.post(f"{page}submit/")
    told = Mail.objects.get(key__contains=":signed_is_submitted:")
    assert (told.to, Application.objects.get().reference in told.text) == (signatory.user.email, True)
    assert asked() == (False, False)


def test_who_leads_is_told_that_an_invited_organisation_takes_part(lead):
    partner = MembershipFactory()
    party = parties_services.invite_organisation(complete_application(lead), lead.user, partner.organisation)
    parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    told = Mail.objects.get(key__contains=":party_joined:")
    assert (told.to, partner.organisation.name in told.subject) == (lead.user.email, True)


def test_invitations_and_requests_stand_among_the_tasks(lead):
    invited, asking = UserFactory(), UserFactory()
    application = complete_application(lead)
    party = parties_services.invite(application, lead.user, name="P", email=invited.email, language="nl")
    colleague = people_services.invite(lead.organisation, lead.user, email=invited.email, language="nl", viewer=True)
    request = people_services.ask_to_join(lead.organisation, asking)
    assert tasks(invited) == [
        reverse("applications:invitation", args=[party.uuid]),
        reverse("partners:invitation", args=[colleague.uuid]),
    ]
    assert reverse("partners:join_request", args=[request.uuid]) in tasks(lead.user)


def test_messages_are_ones_own_and_carry_no_code(lead):
    submitted_application(lead)
    body = client_of(lead.user).get(PAGE).content.decode()
    assert Mail.objects.filter(to=lead.user.email, sensitive=True).exists()
    shown = Mail.objects.get(to=lead.user.email, sensitive=False)
    assert shown.subject in body
    assert body.count("govuk-details__summary-text") == 1


def test_two_organisations_are_switched_visibly(lead):
    other = MembershipFactory(user=lead.user)
    client = client_of(lead.user)
    switch = reverse("partners:switch")
    assert lead.organisation.name in bar(client)
    assert f'href="{switch}"' in bar(client)
    client.post(switch, {"organisation": other.organisation.uuid})
    assert other.organisation.name in bar(client)
    begin = client.get(reverse("applications:start")).content.decode()
    assert re.search(rf'<input[^>]*value="{other.organisation.pk}"[^>]*\bchecked\b', begin)
    strange = MembershipFactory().organisation
    assert client.post(switch, {"organisation": strange.uuid}).status_code == 200
    assert other.organisation.name in bar(client)


def bar(client) -> str:
    body = client.get(PAGE).content.decode()
    return body.split('class="working-for"')[1].split("</p>")[0]


def test_queries_do_not_grow_with_two_hundred_members(lead, django_assert_max_num_queries):
    application = complete_application(lead)
    client = client_of(lead.user)
    pages = [
        PAGE,
        reverse("partners:organisation", args=[lead.organisation.uuid]),
        reverse("partners:signatories", args=[lead.organisation.uuid]),
        reverse("partners:absence", args=[lead.organisation.uuid]),
        reverse("applications:application", args=[application.uuid]),
    ]

    def counted(page, limit):
        with django_assert_max_num_queries(limit) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    [counted(page, 40) for page in pages]
    before = [counted(page, 40) for page in pages]
    users = User.objects.bulk_create(User(email=f"m{n}@town.example", password="!") for n in range(200))
    for user in users:
        MembershipFactory(user=user, organisation=lead.organisation, manager=False, capacity=Capacity.REPRESENTATIVE)
        people_services.ask_to_join(lead.organisation, UserFactory())
    assert [counted(page, limit) for page, limit in zip(pages, before, strict=True)] == before
