"""Private files in a bucket of an S3-compatible service, tried against moto's server."""

import pytest
from django.http import Http404

from portal.files import receiving, store
from portal.files.validation import judge
from portal.models import StoredFile
from tests.factories import UserFactory, small_pdf

pytestmark = pytest.mark.django_db


def keys(bucket) -> list[str]:
    return [item.key for item in bucket.objects.all()]


def test_a_file_goes_from_quarantine_to_the_private_files_and_is_forgotten(bucket, django_capture_on_commit_callbacks):
    content = small_pdf()
    stored = receiving.receive(judge(content, "a.pdf"), UserFactory())
    assert [key.split("/")[0] for key in keys(bucket)] == ["quarantine"]
    with pytest.raises(Http404):
        store.serve(stored)
    with django_capture_on_commit_callbacks(execute=True):
        store.release(stored)
    assert [key.split("/")[0] for key in keys(bucket)] == ["files"]
    answer = store.serve(StoredFile.objects.get(pk=stored.pk))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    with django_capture_on_commit_callbacks(execute=True):
        store.forget(stored)
    assert keys(bucket) == []


def test_no_file_in_the_bucket_is_public(bucket):
    stored = store.store(b"secret", name="a.txt", content_type="text/plain")
    grants = bucket.Object(f"files/{stored.content.name}").Acl().grants
    assert not any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)
