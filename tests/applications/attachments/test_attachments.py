"""Attachments as their people meet them: asked, sent, refused, scanned, read, removed."""

import html
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from applications.attachments import services as attachments_services
from applications.change_requests import services as change_requests_services
from applications.models import Application, Attachment
from applications.parties import services as parties_services
from applications.questionnaire import completeness, file_requirements, questions
from applications.signing import coverage
from applications.versions import snapshots
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity, Organisation
from portal import jobs
from portal.files import clamav, cleanup, receiving, store
from portal.files.validation.errors import REASONS
from portal.models import Mail, StoredFile
from portal.workflow import Refused
from tests.clamav import EICAR
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    attach,
    complete_application,
    sign,
    small_pdf,
)
from tests.hostile import Hostile, hostile_files, image, jpeg_with, office

pytestmark = pytest.mark.django_db
SECTION = "/en/applications/{}/sections/attachments/"


@pytest.fixture
def town():
    organisation = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    return MembershipFactory(organisation=organisation)


@pytest.fixture
def empty_places():
    """Storages hold what this test puts there, and nothing else."""
    forget_all()
    yield
    forget_all()


def forget_all():
    for place in store.PLACES:
        for name in list(store.names_in(storages[place])):
            storages[place].delete(name)


def lying() -> dict[str, list[str]]:
    return {place: sorted(cleanup.content_names(storages[place])) for place in store.PLACES}


def field(kind: str, application: Application, *, lead: bool = True) -> str:
    return f"{kind}-{application.parties.get(is_lead=lead).uuid}"


def send(person, application, language="en", **fields):
    """Post these files, by field: (name, bytes), or a list of them."""
    client = Client()
    client.force_login(person)
    data = {}
    for name, chosen in fields.items():
        chosen = chosen if isinstance(chosen, list) else [chosen]
        data[name.replace("__", "-")] = [SimpleUploadedFile(*file) for file in chosen]
    return client.post(SECTION.format(application.uuid).replace("/en/", f"/{language}/"), data)


def get(person, path, status=200):
    client = Client()
    client.force_login(person)
    response = client.get(path)
    assert response.status_code == status
    return response


def texts(response) -> str:
    return response.content.decode().replace("\xa0", " ")


# ── Who is asked for what ────────────────────────────────────────────────────────────────────────────────────────────
def asked(application) -> set[str]:
    fresh = Application.objects.get(pk=application.pk)
    return {question.field for question in questions.BY_CODE["attachments"].asked(fresh)}


def test_a_town_alone_sees_what_concerns_it_and_nothing_is_required(town):
    application = complete_application(town)
    assert asked(application) == {"decision", "availability"}
    page = texts(get(town.user, SECTION.format(application.uuid)))
    assert 'id="nothing-required"' in page
    assert "Statutes" not in page
    assert "Nothing required" in texts(get(town.user, f"/en/applications/{application.uuid}/"))
    assert completeness.missing(application, questions.BY_CODE["attachments"]) == []


def test_a_non_profit_gives_accounts_or_a_budget(lead, application):
    assert asked(application) == {"statutes", "representation", "accounts", "availability"}
    section = questions.BY_CODE["attachments"]
    attachments_services.remove(Attachment.objects.get(kind="accounts"), lead.user)
    fresh = Application.objects.get(pk=application.pk)
    assert [question.field for question in completeness.missing(fresh, section)] == ["accounts"]
    attach(fresh.joined_parties[0], "budget")
    assert completeness.missing(Application.objects.get(pk=application.pk), section) == []


