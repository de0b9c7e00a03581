"""Applications of sample organisations, from just submitted to approved, made with the verbs that people use.

For a first look at the desk and for training. People are named by their role, organisations are marked as samples.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import translation

from applications.models import Application, Decision, Party
from partners.enterprise_numbers import check_digits
from partners.models import Membership, Municipality, Organisation
from partners.organisations.signing_rules import set_default_rule
from partners.people.person import Person
from portal import clock
from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.email_address import set_proved
from portal.documents import pdf
from portal.files.validation import judge
from portal.models import Mail, User
from portal.slow_work import others_may_wait

from ..answers import saving
from ..attachments import services as attachments_services
from ..case import loading
from ..change_requests import services as change_requests_services
from ..decision import services as decision_services
from ..papers import letters
from ..parties import signatures
from ..questionnaire import file_requirements
from ..questionnaire.questions import SECTIONS
from ..review import assignment
from ..review import services as review_services
from ..workflow.transitions import APPLICATION
from .sample_answers import complete_answers

Kind = Organisation.Kind
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)

PAPERS = ("statutes", "representation", "accounts")


def sample_organisation(number: str, name: str, kind: str, refnis: str, language: str) -> Organisation:
    """Saved with the signing rule that is usual for its kind, and marked as a sample."""
    made = Organisation(
        name=name,
        kind=kind,
        enterprise_number=number,
        municipality=Municipality.objects.get(refnis=refnis),
        letter_language=language,
        sample=True,
        created_at=clock.now(),
    )
    set_default_rule(made)
    made.full_clean()
    made.save()
    return made


# ── Who ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Sample:
    """An organisation that submitted some days ago, and what came of it since."""

    code: str
    name: str
    kind: str
    refnis: str
    language: str
    days: int
    sizes: list[int]
    then: list[Callable[["Application", "Team"], object]] = field(default_factory=list)

    def organisation(self, number: int) -> Organisation:
        first = f"0{9_100_000 + number}"
        return sample_organisation(first + check_digits(first), self.name, self.kind, self.refnis, self.language)

    def people(self, organisation: Organisation) -> list[Membership]:
        """Who works there, and also signs; and who only signs."""
        capacities = [capacity for capacity in (organisation.signs_first, organisation.signs_second) if capacity]
        return [
            Membership.objects.create(
                user=self.person(place),
                organisation=organisation,
                manager=not place,
                contributor=not place,
                viewer=bool(place),
                capacity=capacity,
            )
            for place, capacity in enumerate(capacities)
        ]

    def person(self, place: int) -> User:
        name = f"{self.code}{place + 1}" if place else self.code
        called = f"Applicant {self.code.capitalize()}"
        user = User.objects.create_user(
            f"{name}@{DEMO_DOMAIN}", first_name="", last_name=called, language=self.language
        )
        set_proved(user)
        return user


@dataclass(frozen=True)
class Team:
    """The demo's own people at Fedasil."""

    officers: list[User]
    decider: User

    @classmethod
    def of_demo(cls) -> "Team":
        officer, second, decider = (
            User.objects.get(email=f"{name}@{DEMO_DOMAIN}") for name in ("officer", "officer2", "decider")
        )
        return cls([officer, second], decider)


# ── What people do ────────────────────────────────────────────────────────────────────────────────────────────────────
def submit(sample: Sample, lead: Membership, people: list[Membership]) -> Application:
    """Begun, answered, signed and submitted."""
    application = saving.begin(lead.organisation, lead.user, stay=True, guidance=True)
    given = complete_answers(
        sample.language,
        email=lead.user.email,
        refnis=sample.refnis,
        available_from=clock.today() + timedelta(days=90),
        household_sizes=sample.sizes,
    )
    for section in SECTIONS:
        asked = saving.open_questions(loading.fresh(application), section, Person(lead.user))
        # What hangs on another answer is asked once that is given.
        asked += [question for question in section.questions if question.asked.on]
        if mine := {question.field: given[question.field] for question in asked if question.field in given}:
            saving.save_section(application, section, lead.user, mine)
    if sample.kind in file_requirements.NON_PROFITS:
        give_papers(loading.fresh(application).joined_parties[0], lead.user, sample.language)
    for person in people:
        sign(loading.fresh(application).joined_parties[0], person)
    return APPLICATION.fire("submit", loading.fresh(application), lead.user)


