"""Who may give power at Fedasil: nobody alone. Every address of the portal is tried by someone in all groups."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from applications.models import DecisionPower, ReviewRule
from partners.models import Capacity, Invitation, Rate
from portal.models import User
from portal.permissions import FEDASIL_GROUPS
from tests.addresses import every_address
from tests.at_desk import client_at_desk
from tests.factories import MembershipFactory, UserFactory
from tests.portal.matrix import OWN
from tests.portal.wagtail_matrix import row_of

pytestmark = pytest.mark.django_db


FORBIDDEN = ("is_superuser", "is_staff", "user_permissions")
BULK_ACTIONS = ("assign_role", "set_active_state", "delete")
RIGHTS = (
    User.groups.through,
    User.user_permissions.through,
    Group,
    Group.permissions.through,
    GroupPagePermission,
    GroupCollectionPermission,
    DecisionPower,
    ReviewRule,
    Invitation,
    Rate,
)
TABLES = {model._meta.db_table for model in (User, *RIGHTS)}


def accounts() -> dict[int, tuple]:
    fields = ("email", "is_active", "is_superuser", "is_staff")
    return {pk: tuple(rest) for pk, *rest in User.objects.values_list("pk", *fields)}


def rights() -> list[set]:
    """All rows that give power to someone, and the amounts in force (those sent here count from a day in the past)."""
    return [set(model.objects.values_list()) for model in RIGHTS]


def hostile(victim: User, attacker: User) -> dict:
    """All that would give power, under every name by which a form of Wagtail's or ours takes it."""
    return {
        "first_name": "Person",
        "last_name": "Other",
        "language": "nl",
        "locale": "en",
        "email": "attacker@elsewhere.example",
        "name_email-first_name": "Person",
        "name_email-last_name": "Other",
        "name_email-email": "attacker@elsewhere.example",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)[:9]),
        "role": Group.objects.get(name="Deciders").pk,
        "mark_as_active": "True",
        "name": "Administrators of everything",
        "permissions": list(Permission.objects.values_list("pk", flat=True)[:9]),
        "user": attacker.pk,
        "valid_from": "2026-01-01",
        "valid_until": "",
        "reviews": "1",
        "code": "stay_lump_sum",
        "amount": "90000",
        "source": "Nobody's decision",
        "source_date": "2026-01-01",
        "reason": "Because.",
    }


def test_no_address_gives_power_by_one_person_alone(world):
    attacker = UserFactory(groups=FEDASIL_GROUPS)
    membership = MembershipFactory(capacity=Capacity.CHAIR, user__is_active=False)
    victim = membership.user
    power = DecisionPower.objects.create(user=victim, valid_from="2020-01-01")
    keys = {
        "desk_decision_powers:": power.pk,
        "desk_review_rules:": ReviewRule.objects.create(valid_from="2020-01-01", reviews=2).pk,
        "desk_rates:": Rate.objects.earliest("valid_from").pk,
        "desk_organisations:": membership.organisation_id,
        "wagtailusers_groups:": Group.objects.get(name="Editors").pk,
    }
    rights_before, accounts_before = rights(), accounts()
    data = hostile(victim, attacker)
    written = []

    def watch(execute, sql, *args):
        """Only what writes to one of these tables is worth a look at their rows."""
        if not sql.startswith("SELECT") and any(f'"{table}"' in sql for table in TABLES):
            written.append(sql)
        return execute(sql, *args)

    ordinary = {name: value for name, value in data.items() if name not in FORBIDDEN}
    client = client_at_desk(attacker)
    client.raise_request_exception = False
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    gave = set()
    for address in every_address():
        pk = next((pk for name, pk in keys.items() if address.name.startswith(name)), victim.pk)
        for action in BULK_ACTIONS if address.name == "wagtail_bulk_action" else ["x"]:
            real = world.objects[row_of(address)[1].about][OWN]
            path = address.path(**real | {"pk": pk, "app_label": "portal", "model_name": "user", "action": action})
            for sent in (data, ordinary):
                written.clear()
                with transaction.atomic(), connection.execute_wrapper(watch):
                    client.cookies[settings.SESSION_COOKIE_NAME] = session
                    response = client.post(path, sent, query_params={"id": [victim.pk, attacker.pk]})
                    known = {pk: now for pk, now in accounts().items() if pk in accounts_before} if written else None
                    if written and (rights() != rights_before or known != accounts_before):
                        gave.add(f"{address.name} {path}")
                    transaction.set_rollback(True)
                if response.status_code != 200:
                    break  # it was not the forbidden fields that a form refused
    assert not gave, "\n" + "\n".join(sorted(gave))
