"""The people of an organisation: invited, roles, leaving and handing over, away, after elections, access restored."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.permissions import signing_capacities, works_for
from partners.models import Capacity, Invitation, Membership, MembershipAbsence, Organisation
from partners.people import services as people_services
from partners.people.person import Person
from partners.permissions import may_manage, membership
from portal import clock, jobs
from portal.confirmations import services as confirmations_services
from portal.models import ConfirmationRequest, Mail, StoredFile
from portal.workflow import Refused
from tests.clamav import EICAR
from tests.clients import client_of
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, complete_application, small_pdf
from tests.hostile import office

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("partners.models.membership")]
DAY = timedelta(days=1)


@pytest.fixture
def manager():
    return MembershipFactory()


@pytest.fixture
def town(manager):
    return manager.organisation


def colleague(organisation, **roles) -> Membership:
    return MembershipFactory(organisation=organisation, **{"manager": False, "contributor": True, **roles})


# ── Invitations ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_signs_is_invited_in_the_capacity_that_the_link_names_and_one_returns_to_pages_of_ours_only(manager, town):
    client, invite = client_of(manager.user), f"/en/organisations/{town.uuid}/invite/"
    page = client.get(f"{invite}?capacity=emperor&next=https://evil.example/").content.decode()
    assert ("emperor</" in page, 'href="https://evil.example' in page) == (False, False)
    sent = {"email": "who@signs.example", "capacity": town.signs_first}
    for address in ("https://evil.example/", "//evil.example"):
        answer = client.post(f"{invite}?next={address}", {**sent, "email": f"x{len(address)}@signs.example"})
        assert answer.headers["Location"] == f"/en/organisations/{town.uuid}/"
    assert client.post(f"{invite}?next=/en/applications/", sent).headers["Location"] == "/en/applications/"
    page = client.get(f"/en/organisations/{town.uuid}/").content.decode()
    assert f"signs as {Capacity(town.signs_first).label}" in page
    # Who works here already is told of with the way to his or her roles, and oneself is found there at once.
    there = colleague(town)
    query = f"?capacity={town.signs_first}&next=/en/applications/"
    page = client.post(invite + query, {**sent, "email": there.user.email.upper()}).content.decode()
    assert all(
        f"/en/organisations/people/{person.uuid}/?capacity={town.signs_first}" in page for person in (there, manager)
    )
    own = f"/en/organisations/people/{manager.uuid}/{query}"
    assert f'<option value="{town.signs_first}" selected>' in client.get(own).content.decode()
    answer = client.post(own, {"roles": ["manager"], "capacity": town.signs_first})
    assert (answer.headers["Location"], membership(manager.user, town).capacity) == (
        "/en/applications/",
        town.signs_first,
    )


def test_who_is_not_signed_in_reads_who_invites_and_comes_back_by_either_way(manager, town):
    """Without the name of who was invited, whether there is an account or not."""
    found = people_services.invite(town, manager.user, email="new@town.example", language="nl", contributor=True)
    address = f"/nl/organisations/invitations/{found.uuid}/"
    visitor = Client()
    page = visitor.get(address).content.decode()
    assert f"{town.name} nodigt u uit" in page
    assert "new@town.example" not in page
    for way in ("login", "signup"):
        assert f'href="/nl/account/{way}/?next={address}"' in page
    # Who takes the wrong one is led to the other by mail, and from there to the invitation.
    visitor.post("/nl/account/login/", {"login": "new@town.example", "next": address})
    mail = Mail.objects.filter(to="new@town.example").latest("pk")
    assert f"/nl/account/signup/?next={quote(address, safe='')}" in mail.text


def test_an_invitation_can_be_withdrawn_and_then_opens_nothing(manager, town):
    invited = UserFactory()
    client = client_of(manager.user)
    client.post(f"/nl/organisations/{town.uuid}/invite/", {"email": invited.email, "roles": ["viewer"]})
    found = Invitation.objects.get()
    client.post(f"/nl/organisations/invitations/{found.uuid}/withdraw/")
    answer = client_of(invited).post(f"/nl/organisations/invitations/{found.uuid}/")
    assert answer.status_code == 409
    assert membership(invited, town) is None


def test_an_invitation_ends_after_fourteen_days(manager, town):
    invited = UserFactory()
    found = people_services.invite(town, manager.user, email=invited.email, language="nl", contributor=True)
    with clock.standing_at(clock.now() + 15 * DAY), pytest.raises(Refused):
        people_services.accept(found, invited)


def test_who_works_there_or_is_invited_is_not_invited_twice(manager, town):
    other = colleague(town)
    client = client_of(manager.user)
    address = f"/nl/organisations/{town.uuid}/invite/"
    for email in (other.user.email, "new@town.example", "NEW@town.example"):
        client.post(address, {"email": email, "roles": ["viewer"]})
    assert list(Invitation.objects.values_list("email", flat=True)) == ["new@town.example"]
    body = client.post(address, {"email": "new@town.example", "roles": ["viewer"]}).content.decode()
    assert 'value="new@town.example"' in body
    assert "govuk-error-summary" in body


# ── Roles, leaving, handing over ──────────────────────────────────────────────────────────────────────────────────────
def test_a_manager_changes_roles_and_keeps_the_paper_that_shows_a_capacity(manager, town, clamd):
    other = colleague(town)
    client = client_of(manager.user)
    address = f"/nl/organisations/people/{other.uuid}/"
    content = small_pdf()
    paper = SimpleUploadedFile("besluit.pdf.html", content, content_type="text/html")
    client.post(address, {"roles": ["viewer"], "capacity": "representative", "paper": paper})
    other.refresh_from_db()
    assert (other.contributor, other.viewer, other.capacity) == (False, True, "representative")
    assert other.capacity_confirmed_at
    # Nobody reads it before the virus check.
    for person in (manager.user, other.user):
        assert client_of(person).get(f"{address}paper/").status_code == 404
    assert "wacht op de viruscontrole" in client.get(address).content.decode()
    assert jobs.run("virus checks") == 1
    served = client_of(other.user).get(f"{address}paper/")
    assert (served["Content-Type"], b"".join(served.streaming_content)) == ("application/pdf", content)
    assert served["Content-Disposition"] == 'attachment; filename="besluit.pdf.html.pdf"'
    # Another capacity needs another paper.
    client.post(address, {"roles": ["viewer"], "capacity": ""})
    assert not StoredFile.objects.exists()


def test_a_paper_in_which_the_scanner_finds_something_is_deleted_and_told(manager, town, clamd):
    other = colleague(town)
    client, address = client_of(manager.user), f"/nl/organisations/people/{other.uuid}/"
    content = small_pdf().replace(b"\n", b"\n%" + EICAR + b"\n", 1)
    sent = {"roles": ["viewer"], "capacity": "representative", "paper": SimpleUploadedFile("a.pdf", content)}
    client.post(address, sent)
    assert StoredFile.objects.get().quarantined
    assert jobs.run("virus checks") == 1
    assert not StoredFile.objects.exists()
    assert client_of(UserFactory(groups=["Officers"])).get(f"{address}paper/").status_code == 404
    assert address in Mail.objects.get(to=manager.user.email, key__contains=":paper_refused:").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.pdf", b"MZ\x90\x00"),
        ("big.pdf", b"%PDF-1.7" + b"0" * 10 * 1024 * 1024),
        ("a.svg", b"<svg/>"),
        ("x.pdf.html", b"%PDF-1.4<html><script>alert(1)</script>" + EICAR),
        ("decision.docx", office("docx")),
    ],
)
def test_a_paper_is_a_whole_pdf_or_picture_and_nothing_else(manager, town, name, content):
    other = colleague(town, capacity=Capacity.REPRESENTATIVE)
    sent = {"roles": ["viewer"], "capacity": "representative", "paper": SimpleUploadedFile(name, content)}
    body = client_of(manager.user).post(f"/nl/organisations/people/{other.uuid}/", sent).content.decode()
    assert 'href="#id_paper"' in body
    assert not StoredFile.objects.exists()
    other.refresh_from_db()
    assert other.contributor


def test_the_last_manager_cannot_give_the_role_up_or_leave_without_handing_over(manager, town):
    other = colleague(town)
    client = client_of(manager.user)
    kept = client.post(f"/nl/organisations/people/{manager.uuid}/", {"roles": ["contributor"]})
    assert "govuk-error-summary" in kept.content.decode()
    leave = f"/nl/organisations/{town.uuid}/leave/"
    assert "govuk-error-summary" in client.post(leave).content.decode()
    manager.refresh_from_db()
    assert manager.manager
    client.post(leave, {"successor": other.pk})
    assert not town.memberships.filter(pk=manager.pk).exists()
    other.refresh_from_db()
    assert other.manager
    assert Mail.objects.filter(to=other.user.email, key__contains=":handed_over:").exists()


def test_who_is_alone_cannot_leave(manager, town):
    client = client_of(manager.user)
    body = client.get(f"/nl/organisations/{town.uuid}/leave/").content.decode()
    assert "<form" not in body.split("<main")[1].split("</main")[0]
    client.post(f"/nl/organisations/{town.uuid}/leave/")
    assert town.memberships.count() == 1


def test_a_manager_ends_a_membership_and_its_rights_end_at_once(manager, town):
    other = colleague(town)
    application = complete_application(manager)
    client = client_of(other.user)
    assert client.get(f"/nl/applications/{application.uuid}/").status_code == 200
    client_of(manager.user).post(f"/nl/organisations/people/{other.uuid}/remove/")
    assert client.get(f"/nl/applications/{application.uuid}/").status_code == 404
    assert Mail.objects.filter(to=other.user.email, key__contains=":removed:").exists()


def test_a_successor_comes_from_the_same_organisation(manager, town):
    elsewhere = MembershipFactory()
    with pytest.raises(Membership.DoesNotExist):
        people_services.remove(manager, manager.user, elsewhere)
    assert town.memberships.filter(pk=manager.pk).exists()


# ── Away ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_deputy_manages_and_works_in_these_days_and_no_longer(manager, town):
    deputy = colleague(town, contributor=False, viewer=True)
    application = complete_application(manager)
    party = application.joined_parties[0]
    today = clock.today()
    sent = {"first_day": today + DAY, "last_day": today + 3 * DAY, "deputy": deputy.pk}
    client_of(manager.user).post(f"/nl/organisations/{town.uuid}/absence/", sent)
    assert Mail.objects.filter(to=deputy.user.email, key__contains=":deputy:").exists()
    for days, stands_in in ((0, False), (1, True), (3, True), (4, False)):
        with clock.standing_at(clock.now() + days * DAY):
            assert (may_manage(deputy.user, town), works_for(Person(deputy.user), party)) == (stands_in, stands_in)


def test_a_deputy_does_not_sign(manager, town):
    signatory = colleague(town, capacity=Capacity.REPRESENTATIVE)
    deputy = colleague(town)
    people_services.set_absence(signatory, clock.today(), clock.today(), deputy)
    application = complete_application(manager)
    party = application.joined_parties[0]
    assert signing_capacities(Person(signatory.user), party) == ["representative"]
    assert signing_capacities(Person(deputy.user), party) == []


@pytest.mark.parametrize(
    ("first", "last"), [(0, -1), (-3, -1), (2, 2)], ids=["ends before it begins", "is over", "overlaps another"]
)
def test_days_that_make_no_sense_are_told(manager, town, first, last):
    today = clock.today()
    people_services.set_absence(manager, today + 2 * DAY, today + 4 * DAY, None)
    sent = {"first_day": today + first * DAY, "last_day": today + last * DAY}
    body = client_of(manager.user).post(f"/nl/organisations/{town.uuid}/absence/", sent).content.decode()
    assert "govuk-error-summary" in body
    assert MembershipAbsence.objects.count() == 1


def test_a_deputy_who_is_away_too_is_refused(manager, town):
    today, other = clock.today(), colleague(town)
    people_services.set_absence(other, today, today + 9 * DAY, None)
    sent = {"first_day": today, "last_day": today + DAY, "deputy": other.pk}
    body = client_of(manager.user).post(f"/nl/organisations/{town.uuid}/absence/", sent).content.decode()
    assert "De plaatsvervanger is die hele tijd zelf ook afwezig" in body
    assert not manager.absences.exists()


def test_who_is_back_early_was_away_until_yesterday(manager):
    today = clock.today()
    with clock.standing_at(clock.now() - 3 * DAY):
        absence = people_services.set_absence(manager, today - 3 * DAY, today + 3 * DAY, None)
    client_of(manager.user).post(f"/nl/organisations/absences/{absence.pk}/end/")
    assert manager.absences.get().last_day == today - DAY


def test_an_absence_is_deleted_by_its_person_alone(manager, town):
    other = colleague(town)
    absence = people_services.set_absence(other, clock.today(), clock.today(), manager)
    assert client_of(manager.user).post(f"/nl/organisations/absences/{absence.pk}/end/").status_code == 404
    client_of(other.user).post(f"/nl/organisations/absences/{absence.pk}/end/")
    assert not MembershipAbsence.objects.exists()


# ── After elections ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_nobody_signs_until_all_signatories_are_confirmed_at_once():
    town = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    manager = MembershipFactory(organisation=town)
    mayor = colleague(town, contributor=False, capacity=Capacity.MAYOR)
    director = colleague(town, contributor=False, capacity=Capacity.GENERAL_DIRECTOR)
    officer = UserFactory(groups=["Officers"])
    client_of(officer).post(f"/admin/organisations/{town.pk}/ask-signatories/")
    application = complete_application(manager)
    assert signing_capacities(Person(mayor.user), application.joined_parties[0]) == []
    assert Mail.objects.filter(to=manager.user.email, key__contains=":signatories_asked:").count() == 1

    client_of(manager.user).post(f"/nl/organisations/{town.uuid}/signatories/", {"staying": [director.pk]})
    mayor.refresh_from_db()
    assert (mayor.capacity, mayor.viewer) == ("", True)
    fresh = type(application).objects.get(pk=application.pk)
    assert signing_capacities(Person(director.user), fresh.joined_parties[0]) == ["general_director"]


# ── Fedasil restores access ───────────────────────────────────────────────────────────────────────────────────────────
def test_fedasil_restores_access_with_a_reason_told_to_all(manager, town):
    viewer = colleague(town, contributor=False, viewer=True)
    officer, other, newcomer = UserFactory(groups=["Officers"]), UserFactory(groups=["Officers"]), UserFactory()
    sent = {"email": newcomer.email, "language": "fr", "reason": "The manager left the town."}
    client_of(officer).post(f"/admin/organisations/{town.pk}/restore-access/", sent)
    confirmations_services.confirm(ConfirmationRequest.objects.get(), other)
    for person in (manager.user, viewer.user):
        mails = Mail.objects.filter(to=person.email)
        assert ["The manager left the town." in mail.text for mail in mails] == [True, True]
    found = Invitation.objects.get()
    client_of(newcomer).post(f"/nl/organisations/invitations/{found.uuid}/")
    assert membership(newcomer, town).manager
    desk = client_of(officer).get(f"/admin/organisations/{town.pk}/").content.decode()
    assert "The manager left the town." in desk


# ── Rights in any order of events ─────────────────────────────────────────────────────────────────────────────────────
NUMBERS = st.integers(0, 4)
ROLES = st.fixed_dictionaries({"manager": st.booleans(), "contributor": st.booleans(), "viewer": st.booleans()}).filter(
    lambda roles: any(roles.values())
)


class People(RuleBasedStateMachine):
    """Anyone tries anything: there is always a manager, and nobody has a right without a membership."""

    @initialize()
    def begin(self):
        self.people = [UserFactory() for _number in range(5)]
        self.town = OrganisationFactory()
        MembershipFactory(organisation=self.town, user=self.people[0])

    def try_it(self, verb) -> None:
        with suppress(Refused, PermissionDenied, Membership.DoesNotExist):
            verb()

    def member(self, number):
        return self.town.memberships.filter(user=self.people[number]).first()

    @rule(actor=NUMBERS, invited=NUMBERS, roles=ROLES)
    def invite_and_accept(self, actor, invited, roles):
        def verb():
            email = self.people[invited].email
            found = people_services.invite(self.town, self.people[actor], email=email, language="nl", **roles)
            people_services.accept(found, self.people[invited])

        self.try_it(verb)

    @rule(actor=NUMBERS, asking=NUMBERS, accepted=st.booleans(), roles=ROLES)
    def ask_and_answer(self, actor, asking, accepted, roles):
        def verb():
            request = people_services.ask_to_join(self.town, self.people[asking])
            people_services.answer(request, self.people[actor], accepted=accepted, **roles)

        self.try_it(verb)

    @rule(actor=NUMBERS, whose=NUMBERS, roles=ROLES)
    def change_roles(self, actor, whose, roles):
        if found := self.member(whose):
            self.try_it(lambda: people_services.set_roles(found, self.people[actor], **roles))

    @rule(actor=NUMBERS, whose=NUMBERS, successor=st.none() | NUMBERS)
    def end(self, actor, whose, successor):
        heir = None if successor is None else self.member(successor)
        if found := self.member(whose):
            self.try_it(lambda: people_services.remove(found, self.people[actor], heir))

    @rule(away=NUMBERS, deputy=NUMBERS)
    def be_away(self, away, deputy):
        own, other = self.member(away), self.member(deputy)
        if own and other and own != other:
            self.try_it(lambda: people_services.set_absence(own, clock.today(), clock.today(), other))

    @invariant()
    def there_is_a_manager(self):
        assert self.town.memberships.managing().exists()

    @invariant()
    def no_right_without_a_membership(self):
        members = set(self.town.memberships.values_list("user", flat=True))
        covered = set(MembershipAbsence.objects.on(clock.today()).values_list("deputy__user", flat=True))
        for person in self.people:
            own = membership(person, self.town)
            assert (own is not None) == (person.pk in members)
            assert may_manage(person, self.town) in ((False,) if own is None else (True, False))
            if own and own.manages and not own.manager:
                assert person.pk in covered


class TestPeople(TestCase):
    def test_always_a_manager_never_a_right_without_a_membership(self):
        run_state_machine_as_test(
            People,
            settings=settings(
                max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
