"""Every mail in every language: valid for strict readers, the same words as text and as page, no dossier content."""

import email
import email.policy
import re
import shutil
import subprocess
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from applications.case.estimate import estimate_for
from applications.parties.signatures import ToSign
from partners.models import Capacity
from portal import clock
from portal.mail.rendering import Words, message_for, words
from portal.models import Mail
from tests.factories import COMPLETE_ANSWERS, MembershipFactory, UserFactory, submitted_application

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates" / "mail"
# Parts of mails, and their two layouts.
PARTS = {
    "applications/lapsed",
    "applications/link",
    "applications/not_submitted",
    "applications/replaces",
    "partners/sender",
    "portal/confirmation_lines",
    "sessions/own",
    "sessions/when",
}
MAILS = sorted(
    name
    for path in FOLDER.glob("*/*.txt")
    if (name := f"{path.parent.name}/{path.stem}") not in PARTS and path.parent.name != "layout"
)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# The reader has to do something; in the catalogues too.
ACTION = {
    "applications/advice_asked",
    "applications/all_signed",
    "applications/attachment_refused",
    "applications/changes_requested",
    "applications/draft_ends",
    "applications/draft_opened",
    "applications/lead_offered",
    "applications/party_declined",
    "applications/party_invitation",
    "applications/party_left",
    "applications/request_due",
    "applications/signature_again",
    "applications/signature_asked",
    "applications/signature_deputy",
    "applications/undelivered",
    "home/approval_asked",
    "home/changes_asked",
    "home/draft_to_translate",
    "home/texts_to_translate",
    "home/review_due",
    "partners/finder_introduced",
    "partners/finder_reported",
    "partners/invitation",
    "partners/join_request",
    "partners/interest_due",
    "partners/interest_new",
    "partners/paper_refused",
    "partners/signatories_asked",
    "partners/undelivered",
    "portal/confirmation_needed",
    "portal/clean_up_stopped",
}
ABOUT_DRAFTS = {
    "applications/all_signed",
    "applications/all_signed_closed",
    "applications/attachment_refused",
    "applications/draft_ends",
    "applications/draft_opened",
    "applications/lead_offered",
    "applications/lead_passed",
    "applications/lead_refused",
    "applications/party_declined",
    "applications/party_invitation",
    "applications/party_joined",
    "applications/party_left",
    "applications/signature_again",
    "applications/signature_asked",
    "applications/signature_deputy",
    "applications/signature_lapsed",
}
NASTY = '<script>alert("1")</script> & "Zoon"'


@pytest.fixture
def context():
    """All that mails name, with an organisation and a person whose names are markup."""
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = submitted_application(lead)
    person = UserFactory(first_name=NASTY[:20])
    lead.organisation.name = NASTY
    party = application.joined_parties[0]
    party.organisation.name = NASTY
    today = clock.today()
    interest = SimpleNamespace(name=NASTY, pk=1, follow_up_on=today, language="nl")
    return {
        "absence": SimpleNamespace(first_day=today, last_day=today),
        "absent": person,
        "accepted": True,
        "actor": person,
        "address": "/admin/pages/1/edit/",
        "application": application,
        "asked": SimpleNamespace(
            label="Groups of an account",
            about=NASTY,
            lines=[SimpleNamespace(label="Groups", before="none", after=NASTY)],
            request=SimpleNamespace(pk=1, requested_by=person, reason=NASTY, answer=NASTY, expires_at=clock.now()),
        ),
        "asker": person,
        "again": True,
        "at": clock.now(),
        "browser": "Firefox",
        "cause": SimpleNamespace(text="An organisation left.", about=NASTY),
        "change": "A passkey was added to your account.",
        "code": "ABC-123",
        "comment": NASTY,
        "goes_live_at": clock.now(),
        "decision": SimpleNamespace(contact=person, corrects=SimpleNamespace(decided_at=clock.now())),
        "email": "new@town.example",
        "ends_at": clock.now(),
        "estimate": estimate_for(application),
        "has_seat": True,
        "home": "/nl/",
        "invitation": SimpleNamespace(uuid=application.uuid, by_fedasil=False),
        "interest": interest,
        "lines": [SimpleNamespace(reference=application.reference, text="Answers came back.", absent=person)],
        "conversation": SimpleNamespace(uuid=application.uuid, pk=1, state="shared"),
        "other": SimpleNamespace(name=NASTY),
        "ends_on": today,
        "count": 1,
        "notice": SimpleNamespace(pk=1),
        "reference": application.reference,
        "text": "Answers came back.",
        "leads": True,
        "knows_values": True,
        "leaver": person,
        "login_url": settings.SITE_URL + "/nl/account/login/",
        "lost": SimpleNamespace(to="gone@town.example", subject="A subject"),
        "membership": SimpleNamespace(uuid=application.uuid),
        "message": "I work here.",
        "more": 2,
        "names": NASTY,
        "organisation": lead.organisation,
        "pages": [{"title": NASTY, "on": today}],
        "party": party,
        "person": person,
        "reason": "Storm.",
        "registration": SimpleNamespace(uuid=application.uuid),
        "request": SimpleNamespace(pk=1, due_on=date(2027, 1, 31)),
        "sentence": "Nothing changes.",
        "signatory": person,
        "session": SimpleNamespace(
            date=date(2027, 3, 1), start_time=time(14), end_time=time(15), place="", link="https://meet.example/1"
        ),
        "signature": party.signatures.get(),
        "signing": [ToSign(party, Capacity.REPRESENTATIVE), ToSign(party, Capacity.MAYOR)],
        "signup_url": settings.SITE_URL + "/nl/account/signup/",
        "texts": [SimpleNamespace(title=NASTY, language="Deutsch", words=12)],
        "title": "Webinar",
        "total": Decimal(22000),
        "words": 12,
        "url": settings.SITE_URL + "/nl/brochure.pdf",
    }