def give_papers(party: Party, worker: User, language: str) -> None:
    for kind in PAPERS:
        page = f'<html lang="{language}"><head><title>{kind}</title></head><body><h1>{kind}</h1></body></html>'
        found = attachments_services.attach(party.application, worker, kind, party, judge(pdf.pdf(page), f"{kind}.pdf"))
        attachments_services.settle(found, "")


def sign(party: Party, person: Membership) -> None:
    """With the code that was mailed."""
    signatures.send_code(party, person.user, person.capacity)
    mail = Mail.objects.filter(to=person.user.email, key__startswith="signature-code").latest("pk")
    signatures.sign(party, person.user, person.capacity, CODE.search(mail.text)[1])


def begin_review(application: Application, team: Team) -> None:
    APPLICATION.fire("begin_review", application, team.officers[0])


def look_after(application: Application, team: Team) -> None:
    """The first officer does, from now on."""
    assignment.assign_to(application, team.officers[0], team.officers[0])


def assign_both(application: Application, team: Team) -> None:
    for officer in team.officers:
        review_services.assign(application, team.officers[0], officer)


def review(number: int) -> Callable[[Application, Team], None]:
    """The officer of this number judges it well."""

    def verb(application: Application, team: Team) -> None:
        own = review_services.own_review(application, team.officers[number])
        review_services.record(
            application,
            team.officers[number],
            scores=[review_services.GivenScore(criterion, 3, "") for criterion in own.criteria.criteria.all()],
            advice="approve",
            reasons="A solid offer.",
            version=application.versions.last(),
            done=True,
        )

    return verb


def ask(application: Application, team: Team) -> None:
    due_on = clock.today() + timedelta(days=60)
    change_requests_services.ask(
        application, team.officers[0], asked={"5.2": "Wie viele Stunden im ersten Monat?"}, due_on=due_on
    )


def prepare(application: Application, team: Team) -> None:
    language = application.joined_parties[0].organisation.letter_language
    reasons = {"nl": "De drie doelen zijn gedekt.", "fr": "Les trois objectifs sont couverts."}[language]
    officer = team.officers[0]
    decision_services.prepare(application, officer, outcome="approve", reasons={language: reasons}, contact=officer)


def release(application: Application, team: Team) -> None:
    decision = Decision.objects.get(application=application)
    decision_services.release(decision, team.decider, seen=letters.digest(letters.written(decision)))


BEGUN = [look_after, begin_review]
REVIEWED = [*BEGUN, assign_both, review(1), review(0)]
SAMPLES = (
    Sample("dak", "vzw Dak (voorbeeld)", Kind.NON_PROFIT, "35013", "nl", 75, [4]),
    Sample("lier", "Stad Lier (voorbeeld)", Kind.MUNICIPALITY, "12021", "nl", 58, [5], [*REVIEWED, prepare, release]),
    Sample("seuil", "ASBL Seuil (exemple)", Kind.NON_PROFIT, "62063", "fr", 41, [2, 4], [*REVIEWED, prepare]),
    Sample("dach", "VoG Dach (Muster)", Kind.NON_PROFIT, "63023", "de", 30, [6], [*BEGUN, ask]),
    Sample("toit", "ASBL Toit (exemple)", Kind.NON_PROFIT, "92094", "fr", 24, [5], [*BEGUN, assign_both, review(1)]),
    Sample("brug", "vzw Brug (voorbeeld)", Kind.NON_PROFIT, "71016", "nl", 3, [3, 5]),
)
# Between two steps after the submission.
PACE = timedelta(days=2)


@others_may_wait()
@transaction.atomic
def make(number: int, sample: Sample) -> bool:
    """The sample and all that came of it, each at its own time; False where it stands there already."""
    if Organisation.objects.filter(name=sample.name).exists():
        return False
    team, at = Team.of_demo(), clock.now() - timedelta(days=sample.days)
    last_mail = Mail.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    with translation.override(sample.language):
        with clock.standing_at(at):
            people = sample.people(sample.organisation(number))
            application = submit(sample, people[0], people)
        for place, verb in enumerate(sample.then, 1):
            with clock.standing_at(at + place * PACE):
                verb(Application.objects.get(pk=application.pk), team)
    # Nobody waits for them: they would fill the demo's mailbox.
    Mail.objects.filter(pk__gt=last_mail).delete()
    return True
