from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Partnership

from .application import Application
from .version import Version


class DecisionPower(models.Model):
    """Between two dates this person may decide on applications."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("power to decide")
        verbose_name_plural = _("powers to decide")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="decision_power_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.valid_from}"


class Decision(models.Model):
    """Approve, decline or revoke, with reasons in each language in which a party gets its letter.

    Prepared by one, perhaps changed, and released by someone with the power to decide: from then on it is in force,
    until a later one that corrects it is released. `version` and `basis` say on what it was prepared.
    """

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("approve")
        DECLINE = "decline", _("decline")
        REVOKE = "revoke", _("revoke the approval")

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        RELEASED = "released", _("released")
        REPLACED = "replaced", _("replaced by a later one")
        DISCARDED = "discarded", _("discarded")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=64, blank=True, help_text="fingerprint of the reviews on which it stands")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    reasons_nl = models.TextField(_("reasons in Dutch"), blank=True)
    reasons_fr = models.TextField(_("reasons in French"), blank=True)
    reasons_de = models.TextField(_("reasons in German"), blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared on"))
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["prepared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "released", "replaced", "discarded"]), name="decision_state_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["approve", "decline", "revoke"]), name="decision_outcome_known"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="prepared"), name="decision_one_prepared"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="released"), name="decision_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=~Q(state="discarded"), name="decision_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(state="released"), name="decision_one_a_partnership"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "discarded"], decider__isnull=True, decided_at__isnull=True)
                | Q(state__in=["released", "replaced"], decider__isnull=False, decided_at__isnull=False),
                name="decision_released_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "discarded"], partnership__isnull=True)
                | Q(state__in=["released", "replaced"], outcome="approve", partnership__isnull=False)
                | Q(state__in=["released", "replaced"], outcome__in=["decline", "revoke"], partnership__isnull=True),
                name="decision_approval_starts_partnership",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="approve") | Q(contact__isnull=False), name="decision_approval_names_contact"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="revoke") | Q(corrects__isnull=False), name="decision_revokes_another"
            ),
            models.CheckConstraint(
                condition=~Q(reasons_nl="", reasons_fr="", reasons_de=""), name="decision_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    def reasons_in(self, language: str) -> str:
        """The reasons in this language; where an older decision has none in it, those in another."""
        return getattr(self, f"reasons_{language}") or self.reasons_nl or self.reasons_fr or self.reasons_de

    @property
    def all_reasons(self) -> list[tuple[str, str]]:
        """The languages in which reasons are written, with the reasons."""
        return [(code, text) for code in ("nl", "fr", "de") if (text := getattr(self, f"reasons_{code}"))]

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED
