"""The disk is full: pages go on, uploads are refused in words, nothing lies about in halves.

The kernel itself ends the writing of each file after some bytes, as a full disk does. A database of the same process
would be cut off too, so these run on PostgreSQL.
"""

import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from applications.attachments import services as attachments_services
from applications.models import Attachment, Preview
from home import prints
from home.models import PrintedPage
from portal import jobs
from portal.files import receiving, store
from portal.files.validation import judge
from portal.models import DueJob, StoredFile
from tests.at_desk import client_at_desk
from tests.clients import client_of
from tests.factories import MembershipFactory, UserFactory, attach, complete_application, small_pdf
from tests.hostile import image

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="its file would be cut off too"),
]


@contextmanager
def full_disk(room: int = 500):
    """No file of this process grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def lead():
    return MembershipFactory()


@pytest.fixture
def application(lead):
    return complete_application(lead)


def in_folder(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [small_pdf(), small_pdf() + b" " * 3 * 1024 * 1024], ids=["small", "large"])
def test_an_upload_is_refused_in_words(folder, lead, application, content, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    colleague = MembershipFactory(organisation=lead.organisation, manager=False)
    for address, field, typed in (
        (f"/en/applications/{application.uuid}/sections/attachments/", "availability", {}),
        (f"/en/organisations/people/{colleague.uuid}/", "paper", {"roles": ["viewer"], "capacity": "representative"}),
    ):
        before = StoredFile.objects.count(), in_folder(folder)
        with full_disk():
            sent = {field: SimpleUploadedFile("a.pdf", content), **typed}
            answer = client_of(lead.user).post(address, sent)
        assert answer.status_code == 200
        assert "We cannot keep files at the moment" in answer.content.decode()
        assert (StoredFile.objects.count(), in_folder(folder)) == before
        # All of it or nothing.
        colleague.refresh_from_db()
        assert (colleague.viewer, colleague.capacity) == (False, "")


def test_an_upload_of_an_editor_is_refused_in_words_and_leaves_nothing(clamd, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "portal.files.storage.WholeFileStorage"}}
    with full_disk():
        sent = {"title": "A photo", "file": SimpleUploadedFile("a.jpg", image("JPEG")), "collection": 1}
        answer = client_at_desk(UserFactory(groups=["Editors"], language="en")).post(reverse("wagtailimages:add"), sent)
    assert answer.status_code == 507
    assert "Our disk is full" in answer.content.decode()
    assert in_folder(tmp_path) == []


def test_a_scanned_file_waits_until_there_is_room(folder, lead, application, clamd):
    client_of(lead.user).post(
        f"/en/applications/{application.uuid}/sections/attachments/",
        {"availability": SimpleUploadedFile("a.pdf", small_pdf("lease"))},
    )
    before = in_folder(folder)
    with full_disk():
        assert jobs.run("virus checks") == 0
    found = Attachment.objects.get(kind="availability")
    assert (found.state, in_folder(folder)) == ("waiting", before)
    DueJob.objects.update(last_run=None)
    assert jobs.run("virus checks") == 1
    assert Attachment.objects.get(kind="availability").is_clean


def test_pictures_of_pages_are_left_out_and_nothing_else_fails(folder, lead, application):
    found = attach(application.joined_parties[0], "budget")
    before = in_folder(folder)
    with full_disk():
        attachments_services.draw_previews(found, small_pdf())
    assert (Preview.objects.count(), in_folder(folder)) == (0, before)


def test_a_pdf_for_which_there_was_no_room_is_made_later(folder):
    printed = PrintedPage.objects.create(key="questionnaire", language="nl")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        prints.make(printed)
    assert in_folder(folder) == []
    assert PrintedPage.objects.get(pk=printed.pk).file is None
    prints.make(printed)
    assert PrintedPage.objects.get(pk=printed.pk).file


def test_a_page_is_shown_that_cannot_be_kept(settings, tmp_path):
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "portal.files.storage.PageCache", "LOCATION": str(tmp_path)},
    }
    with full_disk(20):
        for _time in range(2):
            assert Client().get("/nl/").status_code == 200
    assert in_folder(tmp_path) == []
    assert Client().get("/nl/").status_code == 200
    assert in_folder(tmp_path) != []


def test_a_transaction_that_fails_takes_its_files_along(folder):
    def fail_at_the_end():
        with store.all_or_nothing():
            with store.all_or_nothing():
                store.store(b"inner", name="a", content_type="text/plain")
            store.store(b"outer", name="a", content_type="text/plain")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    assert in_folder(folder) == []


def test_what_waits_for_nobody_does_not_stop_the_others(folder, lead, application, clamd):
    """A file whose row went away while its scan was asked for."""
    receiving.receive(judge(small_pdf("nobody's"), "a.pdf"), lead.user)
    client_of(lead.user).post(
        f"/en/applications/{application.uuid}/sections/attachments/",
        {"availability": SimpleUploadedFile("a.pdf", small_pdf("lease"))},
    )
    jobs.run("virus checks")
    assert Attachment.objects.get(kind="availability").is_clean
