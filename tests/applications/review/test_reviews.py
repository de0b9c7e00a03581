"""Reviews: assigned, blind until all are done, settled where they differ; and keeping out of a dossier."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from applications.models import Application, CriteriaSet, Criterion, Decision, Review, Visit
from applications.review import services as review_services
from applications.review import status
from applications.versions import snapshots
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal import clock
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import MembershipFactory, UserFactory, application_in_review, review_assigned, reviewed
from tests.seen import dossier_read

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.review.status")]
SECRET = "what nobody else may read yet"


@pytest.fixture
def dossier(officers):
    return application_in_review(MembershipFactory(capacity=Capacity.REPRESENTATIVE), officers[0])


def desk(user, name, application, **data):
    """POST, or GET where there is nothing to send."""
    url = reverse(f"desk_applications:{name}", args=[application.pk])
    return client_of(user).post(url, dossier_read(application) | data) if data else client_of(user).get(url)


def refused(response) -> bool:
    """Wagtail's admin leads whom a rule keeps out back to its first page."""
    return response.status_code == 302 and response.url == "/admin/"


def scores(value, **more):
    return {f"score-{criterion.pk}": value for criterion in Criterion.objects.all()} | more


def test_who_is_not_assigned_does_not_review(dossier, officers):
    assert refused(desk(officers[0], "review", dossier))
    desk(officers[1], "assign", dossier, reviewers=[officers[0].pk])
    assert desk(officers[0], "review", dossier).status_code == 200


def test_reviewers_are_asked_together_or_none_of_them(dossier, officers):
    first, second, third = officers
    review_services.recuse(dossier, third, reason="work")
    answer = desk(first, "assign", dossier, reviewers=[second.pk, third.pk])
    assert "reviewers" in answer.context["form"].errors
    with pytest.raises(Refused):
        review_services.assign_all(dossier, first, [second, third])
    assert not dossier.reviews.exists()
    assert desk(first, "assign", dossier, reviewers=[first.pk, second.pk]).status_code == 302
    assert {review.reviewer for review in dossier.reviews.all()} == {first, second}
    assert "Niemand blijft over" in desk(first, "assign", dossier).content.decode()


def test_a_review_is_kept_to_go_on_later_and_then_recorded(dossier, officers):
    review_assigned(dossier, officers[0])
    version = dossier.versions.last().pk
    first = Criterion.objects.first()
    kept = {f"score-{first.pk}": "2", f"reasons-{first.pk}": "A start.", "later": "1", "version": version}
    assert desk(officers[0], "review", dossier, **kept).status_code == 302
    page = desk(officers[0], "review", dossier).content.decode()
    assert "A start." in page
    incomplete = desk(officers[0], "review", dossier, version=version, advice="approve", reasons="Good.")
    assert incomplete.context["form"].errors.keys() == {
        f"score-{pk}" for pk in Criterion.objects.values_list("pk", flat=True)
    }
    desk(officers[0], "review", dossier, **scores(3, version=version, advice="approve", reasons="Good."))
    review = Review.objects.get()
    assert (review.state, review.percentage) == ("done", 75)


def test_a_new_version_is_read_before_a_review_is_recorded(dossier, officers):
    review_assigned(dossier, officers[0])
    old = dossier.versions.last()
    old.pk, old.number = None, old.number + 1
    old.save()
    answer = desk(
        officers[0],
        "review",
        dossier,
        **scores(3, version=dossier.versions.first().pk, advice="approve", reasons="Good."),
    )
    assert answer.context["form"].non_field_errors()
    assert Review.objects.get().state == "assigned"


