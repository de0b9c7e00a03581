"""Private files in a bucket of an S3-compatible service, tried against moto's server."""

from datetime import timedelta

import boto3
import environ
import pytest
from django.http import Http404
from moto.server import ThreadedMotoServer

from portal import files
from portal.models import StoredFile
from portal.settings.storages import private_storage

pytestmark = pytest.mark.django_db
BUCKET = "portal"


@pytest.fixture(scope="module")
def service():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service, settings, monkeypatch, tmp_path):
    """The settings as docs/operator.md names them."""
    for name, value in {
        "FILES_S3_BUCKET": BUCKET,
        "FILES_S3_ENDPOINT": service,
        "FILES_S3_REGION": "eu-west-1",
        "FILES_S3_KEY": "key",
        "FILES_S3_SECRET": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    env = environ.Env()
    settings.STORAGES = {
        **settings.STORAGES,
        "private": private_storage(env, "files", tmp_path),
        "quarantine": private_storage(env, "quarantine", tmp_path),
    }
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-1"}
    found = boto3.resource("s3", endpoint_url=service, **access).Bucket(BUCKET)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield found
    found.objects.all().delete()
    found.delete()


def keys(bucket) -> list[str]:
    return [item.key for item in bucket.objects.all()]


def test_a_file_goes_from_quarantine_to_the_private_files_and_is_forgotten(bucket, django_capture_on_commit_callbacks):
    stored = files.store(b"%PDF-", name="a.pdf", content_type="application/pdf", quarantined=True)
    assert [key.split("/")[0] for key in keys(bucket)] == ["quarantine"]
    with pytest.raises(Http404):
        files.serve(stored)
    with django_capture_on_commit_callbacks(execute=True):
        files.release(stored)
    assert [key.split("/")[0] for key in keys(bucket)] == ["files"]
    answer = files.serve(StoredFile.objects.get(pk=stored.pk))
    assert b"".join(answer.streaming_content) == b"%PDF-"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    with django_capture_on_commit_callbacks(execute=True):
        files.forget(stored)
    assert keys(bucket) == []


def test_no_file_in_the_bucket_is_public(bucket):
    stored = files.store(b"secret", name="a.txt", content_type="text/plain")
    grants = bucket.Object(f"files/{stored.content.name}").Acl().grants
    assert not any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)


def test_orphans_in_the_bucket_are_swept(bucket, monkeypatch):
    stored = files.store(b"kept", name="a.txt", content_type="text/plain")
    bucket.put_object(Key="files/2026/11/orphan", Body=b"nobody's")
    bucket.put_object(Key="quarantine/2026/11/orphan", Body=b"nobody's")
    assert files.sweep() == 0
    monkeypatch.setattr(files, "SWEPT_AFTER", timedelta(0))
    assert files.sweep() == 2
    assert keys(bucket) == [f"files/{stored.content.name}"]
