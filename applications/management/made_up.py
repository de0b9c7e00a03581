"""Made-up applications by the thousand, for measuring and for training: the same seed makes the same ones.

Rows as the portal would have made them, written in batches: versions with their hashes, logs with their chains.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from applications.models import (
    Application,
    ChangeRequest,
    ChangeRequestItem,
    Contact,
    Decision,
    Dwelling,
    GuidanceStep,
    Party,
    Recusal,
    Review,
    Score,
    Version,
)
from partners.models import Organisation, Partnership, PartnershipParty
from portal import clock
from portal.audit import hash_chain
from portal.models import LogEntry, User

from ..case import references
from ..questionnaire.questions import QUESTION_SET, ROWS
from ..review.status import criteria_today, update_review_counts
from ..signing.coverage import digest
from ..versions import snapshots
from .crowd import AT_ONCE, DOMAIN, Crowd
from .sample_answers import complete_answers

S = Application.State
# Of a hundred applications that came in over the years; one in ten is still open.
SHARES = {
    S.DRAFT: 2,
    S.SUBMITTED: 3,
    S.IN_REVIEW: 4,
    S.CHANGES_REQUESTED: 3,
    S.APPROVED: 50,
    S.DECLINED: 24,
    S.WITHDRAWN: 14,
}
DECIDED = (S.APPROVED, S.DECLINED)
# Of each that was decided.
REVIEWS = 2


@dataclass
class Rows:
    """What one batch adds, in the order in which the database takes it."""

    log: list[LogEntry] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    requests: list[ChangeRequest] = field(default_factory=list)
    items: list[ChangeRequestItem] = field(default_factory=list)
    recusals: list[Recusal] = field(default_factory=list)


class Maker(Crowd):
    def __init__(self, number: int, seed: int):
        super().__init__(number, seed)
        self.kind = ContentType.objects.get_for_model(Application)
        self.references = set(Application.objects.exclude(reference=None).values_list("reference", flat=True))
        self.criteria = criteria_today()
        self.all_criteria = list(self.criteria.criteria.all())

    def make(self) -> Iterator[int]:
        """All of them; tells after each batch how many there are."""
        with transaction.atomic():
            self.people()
            self.organisations()
            self.interests()
        self.contents = {language: self.content(language) for language in Organisation.Language.values}
        for start in range(0, self.number, AT_ONCE):
            size = min(AT_ONCE, self.number - start)
            with transaction.atomic():
                self.batch(size)
            yield start + size

    # ── What ─────────────────────────────────────────────────────────────────────────────────────────────────────────
    def content(self, language: str) -> dict:
        """One whole content in this language, of which each Version is a variation."""
        lead = next((found for found in self.parties if found.letter_language == language), self.parties[0])
        with transaction.atomic():
            application = Application.objects.create(
                language=language,
                created_by=self.workers[lead.pk],
                created_at=self.now,
                changed_at=self.now,
                **self.answers([4]),
            )
            Party.objects.create(
                application=application,
                organisation=lead,
                state=Party.State.ACCEPTED,
                is_lead=True,
                stay=True,
                signs_first=lead.signs_first,
                signs_second=lead.signs_second,
            )
            sections = snapshots.sections_of(application)
            # It is there only to be read.
            transaction.set_rollback(True)
        return {"sections": sections, "estimate": "0", "signatures": []}

    @staticmethod
    def answers(sizes: list[int], **others) -> dict:
        """The answers that stand in the application's own row."""
        complete = complete_answers(
            "en",
            email=f"contact@{DOMAIN}",
            refnis="",
            available_from=clock.today(),
            household_sizes=sizes,
            **others,
        )
        return {**{field: value for field, value in complete.items() if field not in ROWS}, "persons": sum(sizes)}

    def reference(self, year: int) -> str:
        while True:
            text = "".join(self.random.choices(references.ALPHABET, k=references.LENGTH))
            reference = f"HV-{year}-{text}{references.check_character(text)}"
            if reference not in self.references:
                self.references.add(reference)
                return reference

    def application(self) -> Application:
        lead = self.random.choice(self.parties)
        state = self.random.choices(list(SHARES), SHARES.values())[0]
        lately = state in (*Application.UNDECIDED, S.DRAFT)
        begun = self.now - timedelta(
            days=self.random.randint(20, 130) if lately else self.random.randint(150, 3600),
            seconds=self.random.randint(0, 80_000),
        )
        submitted = begun + timedelta(days=self.random.randint(1, 15)) if state != S.DRAFT else None
        sizes = [self.random.randint(1, 8) for _household in range(self.random.choice((1, 1, 1, 2, 3)))]
        running = submitted if state in (S.SUBMITTED, S.IN_REVIEW) else None
        made = Application(
            state=state,
            reference=self.reference(submitted.year) if submitted else None,
            language=lead.letter_language,
            created_by=self.workers[lead.pk],
            created_at=begun,
            changed_at=submitted or begun,
            submitted_at=submitted,
            led_by=lead if submitted else None,
            clock_started_at=running,
            handled_for=timedelta(days=self.random.randint(1, 90)) if submitted and not running else timedelta(),
            assignee=self.random.choice([*self.officers, None]) if submitted else None,
            reviews_assigned=REVIEWS if state in DECIDED else 0,
            reviews_done=REVIEWS if state in DECIDED else 0,
            **self.answers(
                sizes,
                straight_on_arrival=self.random.random() < 0.5,
                second_year=self.random.random() < 0.5,
            ),
        )
        made.leader = lead
        return made

    def batch(self, size: int) -> None:
        made = Application.objects.bulk_create([self.application() for _number in range(size)])
        Party.objects.bulk_create(
            Party(
                application=one,
                organisation=one.leader,
                state=Party.State.ACCEPTED,
                is_lead=True,
                stay=True,
                guidance=True,
                signs_first=one.leader.signs_first,
                signs_second=one.leader.signs_second,
            )
            for one in made
        )
        partners = [(one, self.random.choice(self.parties)) for one in made if self.random.random() < 0.3]
        Party.objects.bulk_create(
            Party(
                application=one,
                organisation=partner,
                state=Party.State.ACCEPTED,
                guidance=True,
                signs_first=partner.signs_first,
                signs_second=partner.signs_second,
            )
            for one, partner in partners
            if partner != one.leader
        )
        Dwelling.objects.bulk_create(
            Dwelling(
                application=one,
                secured=Dwelling.Secured.SECURED,
                kind=Dwelling.Kind.HOUSE,
                municipality=one.leader.municipality,
                bedrooms=len(one.household_sizes) + 1,
                persons=one.persons,
                rent=Decimal(self.random.randint(600, 1200)),
                months=24,
                adapted=False,
            )
            for one in made
        )
        Contact.objects.bulk_create(
            Contact(application=one, role="contact", name="Contact", email=f"contact@{DOMAIN}") for one in made
        )
        GuidanceStep.objects.bulk_create(
            GuidanceStep(application=one, step=GuidanceStep.Step.SCHOOL, who="Social worker") for one in made
        )
        submitted = [one for one in made if one.submitted_at]
        self.versions = {
            version.application_id: version
            for version in Version.objects.bulk_create(self.version(one, 1, one.submitted_at) for one in submitted)
        }
        rows = Rows()
        for one in made:
            self.life(one, rows)
        self.write(rows)

    def version(self, one: Application, number: int, at: datetime) -> Version:
        content = self.contents[one.language]
        sections = [
            {**section, "questions": [self.answered(one, question) for question in section["questions"]]}
            if section["code"] == "offer"
            else section
            for section in content["sections"]
        ]
        content = {**content, "sections": sections}
        return Version(
            application=one,
            number=number,
            question_set=QUESTION_SET,
            content=content,
            content_hash=digest(content),
            submitted_at=at,
            submitted_by=one.created_by,
        )

    @staticmethod
    def answered(one: Application, question: dict) -> dict:
        if question["number"] != "3.1":
            return question
        return {**question, "answer": one.household_sizes, "text": ", ".join(map(str, one.household_sizes))}

    # ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────
    def life(self, one: Application, rows: Rows) -> None:
        """The log of one application, chained, and what came of each step."""
        before = ""
        number = 0

        def note(action: str, at: datetime, actor: User, source: str = "", target: str = "", **data) -> None:
            nonlocal before, number
            number += 1
            entry = LogEntry(
                subject_type=self.kind,
                subject_id=one.pk,
                number=number,
                at=at,
                actor=actor,
                action=action,
                from_state=source,
                to_state=target,
                data=data,
            )
            entry.chain = before = hash_chain.link(entry, before)
            rows.log.append(entry)

        note("begun", one.created_at, one.created_by, target=S.DRAFT, lead=one.leader.pk)
        if not one.submitted_at:
            return
        at = one.submitted_at
        note("submit", at, one.created_by, S.DRAFT, S.SUBMITTED)
        officer = one.assignee or self.officers[0]
        if one.assignee:
            note("assigned", at, officer, officer=officer.pk)
        if one.state in (S.SUBMITTED, S.CHANGES_REQUESTED, S.WITHDRAWN) and self.random.random() < 0.01:
            self.recuse(one, rows, note, at)
        if one.state == S.SUBMITTED:
            return
        if one.state == S.WITHDRAWN:
            note("withdraw", at, one.created_by, S.SUBMITTED, S.WITHDRAWN)
            return
        note("begin_review", at, officer, S.SUBMITTED, S.IN_REVIEW)
        if one.state == S.CHANGES_REQUESTED:
            self.ask(one, rows, at, officer)
            note("request_changes", at, officer, S.IN_REVIEW, S.CHANGES_REQUESTED)
            return
        decided = one.state in DECIDED
        for reviewer in self.random.sample(self.officers, REVIEWS if decided else self.random.choice((0, 1, 2, 2))):
            done = decided or self.random.random() < 0.5
            rows.reviews.append(self.review(one, reviewer, at, done))
            note("review_assigned", at, officer, reviewer=reviewer.pk)
        if decided:
            verb = "approve" if one.state == S.APPROVED else "decline"
            decider = self.random.choice(self.deciders)
            note(verb, at, decider, S.IN_REVIEW, one.state)
            rows.decisions.append(
                Decision(
                    application=one,
                    version=self.versions[one.pk],
                    state=Decision.State.RELEASED,
                    outcome=verb,
                    reasons_nl="As the reviewers advise.",
                    contact=officer if verb == "approve" else None,
                    prepared_by=officer,
                    prepared_at=at,
                    decider=decider,
                    decided_at=at,
                )
            )

    def recuse(self, one: Application, rows: Rows, note, at: datetime) -> None:
        officer = self.random.choice([found for found in self.officers if found != one.assignee])
        rows.recusals.append(Recusal(application=one, user=officer, reason=Recusal.Reason.WORK, recused_at=at))
        note("recused", at, officer, reason=Recusal.Reason.WORK)

    def ask(self, one: Application, rows: Rows, at: datetime, officer: User) -> None:
        request = ChangeRequest(
            application=one,
            version=self.versions[one.pk],
            due_on=clock.today() + timedelta(days=self.random.randint(-20, 60)),
            created_by=officer,
            created_at=at,
        )
        rows.requests.append(request)
        rows.items.append(ChangeRequestItem(request=request, question="5.2", text="Please explain."))

    def review(self, one: Application, reviewer: User, at: datetime, done: bool) -> Review:
        return Review(
            application=one,
            version=self.versions[one.pk],
            criteria=self.criteria,
            reviewer=reviewer,
            assigned_by=reviewer,
            assigned_at=at,
            state=Review.State.DONE if done else Review.State.ASSIGNED,
            advice=Review.Advice.APPROVE if done else "",
            reasons="A solid offer." if done else "",
            recorded_at=at if done else None,
        )

    def write(self, rows: Rows) -> None:
        LogEntry.objects.bulk_create(rows.log, AT_ONCE)
        Recusal.objects.bulk_create(rows.recusals)
        Review.objects.bulk_create(rows.reviews, AT_ONCE)
        Score.objects.bulk_create(
            Score(review=review, criterion=criterion, score=self.random.randint(2, 4))
            for review in rows.reviews
            if review.state == Review.State.DONE and review.application.state == S.IN_REVIEW
            for criterion in self.all_criteria
        )
        for one in {review.application for review in rows.reviews if review.application.state == S.IN_REVIEW}:
            update_review_counts(one)
        ChangeRequest.objects.bulk_create(rows.requests)
        ChangeRequestItem.objects.bulk_create(rows.items)
        approved = [decision for decision in rows.decisions if decision.outcome == "approve"]
        for decision, partnership in zip(
            approved, Partnership.objects.bulk_create(map(self.partnership, approved)), strict=True
        ):
            decision.partnership = partnership
        PartnershipParty.objects.bulk_create(
            PartnershipParty(
                partnership=decision.partnership,
                organisation=decision.application.leader,
                lead=True,
                stay=True,
                guidance=True,
            )
            for decision in approved
        )
        Decision.objects.bulk_create(rows.decisions)

    def partnership(self, decision: Decision) -> Partnership:
        one = decision.application
        return Partnership(
            origin=one.reference,
            straight_on_arrival=one.straight_on_arrival,
            years=one.years,
            household_sizes=one.household_sizes,
            estimate=Decimal(9000 * one.years),
            contact=one.assignee or self.officers[0],
            started_at=decision.decided_at,
        )