@pytest.mark.parametrize("done", [False, True])
def test_nobody_reads_the_review_of_another_before_all_are_done(dossier, officers, done):
    first, second, third = officers
    review_assigned(dossier, second)
    reviewed(dossier, first, reasons=SECRET, done=done)
    decider = UserFactory(groups=["Deciders"])
    pages = [
        reverse("desk_applications:inspect", args=[dossier.pk]),
        reverse("desk_applications:index"),
        reverse("desk_applications:index") + "?export=csv",
        reverse("desk_applications:index") + f"?q={SECRET.split()[0]}",
        reverse("desk_applications:review", args=[dossier.pk]),
        reverse("desk_applications:prepare_decision", args=[dossier.pk]),
    ]
    for user in (second, third, decider, UserFactory(groups=["Administrators"])):
        client = client_of(user)
        for page in [*pages, "/admin/reports/log/"]:
            response = client.get(page)
            content = b"".join(response) if response.streaming else response.content
            assert SECRET not in content.decode(), page
    assert not Mail.objects.filter(text__contains=SECRET).exists()
    assert SECRET not in str([entry.data for entry in log.entries_of(dossier)])
    assert SECRET in desk(first, "inspect", dossier).content.decode()
    reviewed(dossier, first, reasons=SECRET)
    reviewed(dossier, second)
    assert SECRET in desk(second, "inspect", dossier).content.decode()


def test_when_all_are_done_nobody_is_added_and_nothing_changes(dossier, officers):
    for officer in officers[:2]:
        review_assigned(dossier, officer)
    for officer in officers[:2]:
        reviewed(dossier, officer)
    answer = desk(officers[0], "assign", dossier, reviewers=[officers[2].pk])
    assert answer.context["form"].errors
    changed = scores(0, version=dossier.versions.last().pk, advice="decline", reasons="Changed my mind.")
    desk(officers[0], "review", dossier, **changed)
    assert set(Review.objects.values_list("advice", flat=True)) == {"approve"}


@pytest.mark.parametrize(
    ("advice", "score", "differ"),
    [("approve", 3, False), ("approve", 2, False), ("approve", 1, True), ("decline", 3, True)],
)
def test_where_reviews_differ_it_is_settled_before_a_decision(dossier, officers, advice, score, differ):
    first, second, third = officers
    for officer in (first, second):
        review_assigned(dossier, officer)
    reviewed(dossier, first)
    reviewed(dossier, second, advice, score)
    decider = UserFactory(groups=["Deciders"])
    decide = {"outcome": "decline", "reasons_nl": "The stay is not sure.", "contact": first.pk}
    desk(decider, "prepare_decision", dossier, **decide)
    assert Decision.objects.exists() is not differ
    if differ:
        assert refused(desk(third, "settle", dossier))
        desk(second, "settle", dossier, advice="approve", reasons="We talked.")
        desk(decider, "prepare_decision", dossier, **decide)
        assert Decision.objects.exists()


def test_where_reviews_agree_there_is_nothing_to_settle(dossier, officers):
    for officer in officers[:2]:
        review_assigned(dossier, officer)
    for officer in officers[:2]:
        reviewed(dossier, officer)
    desk(officers[0], "settle", dossier, advice="decline", reasons="All the same.")
    assert status.review_status(dossier).settlement is None


def test_who_keeps_out_sees_the_dossier_nowhere(dossier, officers):
    first = officers[0]
    review_assigned(dossier, first)
    seen = desk(first, "recuse", dossier, reason="family", note="My sister works there.")
    assert seen.status_code == 302
    client = client_of(first)
    for page in ("inspect", "review", "recuse", "visit", "request_changes", "assign"):
        assert client.get(reverse(f"desk_applications:{page}", args=[dossier.pk])).status_code == 404, page
    for query in ("", f"?q={dossier.reference}", "?export=csv"):
        response = client.get(reverse("desk_applications:index") + query)
        content = b"".join(response) if response.streaming else response.content
        assert reverse("desk_applications:inspect", args=[dossier.pk]) not in content.decode()
    with pytest.raises(Refused):
        review_services.assign(dossier, officers[1], first)
    others = desk(officers[1], "inspect", dossier).content.decode()
    assert str(first) in others
    assert "My sister" not in str(list(log.entries_of(dossier).values_list("data", flat=True)))


def test_an_assignment_is_taken_back(dossier, officers):
    review = review_assigned(dossier, officers[1])
    url = reverse("desk_applications:take_back", args=[dossier.pk, review.pk])
    client_of(officers[0]).post(url, dossier_read(dossier))
    assert refused(desk(officers[1], "review", dossier))
    review_assigned(dossier, officers[1])
    assert Review.objects.count() == 1


