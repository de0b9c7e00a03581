"""Who is waited for, whatever came together: the list, its short forms and the guard of submitting against plain facts.

Each clause of readiness is a fact here, so a clause that breaks turns this red.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.case.intake import CurrentIntake
from applications.models import (
    Application,
    Attachment,
    ChangeRequest,
    ChangeRequestItem,
    Intake,
    Party,
    Signature,
)
from applications.pages import my_page
from applications.parties import services as parties_services
from applications.signing import coverage
from applications.submission.next_steps import next_steps
from applications.submission.readiness import Blocker, Kind, awaited, is_ready_but_for_intake
from applications.versions import snapshots
from applications.workflow.submission import nothing_is_waited_for
from partners.models import Capacity, Organisation
from portal import clock
from portal.workflow import Refused
from tests.applications.common import fresh
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    attach,
    attach_what_is_needed,
    complete_application,
    small_pdf,
)

State, FIRST, SECOND = Application.State, Capacity.REPRESENTATIVE, Capacity.SECOND_REPRESENTATIVE
LEAD, PARTNER, GUEST = "lead", "partner", "Third house"
DAY = timedelta(days=1)
# What a request asks about.
QUESTIONS = ("5.1", "6.1")
# The answer that is missing.
GAPS = {"who": "contact_name", "guidance": "guidance_team", "division": "support_division"}
OPEN, CLOSED, PAUSED = Intake.State.OPEN, Intake.State.CLOSED, Intake.State.PAUSED
# By its day: the state of the intake from then on, and whether it keeps a draft from being submitted today.
INTAKES = {
    "none": ({}, False),
    "closed": ({-1: CLOSED}, True),
    "paused after it was open": ({-2: OPEN, -1: PAUSED}, True),
    "open again": ({-2: CLOSED, -1: OPEN}, False),
    "closes tomorrow": ({-1: OPEN, 1: CLOSED}, False),
}


@dataclass(frozen=True)
class Asked:
    """A request of Fedasil: of whom, whether it is open, and which of its two questions are answered already."""

    of: str | None
    state: str
    answered: int


@dataclass(frozen=True)
class Facts:
    """All that came together in an application of two organisations."""

    state: str
    intake: str
    stay: str | None
    guidance: str | None
    # Whether someone is invited, and to take on both aims.
    guest: bool | None
    lead_offered: bool
    gaps: Set
    volunteers: bool
    two_sign: bool
    signed: dict
    waiting: Set
    requests: list


# Nothing is waited for but the lead.
READY = Facts(
    state=State.DRAFT,
    intake="none",
    stay=LEAD,
    guidance=PARTNER,
    guest=None,
    lead_offered=False,
    gaps=frozenset(),
    volunteers=True,
    two_sign=False,
    signed={LEAD: "by all", PARTNER: "by all"},
    waiting=frozenset(),
    requests=[],
)
SIGNABLE = [State.DRAFT, State.CHANGES_REQUESTED]
SIGNED = st.sampled_from(["by all", "by the first", "by nobody", "before a change", "in another capacity"])
REQUEST = st.builds(
    Asked,
    of=st.sampled_from([None, PARTNER]),
    state=st.sampled_from([ChangeRequest.State.OPEN, *ChangeRequest.State.values]),
    answered=st.integers(0, 1),
)
# What can be otherwise; a few of them at a time, so that each is often all that is in the way.
CHANGES: dict[str, st.SearchStrategy] = {
    "intake": st.sampled_from(list(INTAKES)),
    "stay": st.sampled_from([PARTNER, None]),
    "guidance": st.sampled_from([LEAD, None]),
    "guest": st.booleans(),
    "lead_offered": st.just(True),
    "gaps": st.sets(st.sampled_from(["who", "guidance", "division", "files of partner", "declared"]), min_size=1),
    "volunteers": st.just(False),
    "two_sign": st.just(True),
    "signed": st.fixed_dictionaries({LEAD: SIGNED, PARTNER: SIGNED}),
    "waiting": st.sets(st.sampled_from(["lead", "common", "of one who left", "removed"]), min_size=1),
}
FACTS = st.builds(
    lambda state, requests, changes: replace(READY, state=state, requests=requests, **changes),
    state=st.sampled_from([*SIGNABLE, *SIGNABLE, *SIGNABLE, *State.values]),
    requests=st.lists(REQUEST, max_size=2),
    changes=st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: CHANGES[name] for name in names})
    ),
)


ASKED, ANSWERED = ChangeRequest.State.OPEN, ChangeRequest.State.ANSWERED
AGAIN = replace(READY, state=State.CHANGES_REQUESTED)
# Each clause alone, at every run.
ALONE = [
    *(replace(READY, intake=intake) for intake in INTAKES),
    replace(AGAIN, intake="closed"),
    replace(READY, stay=None),
    replace(READY, guidance=None, guest=True),
    replace(READY, guest=False),
    replace(READY, lead_offered=True),
    *(replace(READY, gaps={gap}) for gap in (*GAPS, "files of partner", "declared")),
    replace(READY, gaps={"guidance"}, guidance=None),
    replace(READY, state=State.SUBMITTED, gaps={"who"}),
    replace(READY, volunteers=False),
    *(
        replace(READY, two_sign=two, signed={LEAD: "by all", PARTNER: how})
        for two, how in (
            (False, "by nobody"),
            (False, "before a change"),
            (False, "in another capacity"),
            (True, "by the first"),
        )
    ),
    *(replace(READY, waiting={which}) for which in ("lead", "common", "of one who left", "removed")),
    *(replace(AGAIN, requests=[asked]) for asked in (Asked(PARTNER, ASKED, 0), Asked(None, ASKED, 1))),
    replace(AGAIN, requests=[Asked(PARTNER, ANSWERED, 0)]),
    replace(READY, requests=[Asked(PARTNER, ASKED, 0)]),
]


def each_alone(test):
    for facts in ALONE:
        test = example(facts=facts)(test)
    return test


def expected(facts: Facts) -> list[tuple]:
    """The kind, whom and what each blocker is about, from the facts alone."""
    if facts.state not in SIGNABLE:
        return []
    found: list[tuple] = []
    if facts.guest is not None:
        found.append((Kind.INVITATION, (GUEST,), ()))
    if facts.lead_offered:
        found.append((Kind.LEAD, (PARTNER,), ()))
    if facts.state == State.CHANGES_REQUESTED:
        found += [
            (Kind.REQUEST, (asked.of or LEAD,), QUESTIONS[asked.answered :])
            for asked in facts.requests
            if asked.state == ChangeRequest.State.OPEN
        ]
    found += [(Kind.SECTIONS, whom, tuple(codes)) for whom, codes in open_sections(facts).items()]
    for name in (LEAD, PARTNER):
        rule = [FIRST, SECOND] if facts.two_sign and name == PARTNER else [FIRST]
        given_in = {"by all": rule, "by the first": [FIRST]}.get(facts.signed[name], [])
        if missing := tuple(capacity for capacity in rule if capacity not in given_in):
            found.append((Kind.SIGNATURE, (name,), missing))
    named = {"lead": f"lead.pdf ({LEAD})", "common": "common.pdf"}
    if names := [named[one] for one in named if one in facts.waiting]:
        found.append((Kind.FILES, None, ("; ".join(names),)))
    if facts.state == State.DRAFT and INTAKES[facts.intake][1]:
        found.append((Kind.INTAKE, ("Fedasil",), ()))
    return found


def acting_first(waited: list[tuple]) -> str:
    """Who takes the first step, by name."""
    if not waited:
        return LEAD
    first = waited[0][0]
    if first == Kind.FILES:
        return "Het portaal"
    # Requests and signatures are a step each.
    alike = waited[:1] if first in (Kind.REQUEST, Kind.SIGNATURE) else [one for one in waited if one[0] == first]
    return ", ".join(dict.fromkeys(name for _kind, whom, _about in alike for name in whom))


def open_sections(facts: Facts) -> dict[tuple, list[str]]:
    """The codes of the open sections by who answers them, in the order of the sections."""
    found: dict[tuple, list[str]] = {}
    if "who" in facts.gaps:
        found.setdefault((LEAD,), []).append("who")
    if facts.stay is None or facts.guidance is None:
        found.setdefault((LEAD,), []).append("parties")
    if "guidance" in facts.gaps:
        found.setdefault((facts.guidance or LEAD,), []).append("guidance")
    if "division" in facts.gaps:
        found.setdefault((LEAD,), []).append("cooperation")
    if "files of partner" in facts.gaps:
        found.setdefault((PARTNER,), []).append("attachments")
    if "declared" in facts.gaps:
        found.setdefault((LEAD,), []).append("declaration")
    return found


def refused_by(guard, application: Application) -> list[str]:
    try:
        guard(application, None)
    except Refused as refusal:
        return refusal.messages
    return []


class TestReadiness(TestCase):
    application: ClassVar[Application]

    @classmethod
    def setUpTestData(cls):
        cls.lead = MembershipFactory(capacity=FIRST, organisation__name=LEAD)
        partner = OrganisationFactory(name=PARTNER, kind=Organisation.Kind.NON_PROFIT)
        cls.partner = MembershipFactory(capacity=FIRST, organisation=partner)
        gone = MembershipFactory(organisation__name="Gone", organisation__kind=Organisation.Kind.NON_PROFIT)
        application = complete_application(cls.lead, support_division="Even shares.")
        for person in (cls.partner, gone):
            party = parties_services.invite_organisation(application, cls.lead.user, person.organisation)
            parties_services.accept(party, person.user, person.organisation, stay=False, guidance=False)
        attach_what_is_needed(fresh(application))
        lead, left = fresh(application).joined_parties[0], fresh(application).joined_parties[2]
        Attachment.objects.filter(party=lead, kind="accounts").update(name="lead.pdf")
        removed = attach(lead, "statutes", small_pdf("Removed"))
        Attachment.objects.filter(pk=removed.pk).update(removed_at=clock.now())
        common = attach(lead, "statutes", small_pdf("Common"))
        Attachment.objects.filter(pk=common.pk).update(kind="availability", party=None, name="common.pdf")
        Party.objects.filter(pk=left.pk).update(state=Party.State.LEFT)
        cls.version = snapshots.freeze(fresh(application), cls.lead.user)
        cls.application = application
        cls.waiting = {
            "lead": Attachment.objects.filter(party=lead, name="lead.pdf"),
            "common": Attachment.objects.filter(pk=common.pk),
            "of one who left": Attachment.objects.filter(party=left),
            "removed": Attachment.objects.filter(pk=removed.pk),
        }

    def bring_about(self, facts: Facts) -> None:
        """Write the facts down, what is signed before the signatures."""
        for days, state in INTAKES[facts.intake][0].items():
            texts = {f"text_{language}": "" if state == OPEN else "Not now." for language in ("nl", "fr", "de", "en")}
            Intake.objects.create(state=state, valid_from=clock.now() + days * DAY, **texts)
        answers = {} if facts.volunteers else dict.fromkeys(("volunteers_insured", "volunteers_informed"))
        answers |= {GAPS[gap]: "" for gap in facts.gaps if gap in GAPS}
        if facts.state != State.DRAFT:
            answers |= {"reference": "A", "submitted_at": clock.now(), "led_by": self.lead.organisation}
        Application.objects.filter(pk=self.application.pk).update(
            state=facts.state, volunteers=facts.volunteers, declared="declared" not in facts.gaps, **answers
        )
        lead, partner = fresh(self.application).joined_parties
        for party in (lead, partner):
            party.stay, party.guidance = facts.stay == party.name, facts.guidance == party.name
        if facts.two_sign:
            partner.signs_second = SECOND
        if facts.lead_offered:
            partner.lead_offered_at = clock.now()
        lead.save()
        partner.save()
        if facts.guest is not None:
            guest = Party(application=self.application, invited_name=GUEST, invited_email="g@town.example")
            guest.stay = guest.guidance = facts.guest
            guest.save()
        if "files of partner" in facts.gaps:
            refused = {"state": Attachment.State.REFUSED, "stored": None}
            Attachment.objects.filter(party=partner, kind="statutes").update(**refused)
        for which in facts.waiting:
            self.waiting[which].update(state=Attachment.State.WAITING)
        for asked in facts.requests:
            self.ask(asked, partner)
        for party, person in zip(fresh(self.application).joined_parties, (self.lead, self.partner), strict=True):
            self.sign(party, person.user, facts.signed[party.name])

    def ask(self, asked: Asked, partner: Party) -> None:
        request = ChangeRequest.objects.create(
            application=self.application,
            version=self.version,
            party=partner if asked.of else None,
            due_on=clock.today(),
            state=asked.state,
            created_by=self.lead.user,
            created_at=clock.now(),
        )
        for place, number in enumerate(QUESTIONS):
            answered_in = self.version if place < asked.answered else None
            ChangeRequestItem.objects.create(request=request, question=number, answered_in=answered_in)

    def sign(self, party: Party, user, how: str) -> None:
        covered = coverage.content_hash(party)
        hashes = {"before a change": "0" * 64}
        capacities = {"by nobody": [], "by the first": [FIRST], "in another capacity": [Capacity.CHAIR]}
        for capacity in capacities.get(how, party.capacities):
            Signature.objects.create(
                party=party,
                user=user,
                signatory_name=str(user),
                capacity=capacity,
                content_hash=hashes.get(how, covered),
                covered={},
                signed_at=clock.now(),
            )

    def seen(self, found: Blocker) -> tuple:
        """As `expected` writes it down."""
        about = found.about
        if found.kind == Kind.SECTIONS:
            about = tuple(section.code for section in about)
        if found.kind == Kind.INTAKE:
            about = ()
        return found.kind, None if found.kind == Kind.FILES else found.whom, about

    @each_alone
    @given(facts=FACTS)
    @settings(
        max_examples=25,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    def test_what_is_waited_for_follows_from_the_facts(self, facts):
        self.bring_about(facts)
        now, intake, waited = fresh(self.application), CurrentIntake(), expected(facts)
        assert [self.seen(found) for found in awaited(now, intake)] == waited
        asked = [whom for kind, whom, _about in waited if kind == Kind.REQUEST]
        for party in now.joined_parties:
            assert bool(my_page.open_requests(now, party)) is ((party.name,) in asked)
        kinds = [kind for kind, _whom, _about in waited]
        # An open request is answered by sending the application again.
        in_the_way = set(kinds) - {Kind.REQUEST}
        if facts.state == State.DRAFT:
            assert my_page.may_be_submitted(now, intake) is (not in_the_way)
        if facts.state in SIGNABLE:
            assert is_ready_but_for_intake(now) is (in_the_way <= {Kind.INTAKE})
            assert my_page.waits_for(now).startswith("Klaar:") is (not waited)
            assert next_steps(now)[0].who == acting_first(waited)
        assert len(refused_by(nothing_is_waited_for, now)) == len(in_the_way)
