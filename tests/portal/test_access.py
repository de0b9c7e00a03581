"""Every address of the URL configuration, with every object that can stand in it, times every role.

An address without a row in the matrix fails, and so does one for which there is nothing real to put into it.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from http.cookies import SimpleCookie

import pytest
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

import portal.urls
from tests.addresses import Address, every_address

from .matrix import APPLICANTS, EVERYONE, FEDASIL, NOBODY, OURS, OWN, VISITOR, Row
from .wagtail_matrix import WAGTAILS, row_of
from .world import EVERY_RIGHT, World

pytestmark = pytest.mark.django_db

ADDRESSES = every_address()
# What an answer can be.
PAGE, LED_ON, SIGN_IN, REFUSED, BROKEN = "a page", "led on", "to sign in", "refused", "broken"


def room(address: Address) -> str:
    """The test that goes to this address."""
    return address.name.partition(":")[0] if ":" in address.name else address.name.partition("_")[0]


def outcome(address: Address, response) -> str:
    """A rule of the workflow (409) comes after access. The desk and Wagtail refuse by an error on their first page."""
    target = response.headers.get("Location", "")
    if response.status_code >= 500:
        return BROKEN
    if response.status_code == 409:
        return LED_ON
    is_first_page = target == "/admin/" and address.template.startswith("admin/")
    if response.status_code >= 400 or (is_first_page and shows_error(response)):
        return REFUSED
    if "/login/?next=" in target:
        return SIGN_IN
    return LED_ON if target else PAGE


def shows_error(response) -> bool:
    return any(message.level >= messages.ERROR for message in messages.get_messages(response.wsgi_request))


def right(row: Row, method: str, whose: str, role: str) -> set[str]:
    """The outcomes that are right for this role."""
    if role not in row.allowed(method, whose):
        return {SIGN_IN, REFUSED} if role == VISITOR else {REFUSED}
    if method in row.breaks:
        return {BROKEN}
    if row.get >= EVERYONE:
        return {PAGE, LED_ON, SIGN_IN}  # pages in the middle of signing in lead back to its beginning
    return {PAGE} if method == "get" and not row.leads_on else {PAGE, LED_ON}


def tried_roles(address: Address, row: Row, method: str, whose: str) -> set[str]:
    """At our addresses all, with an object of their own; with one of others those that may have one, and another.

    At Wagtail's own addresses the roles take turns: one that may, one of Fedasil that may not, and one of the others.
    So they do where everyone may.
    """
    own, here = row.allowed(method, OWN), row.allowed(method, whose)
    if address.name in OURS and not row.get >= EVERYONE:
        return EVERYONE if whose == OWN else own | here | turn(address, method, EVERYONE - own - here)
    kinds = ({VISITOR}, APPLICANTS, FEDASIL) if row.get >= EVERYONE else (here, FEDASIL - here, EVERYONE - FEDASIL)
    return set.union(*(turn(address, method, kind) for kind in kinds))


def turn(address: Address, method: str, roles: set[str]) -> set[str]:
    """The role whose turn it is."""
    number = ADDRESSES.index(address) + (method != "get")
    return {sorted(roles)[number % len(roles)]} if roles else set()


def paths(world: World, address: Address, row: Row) -> dict[str, str]:
    """The address with each object that can stand in it, and whose that is."""
    found = {}
    for whose, values in world.objects[row.about].items():
        found.setdefault(address.path(**values), whose)  # a mixed pair is none where only one of its keys is asked
    return found


class Visits:
    """Goes to addresses in the name of each role. What happens there is undone."""

    def __init__(self, world: World):
        self.world = world
        self.client = Client(raise_request_exception=False)

    def outcome(self, address: Address, path: str, method: str, role: str) -> str:
        self.client.cookies = SimpleCookie(self.world.cookies[role])
        with transaction.atomic():
            response = getattr(self.client, method)(path)
            transaction.set_rollback(True)
        return outcome(address, response)

    def wrong(self, address: Address, row: Row, *, every_role: bool) -> Iterator[str]:
        """What this address does against its row."""
        for path, whose in paths(self.world, address, row).items():
            for method in ("get", row.writes_by):
                roles = EVERYONE if every_role else tried_roles(address, row, method, whose)
                found = {role: self.outcome(address, path, method, role) for role in sorted(roles)}
                wrong = defaultdict(list)
                for role, what in found.items():
                    if what not in (expected := right(row, method, whose, role)):
                        wrong[what, " or ".join(sorted(expected))].append(role)
                for (what, expected), some in wrong.items():
                    yield f"{method} {path} ({whose}): {what}, not {expected}: {', '.join(some)}"
                if row.get >= EVERYONE and method == "get" and not row.leads_on and PAGE not in found.values():
                    yield f"{method} {path}: nobody gets a page"


def refuse(status: int, request, exception) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture
def visits(world, settings, monkeypatch) -> Visits:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60  # everyone gave the second step just now
    # What a refusal says is asked elsewhere; drawing it would take half of the time here.
    for status in (403, 404):
        monkeypatch.setattr(portal.urls, f"handler{status}", partial(refuse, status), raising=False)
    return Visits(world)


@pytest.mark.parametrize("name", sorted({room(address) for address in ADDRESSES}))
def test_each_address_lets_through_whom_it_should(visits, request, name):
    wrong, every_role = [], request.config.getoption("--all")
    for address in ADDRESSES:
        if room(address) != name:
            continue
        row_name, row = row_of(address)
        if row is None:
            wrong.append(f"{row_name}: has no row in the matrix")
        elif missing := set(address.parameters) - visits.world.objects.get(row.about, {}).get(OWN, {}).keys():
            wrong.append(f"{row_name}: nothing real stands for {', '.join(sorted(missing))}")
        else:
            wrong += [f"{row_name}: {line}" for line in visits.wrong(address, row, every_role=every_role)]
    assert not wrong, "\n" + "\n".join(wrong)


def test_where_nobody_gets_in_it_is_for_want_of_rights(visits):
    """A user with every right gets a page there: what is refused to the others exists."""
    refused = []
    for address in ADDRESSES:
        name, row = row_of(address)
        if row and row.get == row.post == NOBODY and not row.off:
            (path,) = paths(visits.world, address, row)
            found = {visits.outcome(address, path, method, EVERY_RIGHT) for method in ("get", row.writes_by)}
            if found <= {REFUSED, SIGN_IN}:
                refused.append(f"{name}: {path}: {' '.join(found)}")
    assert not refused, "\n" + "\n".join(refused)


def test_what_belongs_to_someone_is_tried_with_objects_of_others(world):
    assert {row.about for row in OURS.values() if world.objects[row.about].keys() == {OWN}} <= world.shared


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_role_is_left_out_at_addresses_of_wagtail(method):
    rows = [(address, row) for address in ADDRESSES if (row := WAGTAILS.get(address.name))]
    assert set.union(*(tried_roles(*found, method, OWN) for found in rows)) == EVERYONE


def test_the_matrix_has_no_row_too_many():
    assert OURS.keys() | WAGTAILS.keys() == {row_of(address)[0] for address in ADDRESSES}
    assert not OURS.keys() & WAGTAILS.keys()
