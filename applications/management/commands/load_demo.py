from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from applications.management.samples import sample_organisation
from applications.models import DecisionPower
from partners.enterprise_numbers import check_digits
from partners.models import Capacity, Membership, Organisation, PartnershipParty
from partners.partnerships import services as partnerships_services
from partners.support import estimate
from portal import clock
from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.email_address import set_proved
from portal.models import User
from portal.permissions import ADMINISTRATORS, DECIDERS, EDITORS, OFFICERS, PUBLISHERS, TRANSLATORS

# Demo only: the key of every demo account's authenticator, so that the demo page can show its code.
DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GHENT = "44021"
CITY, PCSW, NGO = "0207451227", "0212214125", "01000000" + check_digits("01000000")


@dataclass(frozen=True)
class Person:
    """A demo account, named by its role; `organisations` are (enterprise number, works there, capacity)."""

    name: str
    role: str
    groups: tuple[str, ...] = ()
    organisations: tuple[tuple[str, bool, str], ...] = ()


PEOPLE = (
    Person("city", "City applicant", organisations=((CITY, True, ""),)),
    Person("mayor", "City mayor", organisations=((CITY, False, Capacity.MAYOR),)),
    Person(
        "director",
        "General director of city and OCMW",
        organisations=((CITY, False, Capacity.GENERAL_DIRECTOR), (PCSW, False, Capacity.GENERAL_DIRECTOR)),
    ),
    Person("ocmw", "OCMW applicant", organisations=((PCSW, True, ""),)),
    Person("chair", "OCMW chair", organisations=((PCSW, False, Capacity.CHAIR),)),
    Person("ngo", "NGO applicant", organisations=((NGO, True, Capacity.REPRESENTATIVE),)),
    Person("editor", "Editor", groups=(EDITORS,)),
    Person("publisher", "Publisher", groups=(PUBLISHERS,)),
    Person("translator", "Translator", groups=(TRANSLATORS,)),
    Person("officer", "Officer", groups=(OFFICERS,)),
    Person("officer2", "Second officer", groups=(OFFICERS,)),
    Person("decider", "Decider", groups=(DECIDERS,)),
    Person("administrator", "Administrator", groups=(ADMINISTRATORS,)),
    Person("administrator2", "Second administrator", groups=(ADMINISTRATORS,)),
)


class Command(BaseCommand):
    help = "Development: demo accounts named by role, the Ghent three and their partnership. Safe to run again."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo accounts belong to development and tests.")
        with transaction.atomic():
            organisations = {
                CITY: self.organisation(CITY, "Stad Gent", Organisation.Kind.MUNICIPALITY),
                PCSW: self.organisation(PCSW, "OCMW Gent", Organisation.Kind.PCSW),
                NGO: self.organisation(NGO, "vzw Thope", Organisation.Kind.NON_PROFIT),
            }
            for person in PEOPLE:
                self.account(person, organisations)
            self.pilot(organisations)
        for person in PEOPLE:
            self.stdout.write(f"  {person.name + '@' + DEMO_DOMAIN:32} {person.role}")

    @staticmethod
    def organisation(number: str, name: str, kind: str) -> Organisation:
        """One of the three, marked as a sample: numbers are to be confirmed, Thope's is made up."""
        found = Organisation.objects.filter(enterprise_number=number).first()
        if found:
            return found
        return sample_organisation(number, name, kind, GHENT, "nl")

    @staticmethod
    def pilot(organisations: dict[str, Organisation]) -> None:
        """The Ghent three as a partnership on the public map; its numbers are a sample."""
        if PartnershipParty.objects.filter(organisation=organisations[CITY]).exists():
            return
        officer = User.objects.get(email=f"officer@{DEMO_DOMAIN}")
        parties = [
            partnerships_services.PartyTerms(organisations[CITY], lead=True, stay=False, guidance=False),
            partnerships_services.PartyTerms(organisations[PCSW], lead=False, stay=False, guidance=True),
            partnerships_services.PartyTerms(organisations[NGO], lead=False, stay=True, guidance=False),
        ]
        terms = partnerships_services.Terms(
            origin="",
            household_sizes=[5],
            straight_on_arrival=True,
            years=1,
            planned_from=clock.today(),
            estimate=estimate.estimate(
                [5], straight_on_arrival=True, years=1, rates=estimate.amounts_on(clock.today())
            ).total,
        )
        partnerships_services.set_public(
            partnerships_services.start(parties, terms, officer, officer), officer, agreed=True
        )

    @staticmethod
    def account(person: Person, organisations: dict[str, Organisation]) -> None:
        email = f"{person.name}@{DEMO_DOMAIN}"
        if User.objects.filter(email=email).exists():
            return
        user = User.objects.create_user(email, first_name="", last_name=person.role)
        set_proved(user)
        user.groups.set(Group.objects.filter(name__in=person.groups))
        if person.groups:
            TOTP.activate(user, DEMO_TOTP_SECRET)
        if DECIDERS in person.groups:
            DecisionPower.objects.create(user=user, valid_from=date(2026, 1, 1))
        for number, works, capacity in person.organisations:
            Membership.objects.create(
                user=user,
                organisation=organisations[number],
                manager=works,
                contributor=works,
                viewer=not works,
                capacity=capacity,
            )
