"""Real rows for tests, made as the portal makes them."""

from datetime import date
from functools import cache

import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from applications.answers import saving
from applications.attachments import services as attachments_services
from applications.case import loading
from applications.decision import services as decision_services
from applications.management.sample_answers import complete_answers
from applications.models import Application, Attachment, Decision, DecisionPower, Party, Review
from applications.papers import letters
from applications.parties import signatures
from applications.questionnaire import file_requirements, row_groups
from applications.questionnaire.questions import ROWS
from applications.review import services as review_services
from applications.workflow.transitions import APPLICATION
from partners.enterprise_numbers import check_digits
from partners.models import Interest, Membership, Municipality, Organisation
from partners.organisations.signing_rules import default_capacities
from portal import clock
from portal.accounts.email_address import set_proved
from portal.documents import pdf
from portal.files.validation import judge
from portal.models import Mail, User
from tests.codes import code_in

GHENT = "44021"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@town.example")
    first_name = "Person"
    # A name has no digits: 0 to 9 are a to j. And it stands in no page by chance, as a single letter would.
    last_name = factory.Sequence(lambda n: "Xq" + "".join("abcdefghij"[int(digit)] for digit in f"{n:03}"))

    @factory.post_generation
    def proved(self, create, value, **kwargs):
        """As after a first sign-in by mailed code."""
        set_proved(self)

    @factory.post_generation
    def groups(self, create, names, **kwargs):
        if names:
            self.groups.set(Group.objects.filter(name__in=names))
            TOTP.activate(self, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
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
    signs_first = factory.LazyAttribute(lambda o: default_capacities(o.kind, o.municipality.region)[0])
    signs_second = factory.LazyAttribute(lambda o: default_capacities(o.kind, o.municipality.region)[1])
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


class InterestFactory(factory.django.DjangoModelFactory):
    """What someone fills in on the form of interest."""

    class Meta:
        model = Interest

    name = factory.Sequence(lambda n: f"Interested town {n}")
    kind = Interest.Kind.MUNICIPALITY
    municipality = factory.LazyFunction(lambda: Municipality.objects.get(refnis=GHENT))
    contact_name = "Contact of the town"
    email = factory.Sequence(lambda n: f"interest{n}@town.example")
    language = "nl"


COMPLETE_ANSWERS = complete_answers(
    "en",
    email="contact@town.example",
    refnis=GHENT,
    available_from=date(2027, 3, 1),
    household_sizes=[5],
    second_year=True,
)


def complete_application(lead: Membership, **answers):
    """A draft of one organisation alone, every section complete, nothing signed."""
    application = saving.begin(lead.organisation, lead.user, stay=True, guidance=True)
    for field, value in {**COMPLETE_ANSWERS, **answers}.items():
        if field in ROWS:
            row_groups.write(application, field, ROWS[field], value)
        else:
            setattr(application, field, value)
    application.save()
    attach_what_is_needed(application)
    return application


@cache
def small_pdf(title: str = "Statutes") -> bytes:
    """A real PDF, made as the portal makes them."""
    return pdf.pdf(f'<html lang="nl"><head><title>{title}</title></head><body><h1>{title}</h1></body></html>')


def attach(party: Party, kind: str, content: bytes | None = None, name: str = "paper.pdf") -> Attachment:
    """A file of this party that the virus check called clean."""
    incoming = judge(content or small_pdf(kind), name)
    worker = Membership.objects.filter(organisation=party.organisation, contributor=True).first().user
    attachment = attachments_services.attach(party.application, worker, kind, party, incoming)
    attachments_services.settle(attachment, "")
    file_requirements.forget_read(party.application)
    return Attachment.objects.get(pk=attachment.pk)


def attach_what_is_needed(application: Application) -> None:
    """What the non-profit organisations among the parties have to give."""
    for party in application.joined_parties:
        if party.organisation.kind in file_requirements.NON_PROFITS:
            there = {
                found.kind for found in file_requirements.current_attachments(application) if found.party_id == party.pk
            }
            for kind in {"statutes", "representation", "accounts"} - there:
                attach(party, kind)
    application.refresh_from_db()


def mailed_code(user: User) -> str:
    """The code of the last signature mail to this person."""
    return code_in(Mail.objects.filter(to=user.email, key__startswith="signature-code").latest("pk").text)


def sign(party: Party, user: User, capacity: str) -> None:
    """Ask for a code and sign with it."""
    signatures.send_code(party, user, capacity)
    signatures.sign(party, user, capacity, mailed_code(user))


def submitted_application(lead: Membership, **answers) -> Application:
    """One that a single organisation completed, signed and submitted; `lead` holds its capacity."""
    application = complete_application(lead, **answers)
    sign(loading.fresh(application).joined_parties[0], lead.user, lead.capacity)
    return APPLICATION.fire("submit", application, lead.user)


def application_in_review(lead: Membership, officer: User, **answers) -> Application:
    """One that an officer took up."""
    return APPLICATION.fire("begin_review", submitted_application(lead, **answers), officer)


def review_assigned(application: Application, officer: User) -> Review:
    """An assignment to review that the officer took on."""
    return review_services.assign(application, officer, officer)


def reviewed(application: Application, officer: User, advice: str = "approve", score: int = 3, **more) -> Review:
    """A review that is done: assigned where it was not, with the same score for each criterion."""
    review = review_services.own_review(application, officer) or review_assigned(application, officer)
    return review_services.record(
        application,
        officer,
        scores=[review_services.GivenScore(criterion, score, "") for criterion in review.criteria.criteria.all()],
        advice=advice,
        reasons=more.get("reasons", "A solid offer."),
        version=application.versions.last(),
        done=more.get("done", True),
    )


def prepared(application: Application, officer: User, outcome: str = "approve", reasons: str = "All is well.", **more):
    """A decision that waits to be released, with the same reasons in each language; an approval names the officer."""
    return decision_services.prepare(
        application,
        officer,
        outcome=outcome,
        reasons=dict.fromkeys(letters.languages_of(application.joined_parties), reasons),
        contact=more.get("contact", officer if outcome == "approve" else None),
    )


def released(decision: Decision, decider: User) -> Application:
    """As someone releases it who just looked at it."""
    fresh = Decision.objects.get(pk=decision.pk)
    return decision_services.release(fresh, decider, seen=letters.digest(letters.written(fresh)))


def decided(application: Application, officers: list[User], decider: User, outcome: str = "approve", **more):
    """One that these officers reviewed, and on which the decider decided."""
    for officer in officers:
        reviewed(application, officer)
    return released(prepared(application, officers[0], outcome, **more), decider)