def test_a_running_review_keeps_its_criteria(dossier, officers):
    review_assigned(dossier, officers[0])
    old = CriteriaSet.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CriteriaSet.objects.create(valid_from=old.valid_from)
    new = CriteriaSet.objects.create(valid_from=clock.today())
    Criterion.objects.create(
        criteria=new, aim="stay", **dict.fromkeys(["label_nl", "label_fr", "label_de", "label_en"], "Only one")
    )
    assert "Only one" not in desk(officers[0], "review", dossier).content.decode()
    review_assigned(dossier, officers[1])
    assert "Only one" in desk(officers[1], "review", dossier).content.decode()


def criteria_form(shown, **changes):
    """What a browser would send back of a shown set."""
    form = shown.context["form"]
    data = {"valid_from": form["valid_from"].value() or "", "sample": ""}
    formset = form.formsets["criteria"]
    data |= {f"criteria-{name}": value for name, value in formset.management_form.initial.items()}
    for inner in formset.forms:
        data |= {
            bound.html_name: "" if bound.value() is None else bound.value() for bound in inner if bound.name != "DELETE"
        }
    return data | changes


def test_criteria_in_use_are_copied_rather_than_changed(dossier, officers):
    client = client_of(UserFactory(groups=["Administrators"]))
    old = CriteriaSet.objects.get()
    edit = reverse("desk_criteria:edit", args=[old.pk])
    review_assigned(dossier, officers[0])
    refused = client.post(edit, criteria_form(client.get(edit)))
    assert refused.status_code == 200
    shown = client.get(reverse("desk_criteria:copy", args=[old.pk]))
    day = clock.today() + timedelta(days=30)
    made = client.post(reverse("desk_criteria:add"), criteria_form(shown, valid_from=day.isoformat()))
    assert made.status_code == 302, made.context["form"].errors
    new = CriteriaSet.objects.get(valid_from=day)
    assert [str(criterion) for criterion in new.criteria.all()] == [str(criterion) for criterion in old.criteria.all()]
    assert status.criteria_today() == old


def test_criteria_do_not_begin_in_the_past(db):
    client = client_of(UserFactory(groups=["Administrators"]))
    shown = client.get(reverse("desk_criteria:copy", args=[CriteriaSet.objects.get().pk]))
    answer = client.post(reverse("desk_criteria:add"), criteria_form(shown, valid_from="2026-02-01"))
    assert "valid_from" in answer.context["form"].errors


def test_a_visit_to_a_home_has_its_checklist(dossier, officers):
    visit = {"kind": "home", "held_on": clock.today().isoformat(), "report": "A bright home."}
    assert desk(officers[0], "visit", dossier, **visit).status_code == 200
    checks = dict.fromkeys(Visit.CHECKLIST, "yes")
    assert desk(officers[0], "visit", dossier, **visit, **checks, dwelling="1").status_code == 302
    desk(
        officers[0],
        "visit",
        dossier,
        kind="talk",
        held_on=clock.today().isoformat(),
        report="They know what they want.",
    )
    page = desk(officers[1], "inspect", dossier).content.decode()
    assert "A bright home." in page
    assert "They know what they want." in page
    late = {**visit, "held_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert "held_on" in desk(officers[0], "visit", dossier, **late).context["form"].errors


def test_a_new_version_sends_reviews_back(dossier, officers):
    for officer in officers[:2]:
        review_assigned(dossier, officer)
    for officer in officers[:2]:
        reviewed(dossier, officer)
    snapshots.freeze(dossier, dossier.created_by)
    now = status.review_status(Application.objects.get(pk=dossier.pk))
    assert (now.complete, now.done) == (False, [])
    for officer in officers[:2]:
        reviewed(dossier, officer)
    assert status.review_status(dossier).ready
    assert APPLICATION.allows("approve", dossier, officers[0]) is False


def test_the_shipped_criteria_cover_each_aim_in_four_languages(db):
    shipped = CriteriaSet.objects.get()
    assert shipped.sample
    assert shipped.valid_from <= date(2026, 11, 1)
    assert {criterion.aim for criterion in shipped.criteria.all()} == {"stay", "guidance", "cooperation"}
    for criterion in shipped.criteria.all():
        texts = [
            getattr(criterion, f"{part}_{code}") for part in ("label", "guidance") for code in ("nl", "fr", "de", "en")
        ]
        assert all(texts)
        assert len(set(texts)) == len(texts)