def read_strictly(written: Words, language: str) -> email.message.EmailMessage:
    """The message as it goes over the wire, read by a parser that refuses any defect."""
    mail = Mail(to="person@town.example", language=language, subject=written.subject, text=written.text)
    mail.html = written.html
    raw = message_for(mail).message().as_bytes(linesep="\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = email.message_from_bytes(raw, policy=email.policy.strict)
    assert not [defect for part in message.walk() for defect in part.defects]
    for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version"):
        assert len(message.get_all(name)) == 1, name
        assert not getattr(message[name], "defects", ()), name
    assert message["Message-ID"] == f"<{mail.uuid}@fedasil.be>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == language
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    return message


def bare(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", text).split()


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_says_the_same_as_text_and_as_page(template, context):
    for language in LANGUAGES:
        written = words(template, context, language)
        message = read_strictly(written, language)
        # A long one begins on its second line.
        assert message["Subject"].strip() == written.subject
        assert "\n" not in written.subject
        text = message.get_body(("plain",)).get_content()
        page = BeautifulSoup(message.get_body(("html",)).get_content(), "html.parser")
        assert page.html["lang"] == language
        assert not page.find_all(["script", "img", "table", "link", "form"])
        assert not any(name.startswith("on") for tag in page.find_all() for name in tag.attrs)
        buttons = page.select("p.button a")
        for button in buttons:
            assert button["href"].startswith(settings.SITE_URL + "/")
            assert button["href"] in text
            label = button.get_text()
            assert label
            button.string = button["href"]
        # Word for word; what an address is in the text, a button is on the page.
        assert bare(page.body.get_text(" ")) == bare(text)
        assert not re.search(r"\{[{%]|&(amp|lt|quot|#x27);", text + written.subject)


@pytest.mark.parametrize("template", MAILS)
def test_what_is_to_be_done_stands_in_the_subject(template, context):
    assert words(template, context, "en").subject.startswith("[Action needed]") is (template in ACTION)


def test_a_mail_about_a_draft_says_that_it_is_not_submitted(context):
    application = context["application"]
    for state, expected in (("draft", True), ("submitted", False)):
        application.state = state
        context["party"].application = application
        for template in ABOUT_DRAFTS | {"applications/signature_code", "applications/undelivered"}:
            text = words(template, context, "en").text.lower()
            assert ("not submitted yet" in text) is (expected or template == "applications/draft_ends"), template


def test_no_mail_holds_what_stands_in_a_dossier(context):
    """Only the totals of the support and the reference: no answer, in no language."""
    answers = [value for value in COMPLETE_ANSWERS.values() if isinstance(value, str) and len(value) > 9]
    answers += [COMPLETE_ANSWERS["dwellings"][0]["rent"], COMPLETE_ANSWERS["steps"][0]["how"]]
    context["person"] = context["actor"] = context["absent"] = UserFactory()
    for template in MAILS:
        for language in LANGUAGES:
            written = words(template, context, language)
            assert not [answer for answer in answers if answer in written.text + written.html], template


def test_the_pages_of_mails_are_valid_html(tmp_path, context):
    for template in MAILS:
        for language in LANGUAGES:
            name = template.replace("/", "-")
            (tmp_path / f"{name}-{language}.html").write_text(words(template, context, language).html)
    node = shutil.which("node")
    assert node, "make test puts a Node on the path"
    command = [node, str(ROOT / "node_modules/html-validate/bin/html-validate.mjs"), "--preset", "standard"]
    done = subprocess.run([*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[:4000]


def test_each_mail_stands_in_both_layouts():
    for template in MAILS:
        assert (FOLDER / f"{template}.txt").read_text().startswith("{% extends layout %}"), template
