from collections.abc import Iterator

import boto3
import environ
import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from moto.server import ThreadedMotoServer

from portal.settings.storages import private_storage
from portal.slow_work import others_may_wait

from .world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once for a module; each of its tests leaves it as it was, since its own transaction lies within this one."""
    with django_db_blocker.unblock(), others_may_wait(), transaction.atomic():
        with translation.override(settings.LANGUAGE_CODE):
            made = build()
        yield made
        transaction.set_rollback(True)


# ── Where private files lie ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def service():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service, settings, monkeypatch, tmp_path):
    """Private files in a bucket, by the settings that docs/operator.md names."""
    for name, value in {
        "FILES_S3_BUCKET": "portal",
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
    found = boto3.resource("s3", endpoint_url=service, **access).Bucket("portal")
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield found
    found.objects.all().delete()
    found.delete()


@pytest.fixture
def folder(settings, tmp_path):
    """Private files in folders."""
    env = environ.Env()
    settings.STORAGES = {
        **settings.STORAGES,
        "private": private_storage(env, "files", tmp_path),
        "quarantine": private_storage(env, "quarantine", tmp_path),
    }
    return tmp_path