def test_several_parties_are_asked_for_their_agreement_and_each_gives_its_own(town):
    application = complete_application(town)
    partner = MembershipFactory()
    party = parties_services.invite(application, town.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(party, partner.user, partner.organisation, stay=True, guidance=False)
    assert asked(application) == {"decision", "statutes", "representation", "accounts", "agreement", "availability"}
    own = texts(get(partner.user, SECTION.format(application.uuid)))
    assert field("statutes", application, lead=False) in own
    assert field("decision", application) not in own
    # The lead for all; what is common and of the stay also those of the stay.
    everything = texts(get(town.user, SECTION.format(application.uuid)))
    assert field("statutes", application, lead=False) in everything
    assert ('name="availability"' in own, 'name="agreement"' in own) == (True, False)
    assert 'name="agreement"' in everything


# ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_file_waits_in_quarantine_is_scanned_and_can_be_read(lead, application, clamd, empty_places):
    content = small_pdf("agreement")
    response = send(lead.user, application, availability=("Lease.pdf", content))
    assert response.status_code == 302
    found = Attachment.objects.get(kind="availability")
    assert (found.state, found.name, found.sha256) == ("waiting", "Lease.pdf", found.stored.sha256)
    assert {place: len(names) for place, names in lying().items()} == {"quarantine": 1, "private": 0}
    address = f"/en/applications/attachments/{found.uuid}/"
    get(lead.user, address, 404)
    assert 'id="waiting"' in texts(get(lead.user, SECTION.format(application.uuid)))
    with pytest.raises(Refused, match="Lease.pdf"):
        APPLICATION.fire("submit", signed(application, lead), lead.user)

    task = DBTaskResult.objects.get(task_path__endswith="scan_in_background", args_kwargs__args=[found.stored_id])
    receiving.scan_in_background.call(*task.args_kwargs["args"])
    found.refresh_from_db()
    assert found.state == "clean"
    assert {place: len(names) for place, names in lying().items()} == {"quarantine": 1, "private": 2}
    response = get(lead.user, address)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == 'attachment; filename="Lease.pdf"'
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert "no-store" in response["Cache-Control"]
    picture = get(lead.user, f"{address}pages/1/")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    get(lead.user, f"{address}pages/2/", 404)
    APPLICATION.fire("submit", application, lead.user)


def signed(application, lead) -> Application:
    fresh = Application.objects.get(pk=application.pk)
    sign(fresh.joined_parties[0], lead.user, lead.capacity)
    return Application.objects.get(pk=application.pk)


def test_the_file_leaves_quarantine_once_that_is_committed(
    lead, application, empty_places, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(lead.user, application, availability=("Lease.pdf", small_pdf()))
        attachments_services.settle(Attachment.objects.get(kind="availability"), "")
    assert {place: len(names) for place, names in lying().items()} == {"quarantine": 0, "private": 1}


def test_each_file_is_kept_whatever_becomes_of_the_others(lead, application):
    name = field("statutes", application)
    good, bad = ("statutes 2.pdf", small_pdf("new")), ("virus.exe", b"MZ")
    response = send(lead.user, application, **{name: [good, bad], "availability": ("lease.png", image("PNG"))})
    page = texts(response)
    assert response.status_code == 200
    assert f'<a href="#id_{name}">“virus.exe”: {REASONS["kind"]}</a>' in page
    assert page.count("<title>Error:") == 1
    assert set(Attachment.objects.filter(state="waiting").values_list("name", flat=True)) == {
        "statutes 2.pdf",
        "lease.png",
    }
    assert "statutes 2.pdf" in page


def test_the_same_file_twice_is_said_and_not_doubled(lead, application):
    file = ("lease.pdf", small_pdf("lease"))
    send(lead.user, application, availability=file)
    page = texts(send(lead.user, application, availability=("otherwise.pdf", file[1])))
    assert "You added this file already." in page
    assert Attachment.objects.filter(kind="availability").count() == 1


def test_a_new_file_takes_the_place_of_the_only_one(lead, application):
    send(lead.user, application, **{field("accounts", application): ("accounts 2025.pdf", small_pdf("2025"))})
    assert Attachment.objects.get(kind="accounts").name == "accounts 2025.pdf"
    # A refused one leaves what is there.
    send(lead.user, application, **{field("accounts", application): ("accounts.exe", b"MZ")})
    assert Attachment.objects.get(kind="accounts").name == "accounts 2025.pdf"


def test_there_is_room_for_so_many(lead, application):
    name = field("statutes", application)
    sent = [(f"{number}.pdf", small_pdf(f"part {number}")) for number in range(4)]
    page = texts(send(lead.user, application, **{name: sent}))
    assert "There is room for 3 files here." in page
    assert Attachment.objects.filter(kind="statutes").count() == 3


def test_an_application_has_only_so_many_files(lead, application, settings):
    settings.ATTACHMENTS_IN_ALL = 3
    assert "at most 3 files" in texts(send(lead.user, application, availability=("a.pdf", small_pdf("a"))))


def test_nothing_chosen_is_said(lead, application):
    client = Client()
    client.force_login(lead.user)
    assert "You chose no file." in texts(client.post(SECTION.format(application.uuid), {}, follow=True))


def test_removing_asks_first_and_forgets_the_file(lead, application, empty_places, django_capture_on_commit_callbacks):
    found = attach(application.joined_parties[0], "budget")
    address = f"/en/applications/attachments/{found.uuid}/remove/"
    assert "Do you want to remove" in texts(get(lead.user, address))
    assert Attachment.objects.filter(pk=found.pk).exists()
    client = Client()
    client.force_login(lead.user)
    stored = found.stored.content.name
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert not Attachment.objects.filter(pk=found.pk).exists()
    assert stored not in lying()["private"]


def test_the_database_keeps_it_whole(lead, application):
    found = Attachment.objects.filter(kind="statutes").get()
    for change in ({"party": None}, {"stored": None}, {"state": "other"}, {"kind": "passport"}, {"size": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=found.pk).update(**change)
    found.pk, found.uuid, found.stored = None, uuid.uuid4(), store.store(b"x", name="x", content_type="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


# ── Hostile files ────────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGES = ["nl", "fr", "de", "en"]


def test_no_hostile_file_gets_in(lead, application, empty_places):
    """Each is refused at its field, in the language of the reader, and leaves nothing anywhere."""
    rows, stored = Attachment.objects.count(), StoredFile.objects.count()
    wrong = []
    for number, hostile in enumerate(hostile_files()):
        language = LANGUAGES[number % 4]
        response = send(lead.user, application, language, availability=(hostile.name, hostile.content))
        if response.status_code != 200 or not says_why(hostile, language, texts(response)):
            wrong.append(hostile.what)
    assert wrong == []
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (rows, stored)
    assert lying() == {"quarantine": [], "private": []}


def says_why(hostile: Hostile, language: str, page: str) -> bool:
    at_field = html.unescape(page).partition('id="id_availability_error"')[2].partition("</p>")[0]
    codes = ["two_kinds", "damaged"] if hostile.code == "damaged_or_two" else [hostile.code]
    with translation.override(language):
        reasons = [str(REASONS[code]).replace("%(name)s", hostile.named) for code in codes if code in REASONS]
    # What was read from the page has plain spaces.
    return any(" ".join(reason.split()) in at_field for reason in reasons) if reasons else bool(at_field)


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.pdf", "C:\\x\\y.pdf", "a\u202efdp.exe", "x" * 400 + ".pdf", "é.pdf"]
)
def test_odd_names_are_cleaned(lead, application, name):
    send(lead.user, application, availability=(name, small_pdf(name)))
    found = Attachment.objects.get(kind="availability")
    assert found.name.endswith(".pdf")
    assert not set(found.name) & set("/\\\u202e")
    attachments_services.settle(found, "")
    response = get(lead.user, f"/en/applications/attachments/{found.uuid}/")
    assert response["Content-Disposition"].startswith("attachment;")


def with_eicar() -> dict[str, bytes]:
    return {
        "letter.docx": office("docx", {"word/media/image1.png": EICAR}),
        "table.ods": office("ods", {"Pictures/a": EICAR}),
        "text.odt": office("odt", body=b"<a>" + EICAR.replace(b"&", b"&amp;") + b"</a>"),
        "statutes.pdf": small_pdf().replace(b"\n", b"\n%" + EICAR + b"\n", 1),
        "photo.jpg": jpeg_with(EICAR),
    }


@pytest.mark.parametrize("name", with_eicar().keys())
def test_what_the_scanner_finds_is_deleted_and_said(
    lead, application, clamd, empty_places, django_capture_on_commit_callbacks, name
):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(lead.user, application, availability=(name, with_eicar()[name])).status_code == 302
        assert jobs.run("virus checks") >= 1
    found = Attachment.objects.get(kind="availability")
    assert (found.state, found.stored) == ("refused", None)
    assert lying() == {"quarantine": [], "private": []}
    get(lead.user, f"/en/applications/attachments/{found.uuid}/", 404)
    assert "We deleted it." in texts(get(lead.user, SECTION.format(application.uuid)))
    assert Mail.objects.filter(to=lead.user.email, key__startswith="attachment-refused").count() == 1
    assert (
        file_requirements.provided(Application.objects.get(pk=application.pk), questions.BY_NUMBER["7.6"].requirement)
        == []
    )


# ── The scanner goes away and comes back ─────────────────────────────────────────────────────────────────────────────
def test_without_a_scanner_files_wait_and_the_page_says_so(lead, application, clamd, settings):
    settings.CLAMD_SOCKET = "unix:///nowhere/clamd.sock"
    send(lead.user, application, availability=("lease.pdf", small_pdf("lease")))
    assert jobs.run("virus checks") == 0
    found = Attachment.objects.get(kind="availability")
    assert (found.state, found.tried_at is None) == ("waiting", False)
    assert "The virus check does not answer now." in texts(get(lead.user, SECTION.format(application.uuid)))
    page = texts(get(lead.user, f"/en/applications/{application.uuid}/submit/"))
    assert "lease.pdf" in page.partition('id="unscanned"')[2]
    settings.CLAMD_SOCKET = clamd.address
    assert jobs.run("virus checks") == 1
    found.refresh_from_db()
    assert found.state == "clean"


@pytest.mark.parametrize("address", ["", "tcp://127.0.0.1:1", "unix:///nowhere"])
def test_a_scanner_that_is_not_there_never_calls_a_file_clean(settings, address):
    settings.CLAMD_SOCKET = address
    with pytest.raises(clamav.ScannerAway):
        clamav.scan(b"anything")


def test_a_clamd_over_its_socket(clamd):
    assert clamav.scan(small_pdf()) == ""
    assert "Eicar" in clamav.scan(EICAR)
    assert clamav.scan(b"x" * 3_000_000) == ""


def test_the_stand_in_of_the_demonstration_knows_the_test_file_only(settings):
    settings.SCANNER_STAND_IN = True
    assert clamav.scan(EICAR)
    assert clamav.scan(small_pdf()) == ""
    settings.DEMO = False
    with pytest.raises(clamav.ScannerAway):
        clamav.scan(small_pdf())


# ── What a signature and a Version hold ──────────────────────────────────────────────────────────────────────────────
def test_a_signature_covers_own_and_common_files_but_not_what_may_follow(town):
    application = complete_application(town)
    partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    party = parties_services.invite(application, town.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)

    def hashes():
        fresh = Application.objects.get(pk=application.pk)
        return [coverage.content_hash(party) for party in fresh.joined_parties]

    def changed(add) -> list[bool]:
        before = hashes()
        add()
        return [old != new for old, new in zip(before, hashes(), strict=True)]

    lead_party, other = Application.objects.get(pk=application.pk).joined_parties
    assert changed(lambda: attach(lead_party, "decision")) == [False, False]
    assert changed(lambda: attach(other, "statutes")) == [False, True]
    assert changed(lambda: send(town.user, application, agreement=("a.pdf", small_pdf("agreement")))) == [True, True]


def test_a_version_names_files_with_their_hashes_and_keeps_them(lead, application):
    submitted = APPLICATION.fire("submit", signed(application, lead), lead.user)
    answers = {
        question["number"]: question["answer"]
        for section in submitted.versions.get().content["sections"]
        for question in section["questions"]
    }
    statutes = Attachment.objects.get(kind="statutes")
    assert answers["7.2"] == [
        {
            "number": lead.organisation.enterprise_number,
            "kind": "statutes",
            "name": statutes.name,
            "sha256": statutes.sha256,
        }
    ]
    officer = UserFactory(groups=["Officers"])
    APPLICATION.fire("begin_review", submitted, officer)
    change_requests_services.ask(
        submitted, officer, asked={"7.2": "Newer ones."}, due_on=timezone.localdate() + timedelta(days=9)
    )
    attachments_services.remove(statutes, lead.user)
    statutes.refresh_from_db()
    assert statutes.removed_at
    assert statutes.stored.read() == small_pdf("statutes")
    assert "7.2" not in {
        question["number"]
        for section in snapshots.content_of(Application.objects.get(pk=application.pk))["sections"]
        for question in section["questions"]
        if question["answer"] and question["number"] == "7.2"
    }
    # What was not asked stays closed.
    with pytest.raises(Refused):
        attachments_services.remove(Attachment.objects.get(kind="accounts"), lead.user)


def test_the_extract_of_a_decision_may_follow_after_the_submission(town):
    mayor, director = (
        MembershipFactory(organisation=town.organisation, capacity=capacity, manager=False, contributor=False)
        for capacity in (Capacity.MAYOR, Capacity.GENERAL_DIRECTOR)
    )
    application = complete_application(town)
    for signatory in (mayor, director):
        sign(Application.objects.get(pk=application.pk).joined_parties[0], signatory.user, signatory.capacity)
    APPLICATION.fire("submit", Application.objects.get(pk=application.pk), town.user)
    assert "sections/attachments/" in texts(get(town.user, f"/en/applications/{application.uuid}/"))
    send(town.user, application, **{field("decision", application): ("decision.pdf", small_pdf("decision"))})
    assert Attachment.objects.get(kind="decision").state == "waiting"
    assert Application.objects.get(pk=application.pk).state == "submitted"
    send(town.user, application, availability=("lease.pdf", small_pdf("lease")))
    assert not Attachment.objects.filter(kind="availability").exists()


# ── Who reads it ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_may_read_and_change_a_file_in_every_state(town):
    application = complete_application(town)
    partner, second = MembershipFactory(), MembershipFactory()
    for member in (partner, second):
        party = parties_services.invite(application, town.user, name="P", email=member.user.email, language="nl")
        parties_services.accept(party, member.user, member.organisation, stay=member == partner, guidance=True)
    people = {
        "lead": town.user,
        "leads viewer": MembershipFactory(
            organisation=town.organisation, manager=False, contributor=False, viewer=True
        ).user,
        "partner": partner.user,
        "partners viewer": MembershipFactory(
            organisation=partner.organisation, manager=False, contributor=False, viewer=True
        ).user,
        "second": second.user,
        "stranger": MembershipFactory().user,
        "officer": UserFactory(groups=["Officers"]),
        "decider": UserFactory(groups=["Deciders"]),
        "editor": UserFactory(groups=["Editors"]),
        "administrator": UserFactory(groups=["Administrators"]),
    }
    fresh = Application.objects.get(pk=application.pk)
    its_party = next(found for found in fresh.joined_parties if found.organisation == partner.organisation)
    of_partner = attach(its_party, "budget")
    send(partner.user, application, availability=("lease.pdf", small_pdf("lease")))
    common = Attachment.objects.get(kind="availability")
    attachments_services.settle(common, "")
    attachments_services.draw_previews(common, small_pdf("lease"))
    attachments_services.draw_previews(of_partner, small_pdf("budget"))

    def through(path: str) -> set[str]:
        return {
            name
            for name, person in people.items()
            if (client := Client()).force_login(person) is None and client.get(path).status_code == 200
        }

    own = {"lead", "leads viewer", "partner", "partners viewer"}
    fedasil = set()
    for state in Application.State.values:
        if state == "submitted":
            Application.objects.filter(pk=application.pk).update(
                reference="HV-1", submitted_at=timezone.now(), led_by=application.lead
            )
            fedasil = {"officer", "decider"}
        Application.objects.filter(pk=application.pk).update(state=state)
        for path in ("", "pages/1/"):
            assert through(f"/en/applications/attachments/{of_partner.uuid}/{path}") == own | fedasil, state
            assert through(f"/en/applications/attachments/{common.uuid}/{path}") == own | {"second"} | fedasil, state
        assert through(f"/en/applications/attachments/{of_partner.uuid}/remove/") == {"lead", "partner"}, state
        client = Client()
        client.force_login(partner.user)
        if state != "draft":
            assert client.post(f"/en/applications/attachments/{of_partner.uuid}/remove/").status_code == 409, state
    # The names of another's files are not said either.
    assert of_partner.sha256[:16] in texts(get(partner.user, f"/en/applications/{application.uuid}/summary/"))
    assert of_partner.sha256[:16] not in texts(get(second.user, f"/en/applications/{application.uuid}/summary/"))


def test_the_dossier_shows_files_with_previews(lead, application):
    found = Attachment.objects.get(kind="statutes")
    attachments_services.draw_previews(found, small_pdf("statutes"))
    submitted = APPLICATION.fire("submit", signed(application, lead), lead.user)
    page = texts(get(UserFactory(groups=["Officers"]), reverse("desk_applications:inspect", args=[submitted.pk])))
    assert f"/attachments/{found.uuid}/pages/1/" in page
    assert f"/attachments/{found.uuid}/" in page


def test_another_party_puts_nothing_in_the_place_of_one(town):
    application = complete_application(town)
    partner = MembershipFactory()
    party = parties_services.invite(application, town.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    send(partner.user, application, **{field("decision", application): ("x.pdf", small_pdf("x"))})
    assert not Attachment.objects.filter(kind="decision").exists()


# ── No orphans ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_failure_after_the_storage_took_it_leaves_nothing(lead, application, empty_places, monkeypatch):
    from applications.answers import saving

    def fail(*arguments):
        raise RuntimeError("power cut")

    monkeypatch.setattr(saving, "touch", fail)
    with pytest.raises(RuntimeError):
        attach(application.joined_parties[0], "budget")
    assert lying() == {"quarantine": [], "private": []}
