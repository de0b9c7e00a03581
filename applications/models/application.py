import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from partners.models import Interest, Organisation
from portal.model_fields import FullNameField, TelephoneNumberField

from .functions import ListLength


class Application(models.Model):
    """One request to become partner: its state, and an answer to each question (questionnaire/questions.py)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        IN_REVIEW = "in_review", _("in review")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    # With Fedasil, or back with the applicant for a change: neither a draft nor at an end.
    UNDECIDED = (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED)

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every three months")

    class Evaluation(models.TextChoices):
        QUARTERLY = "quarterly", _("every three months")
        HALF_YEARLY = "half_yearly", _("after six months, and before the year is up")
        YEARLY = "yearly", _("once, before the year is up")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    language = models.CharField(_("language"), max_length=2, choices=Organisation.Language)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("last changed"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    led_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        # Lists are read in the order of their index (applications/desk/inbox/queries.py); with an index of its own for
        # this column the database would use that one and sort.
        db_index=False,
        related_name="+",
        verbose_name=_("led by"),
        help_text="the organisation of the party that leads, since it was submitted",
    )
    # The handling time: now minus the first while the clock runs, the second while it is stopped. A clock that starts
    # again starts earlier by what was already counted (applications/case/handling_time.py).
    clock_started_at = models.DateTimeField(
        null=True, editable=False, help_text="its age is the time since; where it stood still, put off by that long"
    )
    handled_for = models.DurationField(
        default=timedelta, editable=False, help_text="its age while the clock stands still"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("assigned to"),
        help_text="the officer who looks after it (applications/review/assignment.py)",
    )
    # How far its reviews are, for lists (applications/desk/inbox/awaiting.py).
    reviews_assigned = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="not withdrawn; kept by review.status.update_review_counts, as the next two",
    )
    reviews_done = models.PositiveSmallIntegerField(default=0, editable=False, help_text="on the latest Version")
    reviews_to_settle = models.BooleanField(
        default=False, editable=False, help_text="all that are assigned are done, differ, and are not settled"
    )
    interest = models.ForeignKey(
        Interest, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="applications"
    )
    revision = models.PositiveIntegerField(default=0, help_text="goes up with each saved change")

    reminded = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="days before the end of an untouched draft, of the last reminder"
    )

    # Who applies
    contact_name = FullNameField(max_length=150, blank=True)
    contact_function = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = TelephoneNumberField(max_length=40, blank=True)
    # Offer
    household_sizes = models.JSONField(default=list, blank=True, help_text="persons in each household")
    persons = models.PositiveSmallIntegerField(
        _("persons offered"), default=0, editable=False, help_text="in all households; kept with household_sizes"
    )
    straight_on_arrival = models.BooleanField(null=True, blank=True)
    second_year = models.BooleanField(null=True, blank=True)
    available_from = models.DateField(null=True, blank=True)
    adapted_home = models.BooleanField(null=True, blank=True)
    guide_languages = models.CharField(max_length=200, blank=True)
    # Stay (and Dwelling)
    next_home = models.TextField(blank=True)
    # Guidance (and GuidanceStep)
    guidance_team = models.TextField(blank=True)
    guidance_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    experience = models.TextField(blank=True)
    volunteers = models.BooleanField(null=True, blank=True)
    volunteers_insured = models.BooleanField(null=True, blank=True)
    volunteers_informed = models.BooleanField(null=True, blank=True)
    # Cooperation (and Contact)
    feedback_rhythm = models.CharField(max_length=20, choices=Rhythm, blank=True)
    consultations = models.TextField(blank=True)
    evaluation = models.CharField(max_length=20, choices=Evaluation, blank=True)
    support_division = models.TextField(blank=True)
    # Declaration
    remarks = models.TextField(blank=True)
    declared = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-changed_at"]
        indexes = [
            # The desk's inbox reads its list in this order, with the columns that it filters by
            # (applications/desk/inbox/queries.py).
            models.Index(
                fields=[
                    *("clock_started_at", "-handled_for", "id"),
                    *("state", "assignee", "language", "persons", "submitted_at", "led_by"),
                    *("reviews_assigned", "reviews_done", "reviews_to_settle"),
                ],
                name="application_by_age",
            ),
            # How much work there is, and whose.
            models.Index(fields=["state", "assignee", "clock_started_at", "submitted_at"], name="application_work"),
        ]
        constraints = [
            # As much as a constraint can say in both databases; save() keeps the sum right.
            models.CheckConstraint(
                condition=Q(persons=0, household_sizes=[])
                | Q(persons__gte=1) & GreaterThanOrEqual(F("persons"), ListLength("household_sizes")),
                name="application_persons_in_households",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "in_review",
                        "changes_requested",
                        "approved",
                        "declined",
                        "withdrawn",
                        "expired",
                    ]
                ),
                name="application_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "expired"])
                | Q(reference__isnull=False, submitted_at__isnull=False, led_by__isnull=False),
                name="application_submitted_has_reference",
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="application_language_known"),
            models.CheckConstraint(
                condition=Q(reviews_done__lte=F("reviews_assigned"))
                & (Q(reviews_to_settle=False) | Q(reviews_done=F("reviews_assigned"))),
                name="application_reviews_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.uuid)

    def save(self, *args, update_fields=None, **kwargs):
        """Keep `persons` the sum of the household sizes, so that lists can sort and filter by it."""
        self.persons = sum(self.household_sizes)
        if update_fields is not None and "household_sizes" in update_fields:
            update_fields = {*update_fields, "persons"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def lead(self) -> "Organisation":
        """The organisation that leads this application."""
        return next(party.organisation for party in self.joined_parties if party.is_lead)

    @property
    def joined_parties(self) -> list:
        """The parties that accepted, the lead first."""
        return [party for party in self.parties_in_order if party.state == party.State.ACCEPTED]

    @property
    def parties_in_order(self) -> list:
        """The parties that take part or are invited, the lead first, then as they were invited."""
        parties = [party for party in self.parties.all() if party.is_present]
        return sorted(parties, key=lambda party: (not party.is_lead, party.pk))

    @property
    def years(self) -> int:
        return 2 if self.second_year else 1
