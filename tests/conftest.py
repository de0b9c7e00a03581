import email
import email.policy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

from tests import chromium, prepared
from tests.clamav import Clamd

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITH_A_BROWSER = {Path(__file__).parent / name for name in ("browser", "journeys")}


def pytest_collection_modifyitems(items):
    for item in items:
        if WITH_A_BROWSER.intersection(item.path.parents):
            item.add_marker(pytest.mark.browser)
    # The longest first: nobody waits for one that begins last.
    items.sort(key=lambda item: not (item.path.parent.name == "journeys" or item.path.name.endswith("_case.py")))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings, tmp_path_factory):
    """Municipalities, rates and pages are there for every test, as after a deployment."""
    with django_db_blocker.unblock():
        prepared.use_test_database(tmp_path_factory.mktemp("database"))
    # After a test that committed Django would empty all tables; this leaves them as they were prepared.
    TransactionTestCase._fixture_teardown = lambda self: prepared.restore()


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind; the next test begins in that of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def own_transactions(transactional_db):
    """For a test whose transactions are committed. Afterwards the database is as it was prepared."""


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One real browser for all who come to the site."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        yield running
        running.close()


class Postman:
    """A real SMTP server on loopback, that can go away and come back at the same address."""

    def __init__(self):
        self.raw: list[bytes] = []
        self.senders: list[str] = []
        self.refused: set[str] = set()
        self.controller = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if address in self.refused:
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.raw.append(envelope.content)
        self.senders.append(envelope.mail_from)
        return "250 OK"

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def messages(self) -> list[email.message.EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]


@pytest.fixture(scope="session")
def clamd_process(tmp_path_factory) -> Iterator[Clamd]:
    clamd = Clamd(tmp_path_factory.mktemp("clamd"))
    clamd.start()
    yield clamd
    clamd.stop()


@pytest.fixture
def clamd(clamd_process, settings) -> Clamd:
    """A real virus scanner that answers."""
    settings.CLAMD_SOCKET = clamd_process.address
    return clamd_process


@pytest.fixture
def smtp(settings) -> Iterator[Postman]:
    postman = Postman()
    postman.start()
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postman.port
    yield postman
    postman.stop()
