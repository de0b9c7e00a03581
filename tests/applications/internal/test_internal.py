"""What Fedasil's people write to one another: notes, the thread among Fedasil, advice; and who may not read it when."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.communication import messages
from applications.internal import advice, discussion, notes
from applications.models import AdviceRequest, Application, Note, PrivateMessage
from applications.review import services as review_services
from applications.versions import snapshots
from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import LogEntry, Mail
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import UserFactory, application_in_review, attach, review_assigned, reviewed
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db
SOON = date(2099, 1, 31)
SECRET = "zzz-nobody-else-may-read-this-yet"


def address(name, *arguments) -> str:
    return reverse(f"desk_applications:{name}", args=arguments)


def content_of(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode(errors="replace")


def refused(response) -> bool:
    return response.status_code in (403, 404) or (response.status_code, getattr(response, "url", "")) == (
        302,
        "/admin/",
    )


@pytest.fixture
def officers():
    return [UserFactory(groups=["Officers"]) for _number in range(3)]


@pytest.fixture
def decider():
    return UserFactory(groups=["Deciders"])


@pytest.fixture
def editor():
    return UserFactory(groups=["Editors"])


@pytest.fixture
def dossier(lead, officers):
    """In review by the first two officers; the third is no reviewer."""
    found = application_in_review(lead, officers[0])
    for officer in officers[:2]:
        review_assigned(found, officer)
    return found


def finish_reviews(dossier, officers):
    for officer in officers[:2]:
        reviewed(dossier, officer)


def everything_seen_by(user, dossier) -> str:
    """All pages, lists, searches, exports and files that this person gets about the dossier, as one text."""
    client = client_of(user)
    addresses = [
        address("inspect", dossier.pk),
        *[f"{address('inspect', dossier.pk)}?events={events}" for events in ("ours", "theirs")],
        address("private", dossier.pk),
        address("messages", dossier.pk),
        address("differences", dossier.pk),
        address("write_note", dossier.pk, "5.2"),
        address("ask_advice", dossier.pk),
        address("advice_list"),
        address("index"),
        f"{address('index')}?q={SECRET}",
        f"{address('index')}?q={dossier.reference}&export=csv",
        reverse("desk_log"),
        f"{reverse('desk_log')}?export=csv",
        reverse("applications:list"),
        *[
            reverse(f"applications:{name}", args=[dossier.uuid])
            for name in ("application", "summary", "messages", "requests", "download")
        ],
    ]
    responses = [client.get(found) for found in addresses]
    zipped = client.get(address("download", dossier.pk))
    texts = [content_of(found) for found in responses if found.get("Content-Type") != "application/zip"]
    for found in [zipped, responses[-1]]:
        if found.get("Content-Type") == "application/zip":
            archive = zipfile.ZipFile(io.BytesIO(b"".join(found)))
            texts += [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    texts += [found.subject + found.text + found.html for found in Mail.objects.filter(to=user.email)]
    # A search shows in its field what was sought.
    return "\n".join(texts).replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "").replace(f"q={SECRET}", "")


def test_a_reviewers_note_opens_with_the_reviews(dossier, officers, decider, lead):
    first, second, third = officers
    written = client_of(first).post(address("write_note", dossier.pk, "5.2"), {"text": SECRET, **dossier_read(dossier)})
    assert written.url.endswith("#question-5.2")
    note = Note.objects.get()
    administrator = UserFactory(groups=["Administrators"])
    for reader in (second, third, decider, lead.user, administrator):
        seen = everything_seen_by(reader, dossier)
        assert SECRET not in seen, reader
        assert f"note-{note.pk}" not in seen
    assert SECRET in content_of(client_of(first).get(address("inspect", dossier.pk)))
    # Not even that there is one: the log of the dossier is silent about notes.
    page = content_of(client_of(second).get(address("inspect", dossier.pk)))
    notes.erase(note, first)
    assert content_of(client_of(second).get(address("inspect", dossier.pk))).count("<li>") == page.count("<li>")
    notes.write(dossier, first, "5.2", SECRET)
    # Taking the assignment back does not open it.
    review_services.take_back(dossier, third, dossier.reviews.get(reviewer=first))
    assert SECRET not in everything_seen_by(second, dossier)
    review_assigned(dossier, first)
    finish_reviews(dossier, officers)
    for reader in (second, third, decider):
        assert SECRET in content_of(client_of(reader).get(address("inspect", dossier.pk)))
    assert SECRET not in everything_seen_by(lead.user, dossier)
    # A new version sends the reviews back, and closes it again.
    snapshots.freeze(dossier, lead.user)
    assert SECRET not in everything_seen_by(second, dossier)


def test_a_note_of_who_does_not_review_is_open_to_all_of_the_desk(dossier, officers, decider, lead):
    notes.write(dossier, officers[2], "5.2", SECRET)
    for reader in (*officers, decider):
        assert SECRET in content_of(client_of(reader).get(address("inspect", dossier.pk)))
    assert SECRET not in everything_seen_by(lead.user, dossier)
    archive = client_of(officers[0]).get(address("download", dossier.pk))
    read = zipfile.ZipFile(io.BytesIO(b"".join(archive)))
    assert not [name for name in read.namelist() if SECRET.encode() in read.read(name)]
    review_services.recuse(dossier, officers[1], reason="family")
    assert SECRET not in everything_seen_by(officers[1], dossier)


def test_a_note_is_its_authors_to_change_and_to_erase(dossier, officers):
    author, other = officers[2], officers[0]
    note = notes.write(dossier, author, "5.2", "Few hours.")
    assert (
        client_of(author)
        .post(address("change_note", note.pk), {"text": "Enough hours.", **dossier_read(dossier)})
        .status_code
        == 302
    )
    for name in ("change_note", "erase_note"):
        assert refused(client_of(other).post(address(name, note.pk), {"text": "x"})), name
    with pytest.raises(PermissionDenied):
        notes.change(note, other, "x")
    note.refresh_from_db()
    assert (note.text, note.changed_at is not None) == ("Enough hours.", True)
    client_of(author).post(address("erase_note", note.pk))
    assert not Note.objects.exists()
    entries = log.entries_of(dossier).filter(action__startswith="note_")
    assert [(entry.action, entry.data) for entry in entries] == [
        (action, {"note": note.pk}) for action in ("note_written", "note_changed", "note_erased")
    ]
    assert client_of(author).get(address("write_note", dossier.pk, "99.1")).status_code == 404


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_a_text_is_refused_that_is_empty_or_too_long(dossier, officers, text):
    with pytest.raises(Refused):
        notes.write(dossier, officers[2], "5.2", text)
    assert (
        client_of(officers[2])
        .post(address("write_note", dossier.pk, "5.2"), {"text": text, **dossier_read(dossier)})
        .status_code
        == 200
    )
    assert not Note.objects.exists()


def test_the_thread_among_fedasil_opens_with_the_reviews(dossier, officers, decider, lead):
    first, second, third = officers
    thread = address("private", dossier.pk)
    closed = client_of(third).post(thread, {"text": SECRET, **dossier_read(dossier)})
    assert closed.status_code == 200
    assert not PrivateMessage.objects.exists()
    finish_reviews(dossier, officers)
    assert client_of(third).post(thread, {"text": SECRET, **dossier_read(dossier)}).status_code == 302
    for reader in (*officers, decider):
        assert SECRET in content_of(client_of(reader).get(thread))
        assert SECRET in content_of(client_of(reader).get(address("inspect", dossier.pk)))
    assert SECRET not in everything_seen_by(lead.user, dossier)
    with pytest.raises(PermissionDenied):
        discussion.send(dossier, lead.user, "May I?")
    review_services.recuse(dossier, decider, reason="family")
    assert SECRET not in everything_seen_by(decider, dossier)
    message = PrivateMessage.objects.get()
    assert refused(client_of(first).post(address("erase_private", message.pk)))
    snapshots.freeze(dossier, lead.user)
    assert SECRET not in everything_seen_by(first, dossier)
    client_of(third).post(address("erase_private", message.pk))
    message.refresh_from_db()
    assert message.text == ""
    assert message.erased_at


def ask(dossier, officer, of, **more) -> AdviceRequest:
    given = {"sections": ["stay"], "question": "Is the home large enough?", "due_on": SOON, **more}
    return advice.ask(dossier, officer, of=of, **given)


def test_advice_of_someone_without_dossiers(dossier, officers, editor, lead):
    asker = officers[2]
    form = {"of": editor.pk, "sections": ["stay"], "question": SECRET, "due_on": SOON.isoformat()}
    assert (
        client_of(asker).post(address("ask_advice", dossier.pk), {**form, **dossier_read(dossier)}).status_code == 302
    )
    asked = AdviceRequest.objects.get()
    told = Mail.objects.get(to=editor.email)
    assert SECRET not in told.subject + told.text
    assert lead.organisation.name not in told.subject + told.text
    page = client_of(editor).get(address("advice", asked.pk))
    text = content_of(page)
    assert SECRET in text
    assert 'id="question-4.2"' in text
    for other in ('id="question-5.1"', 'id="question-1.1"', lead.organisation.name, "contact@town.example"):
        assert other not in text, other
    assert asked.application.reference in content_of(client_of(editor).get(address("advice_list")))
    assert address("advice_list") in content_of(client_of(editor).get("/admin/"))
    # Nothing else of the dossier, and nobody else on this page.
    for name in ("inspect", "messages", "private", "differences", "pdf", "download", "ask_advice"):
        assert refused(client_of(editor).get(address(name, dossier.pk))), name
    for other in (asker, lead.user, UserFactory(groups=["Editors"])):
        assert refused(client_of(other).get(address("advice", asked.pk)))
    given = client_of(editor).post(address("advice", asked.pk), {"text": "Large enough."})
    assert given.status_code == 302
    assert "Large enough." in content_of(client_of(asker).get(address("inspect", dossier.pk)))
    assert Mail.objects.filter(to=asker.email, key=f"advice:{asked.pk}:advice_given").count() == 1
    # With the answer the sections close.
    assert "question-4.2" not in content_of(client_of(editor).get(address("advice", asked.pk)))
    assert client_of(editor).post(address("advice", asked.pk), {"text": "Once more."}).status_code == 200
    asked.refresh_from_db()
    assert asked.answer == "Large enough."
    actions = [entry.action for entry in log.entries_of(dossier) if entry.action.startswith("advice_")]
    assert actions == ["advice_asked", "advice_given"]
    assert SECRET not in str(list(LogEntry.objects.values_list("data", flat=True)))
    assert SECRET not in everything_seen_by(lead.user, dossier)
    assert "Large enough." not in everything_seen_by(lead.user, dossier)


def test_attachments_open_for_who_is_asked_about_them(dossier, officers, editor):
    file = dossier.attachments.first() or attach(dossier.joined_parties[0], "statutes")
    paper = reverse("applications:attachment", args=[file.uuid])
    asked = ask(dossier, officers[2], editor, sections=["stay"])
    assert client_of(editor).get(paper).status_code == 404
    asked = ask(dossier, officers[2], editor, sections=["attachments"])
    assert client_of(editor).get(paper).status_code == 200
    advice.cancel(asked, officers[2])
    assert client_of(editor).get(paper).status_code == 404
    assert Mail.objects.filter(to=editor.email, key=f"advice:{asked.pk}:advice_cancelled").exists()


def test_who_reviews_is_not_asked_and_does_not_answer_while_reviews_are_blind(dossier, officers, editor):
    first, second, third = officers
    with pytest.raises(Refused):
        ask(dossier, third, first)
    choices = client_of(third).get(address("ask_advice", dossier.pk)).context["form"].fields["of"].queryset
    assert {first, second, third}.isdisjoint(choices)
    assert editor in choices
    # A reviewer who asks says something about the review: the others read it with the reviews.
    asked = ask(dossier, first, editor, question=SECRET)
    assert SECRET not in everything_seen_by(second, dossier)
    assert SECRET in content_of(client_of(first).get(address("inspect", dossier.pk)))
    assert client_of(second).post(address("cancel_advice", asked.pk)).status_code == 404
    # Asked first, made a reviewer afterwards: the answer belongs in the review.
    late = ask(dossier, first, third)
    review_assigned(dossier, third)
    with pytest.raises(Refused):
        advice.answer(late, third, "Yes.")
    for officer in officers:
        reviewed(dossier, officer)
    assert SECRET in content_of(client_of(second).get(address("inspect", dossier.pk)))
    assert advice.answer(late, third, "Yes.").answer == "Yes."


def test_who_withdrew_is_neither_asked_nor_told(dossier, officers, decider, editor):
    asker = officers[2]
    asked = ask(dossier, asker, decider)
    other = ask(dossier, asker, editor)
    review_services.recuse(dossier, decider, reason="family")
    assert refused(client_of(decider).get(address("advice", asked.pk)))
    assert asked.application.reference not in content_of(client_of(decider).get(address("advice_list")))
    with pytest.raises(Refused):
        ask(dossier, asker, decider)
    review_services.recuse(dossier, asker, reason="family")
    before = Mail.objects.filter(to__in=[asker.email, decider.email]).count()
    advice.answer(other, editor, "Enough.")
    advice.cancel(asked, officers[0])
    assert Mail.objects.filter(to__in=[asker.email, decider.email]).count() == before


def test_advice_is_asked_by_officers_until_the_decision(dossier, officers, decider, editor, lead):
    for other in (decider, editor, lead.user):
        with pytest.raises(PermissionDenied):
            ask(dossier, other, officers[2])
    for more in ({"due_on": clock.today() - timedelta(days=1)}, {"sections": []}, {"question": " "}, {"of": lead.user}):
        with pytest.raises(Refused):
            ask(dossier, officers[2], **{"of": editor, **more})
    asked = ask(dossier, officers[2], editor)
    Application.objects.filter(pk=dossier.pk).update(state="withdrawn")
    with pytest.raises(Refused):
        advice.answer(asked, editor, "Too late.")
    assert "question-4.2" not in content_of(client_of(editor).get(address("advice", asked.pk)))
    with pytest.raises(Refused):
        ask(dossier, officers[2], editor)


def test_a_mail_that_does_not_reach_a_colleague_is_told_to_no_party(dossier, officers, editor, lead):
    ask(dossier, officers[2], editor)
    before = Mail.objects.filter(to=lead.user.email).count()
    outbox.give_up(Mail.objects.get(to=editor.email), Mail.State.BOUNCED, "550 unknown")
    assert Mail.objects.filter(to=lead.user.email).count() == before
    page = content_of(client_of(lead.user).get(reverse("applications:application", args=[dossier.uuid])))
    assert editor.email not in page


def test_the_last_three_messages_stand_in_the_dossier(dossier, officers, lead):
    for number in range(5):
        messages.send(dossier, lead.user, f"Message number {number}.", party=dossier.joined_parties[0])
    page = content_of(client_of(officers[0]).get(address("inspect", dossier.pk)))
    assert [number for number in range(5) if f"Message number {number}." in page] == [2, 3, 4]
