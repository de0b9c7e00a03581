"""A Version on paper."""

import re
import subprocess

import pytest

from applications.papers.version import version_pdf
from partners.models import Capacity
from tests.factories import MembershipFactory, submitted_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    return submitted_application(lead).versions.get()


def text_of(content: bytes, tmp_path) -> str:
    path = tmp_path / "version.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def test_a_version_is_printed_as_it_was_frozen(version, tmp_path):
    application = version.application
    application.experience = "Changed afterwards."
    application.save()
    content = version_pdf(version, version.content)
    text = text_of(content, tmp_path)
    for section in version.content["sections"]:
        for question in section["questions"]:
            assert f"{question['number']} {question['label'][:20]}" in text
    assert "Ten years with newcomers." in text
    assert "Changed afterwards." not in text
    assert application.reference in text
    assert version.content_hash in text
    info = subprocess.run(["pdfinfo", tmp_path / "version.pdf"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Tagged: +yes", info)
