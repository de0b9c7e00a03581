"""A small world with someone in every role, and real objects for each address: one's own, and those of others.

What belongs to a dossier is made by one function for three dossiers, so that what stands in an address is always of the
same kind: that of the lead, another of the same lead with another partner, and one of another organisation.
"""

from dataclasses import dataclass, field

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client, RequestFactory
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from applications.models import Application, Decision, Recusal
from applications.review import services as review_services
from partners.models import Capacity, Membership, Organisation
from portal import clock
from portal.models import User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .matrix import GROUPS, MIXED, OTHER_DOSSIER, OTHER_ORGANISATION, OWN, VISITOR
from .objects import (
    Values,
    at_desk,
    of_confirmations,
    of_desk_person,
    of_everyone,
    of_organisation,
    of_parties,
    of_person,
)
from .wagtail_objects import of_wagtail

# Holds what any group may be given. Nobody is like that; see test_where_nobody_gets_in_it_is_for_want_of_rights.
EVERY_RIGHT = "with every right"
# Where two keys stand in one address: the name of the one that lies inside the other.
INNER = {
    "message_of_lead": "pk",
    "lead_receipt": "number",
    "preview": "page",
    "review": "review_pk",
    "letter_at_desk": "party_pk",
}


@dataclass
class World:
    """`people` by role, `cookies` of their sessions, and `objects`: what stands in an address, by whose it is.

    `shared` names those that belong to nobody, so that there are none of others.
    """

    people: dict[str, User] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=lambda: {VISITOR: {}})
    objects: dict[str, dict[str, Values]] = field(default_factory=lambda: {"": {OWN: {}}})
    shared: set[str] = field(default_factory=lambda: {""})

    def add(self, whose: str, objects: dict[str, Values]) -> None:
        for about, values in objects.items():
            self.objects.setdefault(about, {})[whose] = values

    def mix(self) -> None:
        """One's own outside, another's inside: nobody may follow such an address."""
        for about, inner in INNER.items():
            own, others = self.objects[about][OWN], self.objects[about][OTHER_DOSSIER]
            assert own[inner] != others[inner], about
            self.add(MIXED, {about: {**own, inner: others[inner]}})

    def sign_in(self) -> None:
        """Once for everyone: with the second step, where someone has one, and just now."""
        for role, user in self.people.items():
            client = Client()
            client.force_login(user)
            request = RequestFactory().get("/")
            request.session, request.user = client.session, user
            request.session["last_seen"] = int(clock.now().timestamp())
            for authenticator in Authenticator.objects.filter(user=user).exclude(type="recovery_codes"):
                record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
            request.session.save()
            self.cookies[role] = {name: cookie.value for name, cookie in client.cookies.items()}


def build() -> World:
    """Make it, in the transaction that the caller has open."""
    world = World()
    verified = {"verified_at": clock.now(), "verified_by": UserFactory(groups=["Officers"])}
    lead, other = (OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY, **verified) for _organisation in range(2))
    manager, stranger = MembershipFactory(organisation=lead), MembershipFactory(organisation=other)
    partner = MembershipFactory()
    world.people = people = {
        "stranger": stranger.user,
        "manager": manager.user,
        "contributor": MembershipFactory(organisation=lead, manager=False).user,
        "viewer": only_looks(lead).user,
        "signatory": MembershipFactory(
            organisation=lead, manager=False, contributor=False, capacity=Capacity.MAYOR
        ).user,
        "partner": partner.user,
        "invited": UserFactory(),
        "colleague": UserFactory(),
        **{role: UserFactory(groups=[group]) for role, group in GROUPS.items()},
    }
    officer, decider, other_officer = people["officer"], people["decider"], UserFactory(groups=["Officers"])

    world.add(OWN, of_parties(manager, partner, people["invited"].email, officer, decider))
    others = of_parties(manager, stranger, "someone@town.example", other_officer, decider, version=2)
    others |= at_desk(other_officer, adviser=people["publisher"])
    world.add(OTHER_DOSSIER, others)
    world.add(OTHER_ORGANISATION, of_parties(stranger, MembershipFactory(), "else@town.example", officer, decider))
    world.add(OWN, at_desk(officer, adviser=people["editor"]))
    # The officer withdrew from the other dossiers for a conflict of interest: at the desk they are out of sight.
    decided = Decision.objects.get(pk=others["decision"]["pk"]).application
    for pk in (others["in_review"]["pk"], others["asked"]["pk"], decided.pk):
        review_services.recuse(Application.objects.get(pk=pk), officer, reason=Recusal.Reason.OTHER)

    world.add(OWN, of_organisation(manager, people["viewer"], people["signatory"], people["colleague"].email))
    of_other = of_organisation(stranger, only_looks(other).user, stranger.user, "third@town.example")
    world.add(OTHER_ORGANISATION, of_other)
    world.add(OWN, of_person(manager.user) | of_desk_person(officer, decider, in_days=60))
    world.add(OTHER_ORGANISATION, of_person(stranger.user) | of_desk_person(decider, officer, in_days=70))
    administrators = people["administrator"], UserFactory(groups=["Administrators"])
    own, others = of_confirmations(*administrators, about=[people["stranger"], people["invited"]])
    world.add(OWN, own)
    world.add(OTHER_ORGANISATION, others)
    shared = of_everyone(officer, decider, lead) | of_wagtail(people)
    world.add(OWN, shared)
    world.shared |= shared.keys()
    world.mix()
    people[EVERY_RIGHT] = with_every_right()
    world.sign_in()
    return world


def with_every_right() -> User:
    group = Group.objects.create(name="Every right")
    group.permissions.set(Permission.objects.all())
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page"):
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    for permission in Permission.objects.filter(content_type__model__in=["image", "document", "collection"]):
        root = Collection.get_first_root_node()
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    return UserFactory(groups=[group.name])


def only_looks(organisation: Organisation) -> Membership:
    return MembershipFactory(organisation=organisation, manager=False, contributor=False, viewer=True)
