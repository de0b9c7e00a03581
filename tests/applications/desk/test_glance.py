"""The dossier at a glance: automatic checks, what changed, the log's filter, and the dossier on paper."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from applications.change_requests import services as change_requests_services
from applications.checks.automatic_checks import checks_of
from applications.checks.housing_fit import unhoused
from applications.internal import notes
from applications.models import Application, Party
from applications.versions import snapshots
from applications.versions.word_diff import GONE, NEW, pieces
from partners.models import Organisation
from portal import clock
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    complete_application,
    review_assigned,
    reviewed,
)
from tests.readers import language_of, poppler

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"], language="en")


@pytest.fixture
def dossier(lead, officer):
    return application_in_review(lead, officer, available_from=clock.today() + timedelta(days=90))


def page(user, name, application, query="") -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"desk_applications:{name}", args=[application.pk]) + query).content.decode()


def found(application: Application) -> dict[str, tuple[str, list[str]]]:
    """Outcome and remarks by the label of a check, where it is not in order."""
    fresh = Application.objects.get(pk=application.pk)
    with translation.override("en"):
        return read(fresh)


def read(fresh: Application) -> dict[str, tuple[str, list[str]]]:
    return {str(check.label): (check.outcome.value, check.remarks) for check in checks_of(fresh) if check.remarks}


# ── Checks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_complete_is_in_order_but_for_an_organisation_to_verify(dossier, officer, lead):
    assert list(found(dossier)) == ["Enterprise numbers, organisations verified"]
    Organisation.objects.update(verified_at=clock.now(), verified_by=officer)
    assert found(dossier) == {}
    assert "All is in order." in page(officer, "inspect", dossier)


def test_each_check_says_what_is_missing(dossier, officer, lead):
    name = lead.organisation.name
    Organisation.objects.update(verified_at=clock.now(), verified_by=officer)
    Party.objects.update(guidance=False)
    dossier.dwellings.update(secured="searching", persons=4, bedrooms=1, months=None)
    dossier.attachments.filter(kind="statutes").update(removed_at=clock.now())
    change_requests_services.ask(dossier, officer, asked={"5.2": "How many?"}, due_on=date(2099, 1, 31))
    Application.objects.filter(pk=dossier.pk).update(contact_name="")
    checks = found(dossier)
    assert checks == {
        "All questions are answered": (
            "missing",
            ["1.1 Name of the contact person", "4.1 Which dwellings do you offer?"],
        ),
        "Each aim is taken on by a party": ("missing", ["No party takes on: fitting guidance."]),
        "Dwellings for at least 12 months": (
            "missing",
            ["Dwelling 1: not for 12 months.", "Dwelling 1: we are still looking."],
        ),
        "Room for each household": (
            "look",
            ["No dwelling is left for a household of 5 persons.", "Dwelling 1: 4 persons in 1 bedrooms."],
        ),
        "Attachments complete, no virus found": ("missing", [f"7.2 Statutes – {name}"]),
        "Signed by each party’s rule": ("missing", [f"{name}: authorised representative"]),
        "Nothing asked is still open": ("look", ["5.2, due on 31 January 2099"]),
    }
    shown = page(officer, "inspect", dossier)
    assert all(label in shown for label in checks)


def test_the_extract_of_a_decision_may_still_come():
    town = MembershipFactory(organisation__kind=Organisation.Kind.MUNICIPALITY)
    remarks = found(complete_application(town))["Attachments complete, no virus found"]
    assert remarks[0] == "look"
    assert remarks[1] == [f"7.1 Extract of the decision to take part – {town.organisation}: may still come."]


@given(st.lists(st.integers(1, 9), max_size=4), st.lists(st.integers(0, 9), max_size=4))
def test_no_other_way_houses_more_households(households, places):
    without = unhoused(households, places)
    padded = [*places, *[0] * len(households)]
    best = max(
        sum(place >= persons for persons, place in zip(households, order, strict=False))
        for order in permutations(padded, len(households))
    )
    assert len(households) - len(without) == best
    assert all(without.count(size) <= households.count(size) for size in without)


# ── What changed ──────────────────────────────────────────────────────────────────────────────────────────────────────
@given(st.text("ab \n1.é", max_size=40), st.text("ab \n1.é", max_size=40))
def test_the_pieces_make_both_texts_again(before, after):
    made = pieces(before, after)
    assert "".join(piece.text for piece in made if piece.kind != NEW) == before
    assert "".join(piece.text for piece in made if piece.kind != GONE) == after


def test_the_words_that_changed_are_marked(dossier, officer, lead):
    assert "There is one version only" in page(officer, "differences", dossier)
    Application.objects.filter(pk=dossier.pk).update(experience="Ten years <b>with</b> two teams.")
    snapshots.freeze(Application.objects.get(pk=dossier.pk), lead.user)
    Application.objects.filter(pk=dossier.pk).update(experience="Ten years <b>with</b> three teams.")
    snapshots.freeze(Application.objects.get(pk=dossier.pk), lead.user)
    shown = page(officer, "differences", dossier)
    assert "5.3 Which experience do you have with guiding newcomers?" in shown
    assert 'two<span class="w-sr-only" lang="en"> end </span></del>' in shown
    assert "removed:" in shown
    assert "added:" in shown
    assert "&lt;b&gt;with&lt;/b&gt;" in shown
    assert "5.2" not in shown
    back = page(officer, "differences", dossier, "?before=3&after=3")
    assert "No answer differs." in back
    assert "now, not sent yet" not in shown
    change_requests_services.ask(dossier, officer, asked={"5.2": "How many?"}, due_on=date(2099, 1, 31))
    Application.objects.filter(pk=dossier.pk).update(guidance_hours=31)
    now = page(officer, "differences", dossier, "?before=3&after=now")
    assert "5.2 How many hours of guidance a week" in now
    assert "31" in now
    assert "5.2" not in page(officer, "differences", dossier, "?before=1&after=99")


# ── The log and the paper ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_log_shows_all_ours_or_theirs(dossier, officer, lead):
    begun, signed = "Fedasil began to read it.", "A signature was given."
    for query, expected in (("", (True, True)), ("?events=ours", (True, False)), ("?events=theirs", (False, True))):
        shown = page(officer, "inspect", dossier, query)
        assert (begun in shown, signed in shown) == expected, query


def test_the_dossier_on_paper(dossier, officer, lead):
    other, reviewer = UserFactory(groups=["Officers"]), UserFactory(groups=["Officers"])
    review_assigned(dossier, reviewer)
    notes.write(dossier, other, "5.2", "Few-hours-I-think.")
    notes.write(dossier, reviewer, "5.2", "Blind-until-all-are-done.")
    client = Client()
    client.force_login(officer)
    address = reverse("desk_applications:pdf", args=[dossier.pk])
    plain = client.get(address)
    assert plain["Content-Type"] == "application/pdf"
    text = poppler("pdftotext", plain.content)
    for part in (dossier.reference, lead.organisation.name, "Automatic checks", "5.2", "€22,000", "Internal"):
        assert part in text, part
    assert "Few-hours" not in text
    assert "Tagged:          yes" in poppler("pdfinfo", plain.content)
    assert language_of(plain.content) == "en"
    with_notes = poppler("pdftotext", client.get(f"{address}?notes=on").content)
    assert "Few-hours-I-think." in with_notes
    assert "Blind-until" not in with_notes
    reviewed(dossier, reviewer)


# ── How much it reads ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_dossier_takes_the_same_queries_whatever_it_holds(dossier, officer, django_assert_max_num_queries):
    client = Client()
    client.force_login(officer)
    url = reverse("desk_applications:inspect", args=[dossier.pk])
    others = [UserFactory(groups=["Officers"]) for _number in range(3)]
    for other in others[:2]:
        notes.write(dossier, other, "5.2", "A note.")
    client.get(url)
    with django_assert_max_num_queries(40) as before:
        assert client.get(url).status_code == 200
    for number in range(18):
        notes.write(dossier, others[number % 3], f"5.{number % 4 + 1}", "Another note.")
    home = dossier.dwellings.get()
    for _number in range(49):
        home.pk = None
        home.save()
    with django_assert_max_num_queries(len(before)):
        assert client.get(url).content.decode().count("Dwelling 50") == 1
