"""Decisions: prepared, looked at, released, several at once, corrected or revoked by a new one."""

import hashlib
import re
import zipfile
from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test.signals import template_rendered
from django.urls import reverse

from applications.decision import services as decision_services
from applications.models import Application, Decision, DecisionPower, Letter, LetterTemplate
from applications.papers import letters
from applications.parties import services as parties_services
from applications.review import services as review_services
from applications.versions import snapshots
from applications.workflow.decision import in_force
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity, Partnership, Placement
from portal import clock
from portal.audit import log
from portal.files import store
from portal.models import Mail, StoredFile
from portal.workflow import Refused
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    attach_what_is_needed,
    complete_application,
    prepared,
    released,
    reviewed,
    sign,
)
from tests.races import at_once
from tests.readers import language_of, poppler
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db
REASONS = "Drie doelen zijn gedekt."


@pytest.fixture
def decider(db):
    return UserFactory(groups=["Deciders"])


def reviewed_dossier(officers, lead=None) -> Application:
    dossier = application_in_review(lead or MembershipFactory(capacity=Capacity.REPRESENTATIVE), officers[0])
    for officer in officers[:2]:
        reviewed(dossier, officer)
    return dossier


@pytest.fixture
def dossier(officers, lead):
    return reviewed_dossier(officers, lead)


@pytest.fixture
def three_languages(officers):
    """One that a Dutch, a French and a German organisation submitted together, with their people."""
    people = {
        code: MembershipFactory(
            organisation=OrganisationFactory(letter_language=code),
            capacity=Capacity.REPRESENTATIVE,
            user__language=code,
        )
        for code in ("nl", "fr", "de")
    }
    lead = people["nl"]
    application = complete_application(lead, support_division="Even shares.")
    for code in ("fr", "de"):
        partner = people[code]
        party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language=code)
        parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    application = Application.objects.get(pk=application.pk)
    attach_what_is_needed(application)
    application = Application.objects.get(pk=application.pk)
    for party in application.joined_parties:
        person = people[party.organisation.letter_language]
        sign(party, person.user, person.capacity)
    application = APPLICATION.fire("submit", Application.objects.get(pk=application.pk), lead.user)
    APPLICATION.fire("begin_review", application, officers[0])
    application = Application.objects.get(pk=application.pk)
    for officer in officers[:2]:
        reviewed(application, officer)
    return application, people


def url(name, *args) -> str:
    return reverse(f"desk_decisions:{name}", args=args)


def page_of(user, application) -> str:
    return client_of(user).get(reverse("applications:application", args=[application.uuid])).content.decode()


