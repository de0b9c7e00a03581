"""Everything about an application in one file."""

import io
import json
import subprocess
import zipfile

import pytest
from django.urls import reverse

from applications.change_requests import services as change_requests_services
from applications.communication import messages
from tests.applications.common import fresh, save, sign_again, url
from tests.clients import client_of
from tests.factories import MembershipFactory, complete_application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_everything_in_one_file_with_checksums(asked, lead, officer, who, tmp_path):
    messages.send(asked, lead.user, "A question", party=asked.joined_parties[0])
    save(asked, "guidance", lead.user, guidance_hours=14)
    sign_again(asked, lead)
    change_requests_services.send(fresh(asked), lead.user)
    save_address = (
        url("applications:download", asked.uuid)
        if who == "lead"
        else reverse("desk_applications:download", args=[asked.pk])
    )
    response = client_of(lead.user if who == "lead" else officer).get(save_address)
    assert response["Content-Disposition"] == f'attachment; filename="{asked.reference}.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as zipped:
        names = set(zipped.namelist())
        zipped.extractall(tmp_path)
    pairs = {f"versions/version-{number}.{kind}" for number in (1, 2) for kind in ("pdf", "json")}
    rest = {"timeline.json", "messages.json", "change_requests.json", "SHA256SUMS"}
    files = {f"attachments/0{number}-paper.pdf" for number in (1, 2, 3)}
    assert names == pairs | rest | files | ({"answers.json"} if who == "lead" else set())
    check = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert check.returncode == 0
    assert check.stdout.count(": OK") == len(names) - 1
    assert json.loads((tmp_path / "messages.json").read_text())[0]["text"] == "A question"
    assert (tmp_path / "versions/version-1.pdf").read_bytes().startswith(b"%PDF")


def test_a_draft_is_downloaded_too_and_nobody_elses(lead):
    draft = complete_application(lead, household_sizes=[])
    response = client_of(lead.user).get(url("applications:download", draft.uuid))
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as zipped:
        assert "answers.json" in zipped.namelist()
    stranger = client_of(MembershipFactory().user)
    for name in ("download", "messages", "requests", "copy"):
        assert stranger.get(url(f"applications:{name}", draft.uuid)).status_code == 404
