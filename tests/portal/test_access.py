"""Every address of the URL configuration times every role. An address without a row in the matrix fails."""

import pytest
from django.db import transaction
from django.test import Client

from tests.addresses import Address, every_address

from .matrix import EVERYONE, OPEN, OURS, VISITOR, WAGTAILS

pytestmark = pytest.mark.django_db


def outcome(address: Address, response) -> str:
    """through, sign in, refused or broken (409, a rule of the workflow, comes after access).

    A page of Wagtail's own that leads elsewhere, mostly to the first page, refuses; and some of them stumble over the
    made-up numbers and empty forms of this test, which lets nobody through either.
    """
    ours = address.name in OURS
    if ours and response.status_code >= 500:
        return "broken"
    if response.status_code == 409:
        return "through"
    if "/account/login/?next=" in response.headers.get("Location", ""):
        return "sign in"
    if response.status_code >= 400 or not ours and response.status_code >= 300:
        return "refused"
    if address.name.startswith("desk_") and response.headers.get("Location") == "/admin/":
        return "refused"
    return "through"


def row_of_wagtails(address: Address) -> set[str] | None:
    """The row with the longest beginning that fits."""
    beginning = max((name for name in WAGTAILS if address.name.startswith(name)), key=len, default=None)
    return WAGTAILS.get(beginning)


def expected(address: Address, role: str, method: str) -> set[str]:
    """The outcomes that are right for this role; none where the address has no row."""
    if ours := OURS.get(address.name):
        allowed = ours.get if method == "get" else ours.post
        if ours.get == EVERYONE:
            # Pages in the middle of signing in lead back to its beginning.
            return {"through", "sign in"} if role in allowed else {"refused"}
        needs_account = ours.get | ours.post
        return {"through"} if role in allowed else {"sign in"} if role == VISITOR and needs_account else {"refused"}
    allowed = row_of_wagtails(address)
    if allowed is None:
        return set()
    if address.name in OPEN:
        return {"through", "refused"}
    if role == VISITOR:
        return {"sign in", "refused"}
    # What is permitted may still be not found: Wagtail's own addresses are filled with made-up numbers.
    return {"through", "refused"} if role in allowed else {"refused"}


@pytest.mark.parametrize("role", sorted(EVERYONE))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_lets_through_whom_it_should(world, role, method):
    people, objects = world
    client = Client(raise_request_exception=False)
    wrong = []
    for address in every_address():
        values = objects.get(OURS[address.name].about, {}) if address.name in OURS else {}
        with transaction.atomic():
            client.logout()
            if role != VISITOR:
                client.force_login(people[role])
            found = outcome(address, getattr(client, method)(address.path(**values)))
            transaction.set_rollback(True)
        if found not in (right := expected(address, role, method)):
            wrong.append(f"{address.name}: {found}, not {' or '.join(sorted(right)) or 'in the matrix'}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_matrix_has_no_row_too_many():
    names = {address.name for address in every_address()}
    assert OURS.keys() <= names
    assert [name for name in WAGTAILS if not any(found.startswith(name) for found in names)] == []
