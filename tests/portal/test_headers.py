"""The strict policy and the other headers, on every public and applicant address."""

import gzip
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.addresses import every_address

from .matrix import OURS, OWN

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
OUR_ADDRESSES = [
    address for address in every_address() if address.name in OURS and not address.template.startswith("admin/")
]
READ = ["/nl/", "/fr/", "/nl/wat-is-hervestiging/"]


class InlineFinder(HTMLParser):
    """Collects what a strict policy would not let run, and whatever would be fetched from elsewhere."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_data = attributes.get("type") in ("application/ld+json", "application/json")  # a data block: nothing runs
        if tag == "style" or (tag == "script" and "src" not in attributes and not is_data):
            self.found.append(tag)
        self.found += [name for name in attributes if name == "style" or name.startswith("on")]
        source = attributes.get("src") or (attributes.get("href", "") if tag == "link" else "")
        if source.startswith(("http:", "https:", "//")) and attributes.get("rel") not in ("alternate", "canonical"):
            self.found.append(source)


def assert_strict(response, address: str) -> None:
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY, address
    assert response["X-Content-Type-Options"] == "nosniff", address
    assert response["X-Frame-Options"] == "DENY", address
    assert response["Referrer-Policy"] == "same-origin", address
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert "camera=()" in response["Permissions-Policy"], address
    if response["Content-Type"].startswith("text/html"):
        finder = InlineFinder()
        finder.feed(response.content.decode())
        assert finder.found == [], address


@pytest.mark.parametrize("role", ["visitor", "stranger", "manager", "partner", "invited", "signatory", "officer"])
def test_every_public_and_applicant_address_is_strict(world, role):
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(world.people[role])
    for address in OUR_ADDRESSES:
        if address.name == "account_logout":
            continue  # its GET asks first; strict like the rest, see below
        path = address.path(**world.objects[OURS[address.name].about][OWN])
        assert_strict(client.get(path), path)
        assert_strict(client.post(path), path)
    for path in ("/nl/account/logout/", "/nl/nothing-here/", *READ):
        assert_strict(client.get(path), path)


def test_the_admin_has_a_policy_of_its_own_that_lets_nothing_in_from_elsewhere(world):
    client = Client()
    client.force_login(world.people["officer"])
    policy = client.get("/admin/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", [*READ, "/nl/calculator/", "/nl/check/"])
def test_what_is_only_read_sets_no_cookie_and_may_be_cached(path):
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("path", ["/nl/", "/nl/calculator/", "/nl/check/"])
def test_a_signed_in_reader_gets_the_same_page(world, path):
    client = Client()
    client.force_login(world.people["manager"])
    assert client.get(path).content == Client().get(path).content


def test_what_is_the_same_for_everyone_travels_compressed_and_nothing_else_does(world):
    asked = {"headers": {"Accept-Encoding": "gzip"}}
    public = Client().get("/nl/", **asked)
    assert public["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in public["Vary"]
    assert gzip.decompress(public.content) == Client().get("/nl/").content
    client = Client()
    client.force_login(world.people["manager"])
    for path in ("/nl/start/", "/nl/applications/", "/nl/interest/"):
        assert "Content-Encoding" not in client.get(path, follow=True, **asked), path


def test_service_pages_are_kept_by_no_cache(world):
    client = Client()
    client.force_login(world.people["manager"])
    for name, about in (("applications:list", ""), ("applications:application", "draft"), ("partners:new", "")):
        (address,) = [address for address in OUR_ADDRESSES if address.name == name]
        response = client.get(address.path(**world.objects[about][OWN]))
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