def seen_in(html: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', html)[1]


def kept_files() -> set[str]:
    return set(store.names_in(storages["private"]))


# ── Prepared and released ─────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_prepared_is_seen_by_nobody_outside_until_it_is_released(dossier, officers, decider, lead):
    before = Mail.objects.count()
    prepare = reverse("desk_applications:prepare_decision", args=[dossier.pk])
    form = {"outcome": "approve", "reasons_nl": REASONS, "contact": officers[0].pk}
    for missing, field in (("outcome", "outcome"), ("reasons_nl", "reasons_nl"), ("contact", "contact")):
        answer = client_of(officers[2]).post(prepare, {**form, **dossier_read(dossier), missing: ""})
        assert field in answer.context["form"].errors
    answer = client_of(officers[2]).post(prepare, {**form, **dossier_read(dossier)})
    decision = Decision.objects.get()
    assert answer.url == url("inspect", decision.pk)
    again = client_of(decider).post(prepare, {**form, **dossier_read(dossier)})
    assert again.context["form"].non_field_errors()
    assert fresh(dossier).state == "in_review"
    assert Mail.objects.exclude(to=decider.email).count() == before
    page = page_of(lead.user, dossier)
    assert REASONS not in page
    # An officer looks at it, and cannot release it; the decider changes it and can.
    shown = client_of(officers[2]).get(url("inspect", decision.pk))
    assert "digest" in shown.context
    assert b'name="seen"' not in shown.content
    client = client_of(decider)
    client.post(url("change", decision.pk), {**form, **dossier_read(dossier), "reasons_nl": "Beter gezegd."})
    html = client.get(url("inspect", decision.pk)).content.decode()
    assert "Beter gezegd." in html
    assert client.post(url("release", decision.pk), {"seen": seen_in(html)}).url == reverse(
        "desk_applications:inspect", args=[dossier.pk]
    )
    decision.refresh_from_db()
    assert (decision.state, decision.decider, fresh(dossier).state) == ("released", decider, "approved")
    assert decision.partnership.contact == officers[0]
    page = page_of(lead.user, dossier)
    assert "Beter gezegd." in page
    assert reverse("applications:letter", args=[decision.letters.get().uuid]) in page
    mail = Mail.objects.get(to=lead.user.email, key__contains=":approved:")
    assert "Beter gezegd" not in mail.text
    # Released once.
    assert client.post(url("release", decision.pk), {"seen": seen_in(html)}).status_code == 302
    assert (Letter.objects.count(), Partnership.objects.count()) == (1, 1)
    assert client.get(url("change", decision.pk)).status_code == 404


def test_who_decides_is_told_and_sees_what_it_rests_on(dossier, officers, decider):
    dossier.lead.verified_at = dossier.lead.verified_by = None
    dossier.lead.save()
    form = client_of(officers[0]).get(reverse("desk_applications:prepare_decision", args=[dossier.pk])).content.decode()
    decision = prepared(dossier, officers[0])
    assert list(decider.notices.values_list("kind", flat=True))[-1] == "to_release"
    assert "to_release" not in officers[0].notices.values_list("kind", flat=True)
    shown = client_of(decider).get(url("inspect", decision.pk)).content.decode()
    for html in (form, shown):
        assert f"{dossier.lead.name} is nog niet gecontroleerd" in html
        assert "A solid offer." in html
        assert reverse("desk_applications:inspect", args=[dossier.pk]) in html
    first_page = client_of(decider).get("/admin/").content.decode()
    assert reverse("desk_decisions:index") in first_page.partition('id="first-things')[2]
    assert reverse("desk_applications:index") in first_page.partition('role="search"')[0][-200:]


def test_a_discarded_one_is_gone_and_makes_room(dossier, officers):
    decision = prepared(dossier, officers[0])
    client = client_of(officers[1])
    client.post(url("discard", decision.pk))
    assert client.get(url("inspect", decision.pk)).status_code == 404
    with pytest.raises(Refused):
        decision_services.change(decision, officers[0], outcome="decline", reasons={"nl": "x"})
    prepared(dossier, officers[0], "decline")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(state="prepared")


def new_version(dossier):
    snapshots.freeze(dossier, dossier.created_by)


def settle_anew(dossier):
    review = dossier.reviews.first()
    review.recorded_at += timedelta(minutes=1)
    review.save()


def withdraw_power(dossier):
    DecisionPower.objects.update(valid_until=clock.today() - timedelta(days=1))


def edit_the_text(dossier):
    LetterTemplate.objects.filter(language="nl").update(subject="Over {reference}")


@pytest.mark.parametrize("change", [new_version, settle_anew, edit_the_text, withdraw_power])
def test_it_is_not_released_on_anything_else_than_what_it_was_prepared_and_looked_at(
    dossier, officers, decider, change
):
    decision = prepared(dossier, officers[0])
    client = client_of(decider)
    seen = seen_in(client.get(url("inspect", decision.pk)).content.decode())
    change(dossier)
    client.post(url("release", decision.pk), {"seen": seen})
    assert (Decision.objects.get().state, fresh(dossier).state) == ("prepared", "in_review")
    assert not Letter.objects.exists()
    assert not Partnership.objects.exists()
    if change is settle_anew:
        decision_services.change(decision, officers[0], outcome="approve", reasons={"nl": "x"}, contact=officers[0])
        assert released(decision, decider).state == "approved"


def test_a_prepared_one_closes_with_the_reviews_and_who_keeps_out_sees_nothing(dossier, officers, decider):
    decision = prepared(dossier, decider, "decline", reasons=REASONS)
    third, out = officers[2], officers[1]
    listed = url("index")
    dossier_url = reverse("desk_applications:inspect", args=[dossier.pk])
    assert REASONS in client_of(third).get(dossier_url).content.decode()
    assert url("inspect", decision.pk) in client_of(third).get(listed).content.decode()
    review_services.recuse(dossier, out, reason="family")
    for address in (url("inspect", decision.pk), url("change", decision.pk), dossier_url):
        assert client_of(out).get(address).status_code == 404
    assert dossier.reference not in client_of(out).get(listed).content.decode()
    assert url("inspect", decision.pk) not in client_of(out).get(f"{listed}?q={dossier.reference}").content.decode()
    # A review short: it tells what the reviews said, and closes.
    assert client_of(third).get(url("inspect", decision.pk)).status_code == 404
    assert REASONS not in client_of(third).get(dossier_url).content.decode()
    assert url("inspect", decision.pk) not in client_of(third).get(listed).content.decode()
    assert client_of(decider).get(url("inspect", decision.pk)).status_code == 200


def test_a_withdrawn_application_is_not_decided(dossier, officers, decider, lead):
    decision = prepared(dossier, officers[0])
    APPLICATION.fire("withdraw", dossier, lead.user)
    assert Decision.objects.get().state == "discarded"
    with pytest.raises(Refused):
        decision_services.release(decision, decider, seen="")


# ── Letters ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_party_gets_its_letter_in_its_language_as_it_was_previewed(three_languages, officers, decider):
    application, people = three_languages
    reasons = {"nl": "Alles is er.", "fr": "Tout y est.", "de": "Alles ist da."}
    with pytest.raises(Refused):
        decision_services.prepare(application, officers[0], outcome="decline", reasons={**reasons, "fr": " "})
    decision = decision_services.prepare(application, officers[0], outcome="decline", reasons=reasons)
    client = client_of(decider)
    page = client.get(url("inspect", decision.pk))
    shown = {
        letter.party.pk: client.get(url("letter", decision.pk, letter.party.pk)) for letter in page.context["letters"]
    }
    assert {language for language, _mail in page.context["mails"]} == {"nl", "fr", "de"}
    client.post(url("release", decision.pk), {"seen": page.context["digest"]})
    assert Letter.objects.count() == 3
    for letter in Letter.objects.select_related("party__organisation", "stored"):
        content = letter.stored.read()
        assert content == shown[letter.party_id].content
        assert letter.stored.sha256 == hashlib.sha256(content).hexdigest()
        assert language_of(content) == letter.language == letter.party.organisation.letter_language
        text = " ".join(poppler("pdftotext", content, "-layout").split())
        assert "Tagged: yes" in " ".join(poppler("pdfinfo", content).split())
        assert reasons[letter.language] in text
        assert letter.party.name in text
        assert not re.search(r"\b(the|your|and|with|sample)\b", text.replace("Sample organisation", ""), re.IGNORECASE)
        for code, person in people.items():
            own = code == letter.language
            answer = client_of(person.user).get(reverse("applications:letter", args=[letter.uuid]))
            assert answer.status_code == (200 if own else 404)
            assert (str(letter.uuid) in page_of(person.user, application)) is own
    # What is changed later changes no letter that was sent.
    LetterTemplate.objects.update(body="{reasons}!")
    letter = Letter.objects.first()
    assert client.get(url("letter", decision.pk, letter.party_id)).getvalue() == letter.stored.read()
    # In the ZIP: one's own; at the desk all.
    for user, count in ((people["fr"].user, 1), (officers[0], 3)):
        name = "desk_applications:download" if count == 3 else "applications:download"
        key = application.pk if count == 3 else application.uuid
        archive = client_of(user).get(reverse(name, args=[key])).getvalue()
        names = zipfile.ZipFile(BytesIO(archive)).namelist()
        assert len([found for found in names if found.startswith("letters/")]) == count


def test_all_is_rendered_once_and_before_the_application_is_locked(three_languages, officers, decider):
    application, _people = three_languages
    reasons = {"nl": "Alles is er.", "fr": "Tout y est.", "de": "Alles ist da."}
    decision = decision_services.prepare(application, officers[0], outcome="decline", reasons=reasons)
    seen = letters.digest(letters.written(Decision.objects.get(pk=decision.pk)))
    unlocked, rendered = len(connection.savepoint_ids), Counter()

    def note(template, **kwargs):
        # What takes locks stands within a transaction, here a savepoint.
        rendered[template.name, len(connection.savepoint_ids) == unlocked] += 1

    template_rendered.connect(note)
    try:
        decision_services.release(decision, decider, seen=seen)
    finally:
        template_rendered.disconnect(note)
    assert {unlocked for _name, unlocked in rendered} == {True}
    assert rendered["applications/print/letter.html", True] == 3
    # Each language as text and as page.
    assert rendered["mail/applications/declined.txt", True] == 3 * 2
    assert Mail.objects.filter(key__contains=":declined:").count() == 3


def test_what_stands_in_reasons_is_text(dossier, officers, decider):
    decision = prepared(dossier, officers[0], reasons="<script>alert(1)</script> {contact} {nothing}")
    html = letters.written(Decision.objects.get(pk=decision.pk))[0].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {contact} {nothing}" in html


# ── Several ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_several_are_released_each_by_itself(officers, decider):
    dossiers = [reviewed_dossier(officers) for _number in range(3)]
    decisions = [prepared(dossier, officers[0]) for dossier in dossiers]
    client = client_of(decider)
    assert client.get(url("index")).content.decode().count('name="decision"') == 3
    assert b'name="decision"' not in client_of(officers[0]).get(url("index")).content
    assert client.get(url("release_many")).url == url("index")
    assert client_of(officers[0]).get(url("release_many")).url == "/admin/"
    settle_anew(dossiers[1])
    keys = [str(decision.pk) for decision in decisions]
    page = client.get(url("release_many"), {"decision": keys})
    rows = {row["decision"].pk: row for row in page.context["rows"]}
    assert [bool(rows[decision.pk]["refused"]) for decision in decisions] == [False, True, False]
    seen = {f"seen-{pk}": row.get("digest", "") for pk, row in rows.items()}
    # One more is overtaken while the page is open.
    decision_services.change(decisions[2], officers[0], outcome="decline", reasons={"nl": "Toch niet."})
    done = client.post(url("release_many"), {"decision": [*keys, "no", "999999"], **seen})
    assert [bool(result.refused) for result in done.context["results"]] == [False, True, True]
    assert [fresh(dossier).state for dossier in dossiers] == ["approved", "in_review", "in_review"]
    assert Letter.objects.count() == 1


def test_the_list_takes_the_same_queries_for_more(officers, decider, django_assert_max_num_queries):
    prepared(reviewed_dossier(officers), officers[0])
    client = client_of(decider)
    client.get(url("index"))
    with django_assert_max_num_queries(45) as before:
        client.get(url("index"))
    for _number in range(3):
        prepared(reviewed_dossier(officers), officers[0])
    with django_assert_max_num_queries(len(before)):
        assert client.get(url("index")).content.decode().count('name="decision"') == 4


# ── Corrected and revoked ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_chain_of_corrections_ends_and_begins_partnerships(dossier, officers, decider, lead):
    released(prepared(dossier, officers[0]), decider)
    first = Decision.objects.get()
    # Other reasons and another contact person: the partnership goes on.
    same = prepared(fresh(dossier), officers[1], "approve", "Beter gezegd.")
    assert same.corrects == first
    assert page_of(lead.user, dossier).count("Beter gezegd.") == 0
    released(same, decider)
    first.refresh_from_db()
    partnership = Partnership.objects.get()
    assert (first.state, partnership.contact) == ("replaced", officers[1])
    assert in_force(dossier) == same
    # Revoked: it lapses, and nobody is to arrive.
    revoked = prepared(fresh(dossier), officers[0], "revoke", "De woning viel weg.")
    assert released(revoked, decider).state == "declined"
    partnership.refresh_from_db()
    assert partnership.state == "lapsed"
    assert set(Placement.objects.values_list("state", flat=True)) == {"cancelled"}
    assert "De woning viel weg." in page_of(lead.user, dossier)
    assert Mail.objects.filter(to=lead.user.email, key__contains=":revoked:").count() == 1
    assert "revoke" not in decision_services.possible_outcomes(fresh(dossier))
    # Approved after all: another one begins, with the same reference.
    html = letters.written(Decision.objects.get(pk=prepared(fresh(dossier), officers[0]).pk))[0].html
    assert "vervangt onze beslissing" in html
    assert released(Decision.objects.get(state="prepared"), decider).state == "approved"
    assert sorted(Partnership.objects.values_list("state", flat=True)) == ["agreement_drafted", "lapsed"]
    assert Letter.objects.count() == 4
    assert Decision.objects.filter(state="released").count() == 1
    # Declined from there.
    assert released(prepared(fresh(dossier), officers[0], "decline"), decider).state == "declined"
    assert not Partnership.objects.filter(state="agreement_drafted").exists()
    page = client_of(officers[0]).get(reverse("desk_applications:inspect", args=[dossier.pk])).content.decode()
    assert page.count("De woning viel weg.") == 1


def test_nothing_is_corrected_once_the_agreement_is_signed(dossier, officers, decider):
    released(prepared(dossier, officers[0]), decider)
    waiting = prepared(fresh(dossier), officers[0], "revoke")
    Partnership.objects.update(state="signed")
    with pytest.raises(Refused):
        released(waiting, decider)
    with pytest.raises(Refused):
        decision_services.change(waiting, officers[0], outcome="decline", reasons={"nl": "x"})
    decision_services.discard(waiting, officers[0])
    with pytest.raises(Refused):
        prepared(fresh(dossier), officers[0], "decline")
    page = client_of(officers[0]).get(reverse("desk_applications:inspect", args=[dossier.pk])).content.decode()
    assert reverse("desk_applications:prepare_decision", args=[dossier.pk]) not in page
    assert (fresh(dossier).state, Partnership.objects.get().state) == ("approved", "signed")


def test_a_failure_half_way_leaves_nothing(dossier, officers, decider, monkeypatch):
    decision = prepared(dossier, officers[0])
    rows, kept = StoredFile.objects.count(), kept_files()

    def fail(*args, **kwargs):
        raise RuntimeError("the post is on strike")

    monkeypatch.setattr("applications.workflow.decision.send_mails", fail)
    with pytest.raises(RuntimeError):
        released(decision, decider)
    assert (Decision.objects.get().state, fresh(dossier).state) == ("prepared", "in_review")
    assert not Letter.objects.exists()
    assert not Partnership.objects.exists()
    assert (StoredFile.objects.count(), kept_files()) == (rows, kept)


# ── At once ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_two_deciders_at_once_release_it_once(own_transactions):
    officers = [UserFactory(groups=["Officers"]) for _number in range(2)]
    dossier = reviewed_dossier(officers)
    decision = Decision.objects.get(pk=prepared(dossier, officers[0]).pk)
    seen = letters.digest(letters.written(decision))
    deciders = [UserFactory(groups=["Deciders"]) for _number in range(2)]

    def release():
        return decision_services.release(decision, deciders.pop(), seen=seen)

    results = at_once(2, release)
    assert [type(result) for result in results].count(Application) == 1
    assert all(result.messages for result in results if isinstance(result, Refused))
    assert (Decision.objects.get().state, fresh(dossier).state) == ("released", "approved")
    assert (Partnership.objects.count(), Letter.objects.count()) == (1, 1)
    assert Mail.objects.filter(key__contains=":approved:").count() == 1
    assert [entry.data for entry in log.entries_of(dossier) if entry.action == "approve"] == [{"decision": decision.pk}]
