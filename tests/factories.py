"""Real rows for tests, made as the portal makes them."""

from datetime import date

import factory
from django.contrib.auth.models import Group

from applications import editing
from applications.models import DecisionPower
from partners.enterprise_numbers import check_digits
from partners.models import Membership, Municipality, Organisation
from partners.signing import DEFAULT_CAPACITIES
from portal import clock
from portal.models import User

GHENT = "44021"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@town.example")
    first_name = "Person"
    last_name = factory.Sequence(lambda n: f"Number {n}")

    @factory.post_generation
    def groups(self, create, names, **kwargs):
        if names:
            self.groups.set(Group.objects.filter(name__in=names))
            if "Deciders" in names:
                DecisionPower.objects.create(user=self, valid_from=date(2020, 1, 1))


def enterprise_number(n: int) -> str:
    """A right number for a made-up organisation."""
    first = f"0{900_0000 + n:07d}"
    return first + check_digits(first)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Sample organisation {n}")
    kind = Organisation.Kind.NON_PROFIT
    enterprise_number = factory.Sequence(enterprise_number)
    municipality = factory.LazyFunction(lambda: Municipality.objects.get(refnis=GHENT))
    letter_language = "nl"
    signs_first = factory.LazyAttribute(lambda o: DEFAULT_CAPACITIES[o.kind][0])
    signs_second = factory.LazyAttribute(lambda o: DEFAULT_CAPACITIES[o.kind][1])
    sample = True
    created_at = factory.LazyFunction(clock.now)


class MembershipFactory(factory.django.DjangoModelFactory):
    """Someone who works for an organisation and may sign for it."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    manager = True
    contributor = True


COMPLETE_ANSWERS = {
    "contact_name": "Contact of the town",
    "contact_function": "Coordinator",
    "contact_email": "contact@town.example",
    "household_sizes": [5],
    "straight_on_arrival": True,
    "second_year": True,
    "available_from": date(2027, 3, 1),
    "home_secured": "secured",
    "home_months": 24,
    "next_home": "We look together with the housing service.",
    "guidance_team": "Two social workers and six volunteers.",
    "guidance_hours": 10,
    "guidance_steps": "Week by week.",
    "feedback_rhythm": "monthly",
    "support_division": "",
    "remarks": "",
    "declared": True,
}


def complete_application(lead: Membership, **answers):
    """A draft of one organisation alone, every section complete, nothing signed."""
    application = editing.begin(lead.organisation, lead.user, stay=True, guidance=True)
    for field, value in {**COMPLETE_ANSWERS, "home_municipality": lead.organisation.municipality, **answers}.items():
        setattr(application, field, value)
    application.save()
    return application
