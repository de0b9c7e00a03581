"""The access matrix: every address of the URL configuration times every role. An address without a row fails."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client

from applications import parties
from partners import organisations, partnerships
from partners.models import Capacity, Organisation
from tests.addresses import Address, every_address
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    complete_application,
)

pytestmark = pytest.mark.django_db

VISITOR = "visitor"
APPLICANTS = {"stranger", "manager", "viewer", "signatory", "partner", "invited", "colleague"}
GROUPS = {
    "editor": "Editors",
    "publisher": "Publishers",
    "translator": "Translators",
    "officer": "Officers",
    "decider": "Deciders",
    "administrator": "Administrators",
}
FEDASIL = set(GROUPS)
SIGNED_IN = APPLICANTS | FEDASIL
EVERYONE = {VISITOR} | SIGNED_IN
NOBODY: set[str] = set()
WRITERS = {"editor", "publisher", "translator"}
DESK = {"officer", "decider"}
OF_LEAD = {"manager", "viewer", "signatory"}
OF_PARTIES = OF_LEAD | {"partner"}


@dataclass(frozen=True)
class Row:
    """Who gets a page by GET, and who gets through by POST; `about` names what stands in the address."""

    get: set[str]
    post: set[str]
    about: str = ""


def row(get, post=None, about=""):
    return Row(get, get if post is None else post, about)


OURS = {
    # What anyone may open
    "choose_language": row(EVERYONE, NOBODY),
    "demo": row(EVERYONE, NOBODY),
    "wagtail_serve": row(EVERYONE),
    "account_login": row(EVERYONE),
    "account_confirm_login_code": row(EVERYONE),
    "account_request_login_code": row(EVERYONE),
    "account_logout": row(EVERYONE),
    "account_signup": row(EVERYONE),
    "account_email_verification_sent": row(EVERYONE),
    "account_email": row(EVERYONE),
    "account_inactive": row(EVERYONE, NOBODY),
    "admin_login": row({VISITOR} | FEDASIL),
    "page_login": row(EVERYONE),
    "mfa_authenticate": row(EVERYONE),
    "wagtailcore_login": row(EVERYONE),  # never reached: ours stands before it
    "wagtailcore_authenticate_with_password": row(NOBODY),
    # What anyone who signed in may open
    "portal_start": row(SIGNED_IN),
    "mfa_activate_totp": row(SIGNED_IN),
    "mfa_index": row(SIGNED_IN, NOBODY),
    "applications:list": row(SIGNED_IN),
    "applications:start": row(SIGNED_IN),
    "partners:new": row(SIGNED_IN),
    # An application, for its parties
    "applications:application": row(OF_PARTIES, about="draft"),
    "applications:parties": row({"manager"}, about="draft"),
    "applications:section": row({"manager", "partner"}, about="draft"),
    "applications:summary": row(OF_PARTIES, about="draft"),
    "applications:submit": row(OF_PARTIES, {"manager"}, about="draft"),
    "applications:submitted": row(OF_PARTIES, about="draft"),
    "applications:withdraw": row({"manager"}, about="draft"),
    "applications:invitation": row({"invited"}, about="invited_party"),
    "applications:sign": row({"signatory"}, about="lead_party"),
    # An organisation, for its people
    "partners:organisation": row(OF_LEAD, about="lead"),
    "partners:invite": row(NOBODY, {"manager"}, about="lead"),
    "partners:signing_rule": row(NOBODY, {"manager"}, about="lead"),
    "partners:capacity": row(NOBODY, {"manager"}, about="lead"),
    "partners:invitation": row({"colleague"}, about="invitation"),
    # The desk
    "desk_applications:index": row(DESK, NOBODY),
    "desk_applications:index_results": row(DESK, NOBODY),
    "desk_applications:inspect": row(DESK, NOBODY, about="in_review"),
    "desk_applications:begin_review": row(NOBODY, {"officer"}, about="in_review"),
    "desk_applications:request_changes": row({"officer"}, about="in_review"),
    "desk_applications:advice": row({"officer"}, about="in_review"),
    "desk_applications:decide": row({"decider"}, about="in_review"),
    "desk_partnerships:index": row(DESK, NOBODY),
    "desk_partnerships:index_results": row(DESK, NOBODY),
    "desk_partnerships:inspect": row(DESK, NOBODY, about="partnership"),
}
# Wagtail's own addresses, by the beginning of their names: who may get anything there.
WAGTAILS = {
    "desk_rates:": {"administrator"},
    "desk_review_rules:": {"administrator"},
    "desk_decision_powers:": {"administrator"},
    "django.views.generic.base.TemplateView": FEDASIL,  # Wagtail's samples of its error pages
    "wagtail.admin.views.home.default": NOBODY,
    "wagtail_bulk_action": NOBODY,
    "wagtail_localize:": WRITERS,
    "wagtail_localize:javascript_catalog": FEDASIL,
    "wagtail_localize:snippets_api": FEDASIL,
    "wagtail_localize:translations_report": FEDASIL,
    "wagtailadmin_": FEDASIL,  # the editor's own furniture; what it shows depends on page rights
    "wagtailadmin_api:": FEDASIL,
    "wagtailadmin_collections:": NOBODY,
    "wagtailadmin_error_test": NOBODY,
    "wagtailadmin_explore": WRITERS,
    "wagtailadmin_pages:": WRITERS,
    "wagtailadmin_pages:confirm_workflow_cancellation": FEDASIL,  # an empty answer
    "wagtailadmin_pages:move_confirm": FEDASIL,  # says that the slug is taken, before it looks at rights
    "wagtailadmin_pages:type_use": FEDASIL,
    "wagtailadmin_password_reset": NOBODY,
    "wagtailadmin_reports:": WRITERS,
    "wagtailadmin_reports:site_history": FEDASIL,
    "wagtailadmin_workflows:": NOBODY,
    "wagtailadmin_workflows:task_cho": FEDASIL,
    "wagtaildocs:": NOBODY,
    "wagtaildocs_chooser:": FEDASIL,
    "wagtailembeds:": FEDASIL,
    "wagtailimages:": {"editor", "publisher"},
    "wagtailimages_chooser:": FEDASIL,
    "wagtaillocales:": NOBODY,
    "wagtailredirects:": NOBODY,
    "wagtailsettings:": NOBODY,
    "wagtailsites:": NOBODY,
    "wagtailsnippets:": NOBODY,
    "wagtailusers_groups:": NOBODY,
    "wagtailusers_users:": {"administrator"},
}
# Open to anyone by their nature, or not to be had at all.
OPEN = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


@pytest.fixture
def world(db):
    lead = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    manager = MembershipFactory(organisation=lead)
    partner = MembershipFactory()
    people = {
        "stranger": MembershipFactory(capacity=Capacity.REPRESENTATIVE).user,
        "manager": manager.user,
        "viewer": MembershipFactory(organisation=lead, manager=False, contributor=False, viewer=True).user,
        "signatory": MembershipFactory(
            organisation=lead, manager=False, contributor=False, capacity=Capacity.MAYOR
        ).user,
        "partner": partner.user,
        "invited": UserFactory(),
        "colleague": UserFactory(),
        **{role: UserFactory(groups=[group]) for role, group in GROUPS.items()},
    }
    draft = complete_application(manager)
    invited = parties.invite(draft, manager.user, name="Partner", email=partner.user.email, language="nl")
    parties.accept(invited, partner.user, partner.organisation, stay=False, guidance=True)
    draft.refresh_from_db()
    waiting = parties.invite(draft, manager.user, name="Other", email=people["invited"].email, language="nl")
    colleague = people["colleague"].email
    invitation = organisations.invite(lead, manager.user, email=colleague, language="nl", viewer=True)
    alone = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    in_review = application_in_review(alone, people["officer"])
    terms = partnerships.Terms("HV", [3], False, 1, date(2027, 3, 1), Decimal(9000))
    lead_terms = partnerships.PartyTerms(lead, lead=True, stay=True, guidance=True)
    partnership = partnerships.start([lead_terms], terms, people["officer"], people["decider"])
    return people, {
        "draft": {"uuid": draft.uuid, "code": "guidance"},
        "lead_party": {"uuid": draft.parties.get(is_lead=True).uuid},
        "invited_party": {"uuid": waiting.uuid},
        "lead": {"uuid": lead.uuid},
        "invitation": {"uuid": invitation.uuid},
        "in_review": {"pk": in_review.pk},
        "partnership": {"pk": partnership.pk},
    }


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
