"""What was typed comes back as it was cleaned, wherever it is read: on pages, on paper, in files, at the desk."""

import io
import json
import unicodedata
import zipfile

import pytest
from django import forms
from django.utils.html import escape
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.desk.dossier.views import dossier_url
from applications.models import Application
from applications.pages.forms.fields import LONGEST_TEXT
from applications.pages.forms.section import FORMS
from applications.questionnaire.questions import BY_CODE
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal.forms.fields import TextField
from tests.applications.questionnaire.test_questions import NASTY, controls, flat_answers, read, sent, url
from tests.clients import client_of
from tests.factories import MembershipFactory, UserFactory, complete_application, sign, submitted_application
from tests.readers import poppler
from tests.seen import seen

EXAMPLES = 60 if settings.get_current_profile_name() == "all" else 3
TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=12)
KNOWN = [text for text in NASTY if len(text) < 100]


def carried(text: str) -> str:
    """What the text layer of a PDF says whatever the fonts have: Latin letters without accents, digits, signs."""
    plain = unicodedata.normalize("NFD", text)
    return "".join(character for character in plain if "!" <= character <= "~" and character != "-")


def has_one_direction(text: str) -> bool:
    return not any(
        unicodedata.bidirectional(character) in {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI"}
        for character in text
    )


def stored_texts(application: Application) -> list[str]:
    """Every text that stands in a control that takes text."""
    texts = []
    for code, form in FORMS.items():
        answers = flat_answers(application, BY_CODE[code])
        texts += [
            answers[name]
            for name, field in controls(form(instance=application)).items()
            if isinstance(field, TextField) and answers.get(name)
        ]
    return texts


def is_on_page(texts: list[str], page: bytes) -> None:
    html = page.decode()
    for text in texts:
        for line in text.split("\n"):
            assert escape(line) in html, line


def is_on_paper(texts: list[str], pdf: bytes) -> None:
    paper = carried(poppler("pdftotext", pdf, "-raw"))
    for text in texts:
        for line in text.split("\n"):
            if has_one_direction(line):
                assert carried(line) in paper, line


def is_in_document(texts: list[str], content: bytes) -> None:
    """To the letter, but for how white space is shown."""
    document = " ".join(" ".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs).split())
    for text in texts:
        for line in text.split("\n"):
            assert " ".join(line.split()) in document, line


def texts_of(value) -> str:
    """All texts of plain data, one after the other."""
    if isinstance(value, dict):
        return "\n".join(map(texts_of, value.values()))
    if isinstance(value, list):
        return "\n".join(map(texts_of, value))
    return str(value)


def is_in_json(texts: list[str], content: bytes) -> None:
    found = texts_of(json.loads(content))
    for text in texts:
        assert text in found


class RoundTrip(TestCase):
    def setUp(self):
        self.lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
        self.application = complete_application(self.lead)
        self.client = client_of(self.lead.user)

    def fresh(self) -> Application:
        return Application.objects.get(pk=self.application.pk)

    def type_everywhere(self, texts: list[str]) -> list[str]:
        """Write one of these, with a mark of its own, in each control that takes text; gives what has to come back."""
        typed, number = [], 0
        for code, form_class in FORMS.items():
            address, sending = url(self.application, code), {}
            shown = form_class(instance=self.fresh())
            for part in [shown, *(row for group in shown.groups.values() for row in group.forms)]:
                for bound in part:
                    value, field = bound.value(), bound.field
                    if isinstance(field, TextField):
                        text = texts[number % len(texts)]
                        if not isinstance(field.widget, forms.Textarea):
                            text = " ".join(text.splitlines())
                        value = f"q{number}: {text}"[: field.max_length or LONGEST_TEXT]
                        typed.append(bound.clean_text(read(value)).strip())
                        number += 1
                    parts = bound.field.widget.decompress(value) if hasattr(field.widget, "decompress") else None
                    if parts is not None:
                        names = [f"{bound.html_name}_{part}" for part in ("day", "month", "year")]
                        sending |= {name: str(part or "") for name, part in zip(names, parts, strict=True)}
                    elif value not in (None, ""):
                        sending[bound.html_name] = str(field.prepare_value(value))
            response = sent(self.client, address, {**seen(self.client, address), **sending})
            assert response.status_code == 302, [str(field.errors) for field in response.context["form"].to_mend]
        return typed

    @given(TEXTS)
    @example(KNOWN)
    @settings(max_examples=EXAMPLES, deadline=None)
    def test_every_text_comes_back_wherever_it_is_read(self, texts):
        typed = self.type_everywhere(texts)
        application = self.fresh()
        assert stored_texts(application) == typed

        # While it is a draft.
        base = f"/en/applications/{application.uuid}"
        for code in FORMS:
            own = [text for text in typed if text in flat_answers(application, BY_CODE[code]).values()]
            is_on_page(own, self.client.get(f"{base}/sections/{code}/").content)
            is_on_page(own, self.client.get(f"{base}/sections/{code}/check/").content)
        is_on_page(typed, self.client.get(f"{base}/summary/").content)
        is_on_paper(typed, self.client.get(f"{base}/answers.pdf").content)
        is_in_document(typed, self.client.get(f"{base}/answers.docx").content)
        party = application.joined_parties[0]
        is_on_paper(typed, self.client.get(f"/en/applications/parties/{party.uuid}/signed/").content)

        # Once it is submitted.
        sign(party, self.lead.user, self.lead.capacity)
        APPLICATION.fire("submit", self.fresh(), self.lead.user)
        dossier = client_of(UserFactory(groups=["Officers"])).get(dossier_url(application))
        is_on_page(typed, dossier.content)
        downloaded = self.client.get(f"{base}/download/")
        with zipfile.ZipFile(io.BytesIO(b"".join(downloaded.streaming_content))) as files:
            is_in_json(typed, files.read("answers.json"))
            is_in_json(typed, files.read("versions/version-1.json"))
            is_on_paper(typed, files.read("versions/version-1.pdf"))


# ── One's answers as a document ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_the_document_says_that_it_is_not_submitted_until_it_is():
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    draft, sent_in = complete_application(lead), submitted_application(lead)
    client = client_of(lead.user)
    for application, is_draft in ((draft, True), (sent_in, False)):
        summary = client.get(f"/en/applications/{application.uuid}/summary/").content.decode()
        assert f"/en/applications/{application.uuid}/answers.docx" in summary
        answer = client.get(f"/en/applications/{application.uuid}/answers.pdf")
        text = poppler("pdftotext", answer.content, "-raw")
        assert ("Nog niet ingediend" in text) is is_draft
    assert client.get(f"/en/applications/{draft.uuid}/answers.odt").status_code == 404
