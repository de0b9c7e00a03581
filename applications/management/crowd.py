"""Made-up organisations over all municipalities, with people who work there, and a team of Fedasil."""

import random
from datetime import timedelta

from django.contrib.auth.models import Group

from partners.enterprise_numbers import check_digits
from partners.models import Interest, Membership, Municipality, Organisation
from partners.organisations.municipal_names import usual_name
from partners.organisations.signing_rules import default_capacities
from portal import clock
from portal.models import User
from portal.permissions import DECIDERS, OFFICERS
from portal.team import officers
from portal.text import fold

AT_ONCE = 1000
NOBODY_SIGNS_IN = "!"
DOMAIN = "made-up.example"
KINDS = {
    Organisation.Kind.MUNICIPALITY: 40,
    Organisation.Kind.PCSW: 38,
    Organisation.Kind.NON_PROFIT: 18,
    Organisation.Kind.OTHER_PUBLIC: 4,
}
NON_PROFITS = {"nl": "vzw Welkom {}", "fr": "asbl Accueil {}", "de": "VoG Willkommen {}"}
OTHERS = {"nl": "Intercommunale {}", "fr": "Intercommunale {}", "de": "Interkommunale {}"}


class Crowd:
    """Who applies, and who decides: enough of both for this number of applications."""

    def __init__(self, number: int, seed: int):
        self.number, self.now = number, clock.now()
        self.random = random.Random(seed)  # noqa: S311 (nothing secret)

    def users(self, role: str, count: int, group: str = "") -> list[User]:
        first = User.objects.filter(email__startswith=f"{role}-", email__endswith=DOMAIN).count() + 1
        names = [f"{role}-{number}" for number in range(first, first + count)]
        people = [
            User(email=f"{name}@{DOMAIN}", last_name=name.replace("-", " ").capitalize(), password=NOBODY_SIGNS_IN)
            for name in names
        ]
        User.objects.bulk_create(people, AT_ONCE)
        if group:
            Group.objects.get(name=group).user_set.add(*people)
        return people

    def people(self) -> None:
        """A team that grows with its work, and the officers who are there already."""
        self.officers = list(officers())
        self.officers += self.users("officer", 8, OFFICERS)
        self.deciders = list(User.objects.filter(groups__name=DECIDERS)) or self.users("decider", 2, DECIDERS)

    def organisations(self) -> None:
        """Over all municipalities of today, as their own languages call them; each with someone who works there."""
        places = list(Municipality.objects.current().order_by("refnis"))
        count = min(5000, max(20, self.number // 20))
        local = {
            (kind, place)
            for kind, place in Organisation.objects.filter(kind__in=("municipality", "pcsw")).values_list(
                "kind", "municipality"
            )
        }
        numbers = set(Organisation.objects.values_list("enterprise_number", flat=True))
        made, candidate = [], 8_000_000
        while len(made) < count:
            place = self.random.choice(places)
            kind = self.random.choices(list(KINDS), KINDS.values())[0]
            if kind in ("municipality", "pcsw"):
                if (kind, place.pk) in local:
                    kind = Organisation.Kind.NON_PROFIT
                local.add((kind, place.pk))
            candidate += 1
            number = f"0{candidate:07d}"
            if (number := number + check_digits(number)) in numbers:
                continue
            language = place.language or self.random.choice(("nl", "fr"))
            first, second = default_capacities(kind, place.region)
            name = self.name(kind, place, language, candidate)
            made.append(
                Organisation(
                    name=name,
                    plain_name=fold(name),
                    kind=kind,
                    enterprise_number=number,
                    municipality=place,
                    letter_language=language,
                    signs_first=first,
                    signs_second=second,
                    sample=True,
                    created_at=self.now - timedelta(days=4000),
                )
            )
        self.parties = Organisation.objects.bulk_create(made, AT_ONCE)
        workers = self.users("worker", len(made))
        self.workers = dict(zip((found.pk for found in made), workers, strict=True))
        Membership.objects.bulk_create(
            [
                Membership(user=worker, organisation=found, manager=True, contributor=True)
                for found, worker in zip(made, workers, strict=True)
            ],
            AT_ONCE,
        )

    @staticmethod
    def name(kind: str, place: Municipality, language: str, number: int) -> str:
        if kind in ("municipality", "pcsw"):
            return usual_name(kind, place)
        patterns = NON_PROFITS if kind == Organisation.Kind.NON_PROFIT else OTHERS
        local = place.name_nl if language == "nl" else place.name_fr
        return f"{patterns[language].format(local)} {number % 1000}"

    def interests(self) -> None:
        """Interest, some of it to be followed up by now."""
        Interest.objects.bulk_create(
            Interest(
                name=f"Interest {number}",
                kind=Interest.Kind.GROUP,
                municipality=self.random.choice(self.parties).municipality,
                contact_name="Contact",
                email=f"interest-{number}@{DOMAIN}",
                language="nl",
                state=self.random.choice((Interest.State.NEW, Interest.State.CLOSED, Interest.State.CLOSED)),
                owner=self.random.choice(self.officers),
                follow_up_on=clock.today() + timedelta(days=self.random.randint(-20, 60)),
                created_at=self.now - timedelta(days=30),
            )
            for number in range(max(5, self.number // 500))
        )
