from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application
from .review_criteria import CriteriaSet, Criterion
from .version import Version


class Advice(models.TextChoices):
    APPROVE = "approve", _("approve")
    DECLINE = "decline", _("decline")


class Review(models.Model):
    """One officer's assignment to judge an application, and the judgement; a new Version sends it back."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("assigned")
        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")

    Advice = Advice

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="reviews", help_text="the Version that was judged last"
    )
    of_latest = models.BooleanField(default=True, help_text="whether no newer Version came in since")
    criteria = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ASSIGNED)
    advice = models.CharField(_("advice"), max_length=10, choices=Advice, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["assigned_at", "pk"]
        # The applications that wait for someone's review.
        indexes = [models.Index(fields=["reviewer", "state", "of_latest", "application"], name="review_of_reviewer")]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once_a_reviewer"),
            models.CheckConstraint(condition=Q(advice__in=["", "approve", "decline"]), name="review_advice_known"),
            models.CheckConstraint(condition=Q(state__in=["assigned", "done", "withdrawn"]), name="review_state_known"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(advice="") & ~Q(reasons="") & Q(recorded_at__isnull=False),
                name="review_done_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.state}"

    @property
    def percentage(self) -> int | None:
        """The weighted score, of 100; None while a score is missing."""
        scores = list(self.scores.all())
        if not scores or any(score.score is None for score in scores):
            return None
        weights = sum(score.criterion.weight for score in scores)
        return round(
            sum(100 * score.score * score.criterion.weight / score.criterion.scale for score in scores) / weights
        )


class Score(models.Model):
    """What one reviewer gives for one criterion, with the reasons."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    reasons = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["criterion__sort_order"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score}"


class Settlement(models.Model):
    """Where reviews differ: what the reviewers say together about this Version."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="settlements")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="settlement")
    advice = models.CharField(_("advice"), max_length=10, choices=Advice)
    reasons = models.TextField(_("reasons"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(advice__in=["approve", "decline"]), name="settlement_advice_known")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.advice}"


class Recusal(models.Model):
    """Someone of Fedasil who withdrew from this dossier for a conflict of interest, and no longer sees it."""

    class Reason(models.TextChoices):
        WORK = "work", _("works or worked for one of the parties")
        FAMILY = "family", _("a relative or friend works for one of the parties")
        MANDATE = "mandate", _("has a mandate in one of the parties")
        OTHER = "other", _("another reason")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    recused_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="recusal_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["work", "family", "mandate", "other"]), name="recusal_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.user_id}"


class ReviewRule(models.Model):
    """From a date on: how many reviews a first decision needs (two where no rule stands)."""

    valid_from = models.DateField(_("valid from"), unique=True)
    reviews = models.PositiveSmallIntegerField(_("number of reviews"))

    class Meta:
        verbose_name = _("number of reviews")
        verbose_name_plural = _("numbers of reviews")
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=Q(reviews__gte=1), name="review_rule_at_least_one")]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.reviews}"
