"""The inbox: whose turn it is, whose work, what is overdue; filters, search, bulk assignment and export."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from applications.case import handling_time
from applications.change_requests import services as change_requests_services
from applications.desk.inbox.awaiting import Turn, turn_in_database
from applications.models import Application, ChangeRequest, HandlingTerm, Review
from applications.permissions import seen_at_desk
from applications.review import services as review_services
from partners.models import Capacity, Organisation
from portal import clock
from portal.audit import log
from portal.models import Mail
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    submitted_application,
)
from tests.readers import converted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.each_database("applications.desk.inbox.queries", "applications.models.application"),
]
INBOX = "/admin/applications/"


@pytest.fixture
def dossier(officers, lead):
    return application_in_review(lead, officers[0])


@pytest.fixture
def many(officers):
    call_command("make_applications", number=150, seed=3, verbosity=0)


def exported(user, **chosen) -> list[dict]:
    """The rows of the inbox, as its JSON gives them."""
    response = client_of(user).get(INBOX, {"export": "json", "work": "all", **chosen})
    return json.loads(b"".join(response.streaming_content))


def listed(user, **chosen) -> list[str]:
    return [row["reference"] for row in exported(user, **chosen)]


def test_the_clock_that_stood_still_goes_on_where_it_was(dossier, officers):
    begun = clock.now()
    with clock.standing_at(begun + timedelta(days=10)):
        change_requests_services.ask(dossier, officers[0], asked={"5.2": "?"}, due_on=clock.today())
    with clock.standing_at(begun + timedelta(days=30)):
        change_requests_services.cancel(ChangeRequest.objects.get(), officers[0], reason="Not needed.")
    with clock.standing_at(begun + timedelta(days=35)):
        assert handling_time.handling_time(Application.objects.get()).days == 15
        assert Application.objects.filter(handling_time.at_least(timedelta(days=15))).exists()
        assert not Application.objects.filter(handling_time.at_least(timedelta(days=16))).exists()


def test_what_is_overdue(dossier, officers):
    HandlingTerm.objects.create(valid_from=clock.today() - timedelta(days=1), days=10)
    references = [dossier.reference]
    assert listed(officers[0], work="overdue") == []
    assert [row["overdue"] for row in exported(officers[0])] == ["nee"]
    with clock.standing_at(clock.now() + timedelta(days=11)):
        assert listed(officers[0], work="overdue") == references
        assert [row["overdue"] for row in exported(officers[0])] == ["ja"]
    change_requests_services.ask(dossier, officers[0], asked={"5.2": "?"}, due_on=clock.today() + timedelta(days=20))
    with clock.standing_at(clock.now() + timedelta(days=20)):
        assert listed(officers[0], work="overdue") == []
    with clock.standing_at(clock.now() + timedelta(days=21)):
        assert listed(officers[0], work="overdue") == references


def test_one_begins_with_ones_own_work_where_there_is_any(dossier, officers):
    officer, colleague = officers[:2]
    review_services.assign(dossier, officer, colleague)

    def begins_with(user):
        page = client_of(user).get(INBOX)
        return next(tab["url"] for tab in page.context["tabs"] if tab["current"])

    assert begins_with(officer).endswith("work=team")
    assert begins_with(colleague).endswith("work=mine")
    assert dossier.reference in client_of(officer).get(INBOX, {"q": dossier.reference}).content.decode()


CHOICES = {
    "work": ["mine", "team", "overdue", "all"],
    "state": ["submitted", "in_review", "changes_requested", "approved"],
    "turn": Turn.values,
    "province": ["10000", "40000", "60000"],
    "kind": Organisation.Kind.values,
    "language": ["nl", "fr"],
    "persons_from": ["2", "6"],
    "persons_to": ["8"],
    "days": ["0", "40"],
    "assignee": ["null"],
}


def fits(row: Application, user, name: str, value: str) -> bool:
    """What a choice says, in plain Python."""
    municipality = row.lead.municipality
    late = row.state in Application.UNDECIDED and (
        (row.clock_started_at is not None and handling_time.handling_time(row) > handling_time.term())
        or (
            row.state == "changes_requested"
            and any(asked.due_on < clock.today() for asked in row.change_requests.all())
        )
    )
    own_review = row.state == "in_review" and any(
        review.reviewer_id == user.pk and review.state == Review.State.ASSIGNED for review in row.reviews.all()
    )
    return {
        "work": {
            "mine": row.state in Application.UNDECIDED and (row.assignee_id == user.pk or own_review),
            "team": row.state in Application.UNDECIDED,
            "overdue": late,
            "all": True,
        }.get(value),
        "state": row.state == value,
        "turn": row.turn == value,
        "province": municipality.province == value,
        "kind": row.lead.kind == value,
        "language": row.language == value,
        "persons_from": value.isdecimal() and sum(row.household_sizes) >= int(value),
        "persons_to": value.isdecimal() and sum(row.household_sizes) <= int(value),
        "days": value.isdecimal() and handling_time.handling_time(row) >= timedelta(days=int(value)),
        "assignee": row.assignee_id is None,
    }[name]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_filters_together_find_what_each_of_them_says(many, officers, data):
    user = officers[0]
    names = data.draw(st.sets(st.sampled_from(sorted(CHOICES)), max_size=4))
    chosen = {"work": "all"} | {name: data.draw(st.sampled_from(CHOICES[name]), label=name) for name in names}
    rows = seen_at_desk(user).prefetch_related("parties__organisation__municipality", "change_requests", "reviews")
    expected = {
        row.reference
        for row in rows.annotate(turn=turn_in_database())
        if all(fits(row, user, name, value) for name, value in chosen.items())
    }
    assert set(listed(user, **chosen)) == expected


def test_the_oldest_with_fedasil_stands_first(many, officers):
    page = client_of(officers[0]).get(INBOX, {"work": "all"}).context["object_list"]
    running = [row for row in page if row.clock_started_at]
    assert running == sorted(running, key=lambda row: row.clock_started_at)
    assert list(page)[: len(running)] == running
    by_persons = client_of(officers[0]).get(INBOX, {"work": "all", "ordering": "-persons"}).context["object_list"]
    assert [row.persons for row in by_persons] == sorted((row.persons for row in by_persons), reverse=True)


@pytest.mark.parametrize("text", ["gent", "Gand", "GÉNT", "Sámple organisation", "samplé", "sample gent"])
def test_a_place_or_an_organisation_is_found_in_any_language(dossier, officers, text):
    assert listed(officers[0], q=text) == [dossier.reference]
    assert listed(officers[0], q="nowhere") == []


def test_a_reference_is_found_by_a_part(dossier, officers):
    assert listed(officers[0], q=dossier.reference.lower()) == [dossier.reference]
    assert listed(officers[0], q=dossier.reference[-4:]) == [dossier.reference]
    assert listed(officers[0], q=dossier.reference[-6:]) == [dossier.reference]


def test_nonsense_in_the_address_is_no_error(dossier, officers):
    nonsense = {"work": "x", "persons_from": "9" * 40, "days": "-1", "assignee": "x", "p": "x", "id": ["x", "9" * 30]}
    assert client_of(officers[0]).get(INBOX, nonsense).status_code == 200
    action = reverse("wagtail_bulk_action", args=["applications", "application", "assign"])
    assert client_of(officers[0]).get(action, {"id": ["all", "x", "9" * 30]}).status_code == 200


# ── Several at once ───────────────────────────────────────────────────────────────────────────────────────────────────
def bulk(user, action: str, *applications, **data):
    address = reverse("wagtail_bulk_action", args=["applications", "application", action])
    keys = "&".join(f"id={application.pk}" for application in applications)
    return client_of(user).post(f"{address}?{keys}&next={INBOX}", data)


def test_several_are_given_to_an_officer_and_what_is_refused_is_said(lead, officers):
    officer, colleague = officers[:2]
    first, second = application_in_review(lead, officer), submitted_application(lead)
    review_services.recuse(second, colleague, reason="work")
    response = bulk(officer, "assign", first, second, officer=colleague.pk)
    assert response.headers["Location"] == INBOX
    assert {found.pk: found.assignee for found in Application.objects.all()} == {first.pk: colleague, second.pk: None}
    said = client_of(officer)
    said.cookies = response.client.cookies
    assert second.reference in said.get(INBOX).content.decode()
    bulk(officer, "assign", first, officer="")
    assert Application.objects.get(pk=first.pk).assignee is None
    assert [entry.action for entry in log.entries_of(first)][-2:] == ["assigned", "unassigned"]


def test_who_gets_several_is_told_in_the_morning_and_not_by_a_mail_each(lead, officers):
    officer, colleague = officers[:2]
    several = [application_in_review(lead, officer) for _number in range(2)]
    before = Mail.objects.filter(to=colleague.email).count()
    bulk(officer, "assign", *several, officer=colleague.pk)
    assert colleague.notices.filter(kind="assigned", way="digest").count() == 2
    assert Mail.objects.filter(to=colleague.email).count() == before


def test_only_officers_assign(dossier, officers):
    decider = UserFactory(groups=["Deciders"])
    assert bulk(decider, "assign", dossier, officer=officers[0].pk).status_code in (302, 403)
    assert Application.objects.get().assignee is None


def test_what_is_ticked_is_exported(lead, officers):
    _first, second = application_in_review(lead, officers[0]), submitted_application(lead)
    address = reverse("wagtail_bulk_action", args=["applications", "application", "json"])
    response = client_of(officers[0]).get(address, {"id": [second.pk]}, follow=True)
    assert [row["reference"] for row in json.loads(b"".join(response.streaming_content))] == [second.reference]


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_files_open_in_a_spreadsheet_with_numbers_and_without_formulas(officers, tmp_path):
    harmful = '=HYPERLINK("http://evil.example";"click")'
    organisation = OrganisationFactory(name=harmful)
    lead = MembershipFactory(organisation=organisation, capacity=Capacity.REPRESENTATIVE)
    application = application_in_review(lead, officers[0], household_sizes=[5, 3])
    files = {
        form: b"".join(client_of(officers[0]).get(INBOX, {"export": form, "work": "all"}).streaming_content)
        for form in ("csv", "xlsx", "json")
    }
    [row] = json.loads(files["json"])
    assert (row["reference"], row["persons"], row["lead"]) == (application.reference, 8, harmful)
    [plain] = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")))
    assert "'" + harmful in plain.values()
    for name in ("csv", "xlsx"):
        (folder := tmp_path / name).mkdir()
        opened = converted(f"inbox.{name}", files[name], ["ods"] if name == "xlsx" else ["xlsx"], folder)
        again = opened.get("xlsx") or converted("again.ods", opened["ods"], ["xlsx"], folder / "ods")["xlsx"]
        cells = [cell for line in load_workbook(io.BytesIO(again)).active.iter_rows() for cell in line]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert 8 in [cell.value for cell in cells]
        assert any(harmful in str(cell.value) for cell in cells)


# ── Who withdrew ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_withdrew_sees_nothing_of_it_in_list_count_search_bulk_export_and_first_page(dossier, officers):
    officer, colleague = officers[:2]
    with clock.standing_at(clock.now() + timedelta(days=100)):
        before = client_of(officer).get(INBOX, {"work": "team"})
        assert [tab["count"] for tab in before.context["tabs"]][1:3] == ["1", "1"]
        assert dossier.reference in before.content.decode()
        review_services.recuse(dossier, officer, reason="family")
        client = client_of(officer)
        for chosen in ({"work": "all"}, {"work": "team"}, {"work": "overdue"}, {"q": "Gent"}, {"q": dossier.reference}):
            page = client.get(INBOX, chosen)
            assert list(page.context["object_list"]) == []
            assert [tab["count"] for tab in page.context["tabs"]][:3] == ["0", "0", "0"]
        assert listed(officer) == listed(officer, id=dossier.pk) == []
        assert dossier.reference not in client.get("/admin/").content.decode()
        bulk(officer, "assign", dossier, officer=colleague.pk)
        assert Application.objects.get().assignee is None
        assert listed(colleague) == [dossier.reference]


def test_the_first_page_of_the_desk_says_what_to_do_first(dossier, officers):
    officer = officers[0]
    bulk(officer, "assign", dossier, officer=officer.pk)
    assert dossier.reference not in client_of(officer).get("/admin/").content.decode()
    with clock.standing_at(clock.now() + timedelta(days=61)):
        assert dossier.reference in client_of(officer).get("/admin/").content.decode()
    assert "first-things" not in client_of(UserFactory(groups=["Editors"])).get("/admin/").content.decode()


def test_a_reference_is_found_however_it_is_typed(dossier, officers):
    plain = dossier.reference.replace("-", "")
    for typed in (
        plain,
        plain.lower(),
        dossier.reference.replace("-", " "),
        f" {dossier.reference.lower()} ",
        plain[:9],
    ):
        assert listed(officers[0], q=typed) == [dossier.reference], typed
