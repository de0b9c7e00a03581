import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Partnership(models.Model):
    """What an approval leads to: its own parties and terms, a contact person at Fedasil, and placements."""

    class State(models.TextChoices):
        AGREEMENT_DRAFTED = "agreement_drafted", _("agreement drafted")
        SIGNED = "signed", _("signed")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")
        ENDED_EARLY = "ended_early", _("ended early")
        LAPSED = "lapsed", _("lapsed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.AGREEMENT_DRAFTED)
    origin = models.CharField(_("reference of the application"), max_length=40, blank=True)
    straight_on_arrival = models.BooleanField(_("straight on arrival"))
    years = models.PositiveSmallIntegerField(_("years"))
    household_sizes = models.JSONField(_("persons in each household"))
    estimate = models.DecimalField(_("estimated support in euro"), max_digits=10, decimal_places=2)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("contact person"), related_name="+"
    )
    started_at = models.DateTimeField(_("started"))
    is_public = models.BooleanField(
        _("shown on the site"), default=False, help_text=_("Its parties agreed to be shown on the public map.")
    )

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["agreement_drafted", "signed", "active", "ended", "ended_early", "lapsed"],
                ),
                name="partnership_state_known",
            ),
            models.CheckConstraint(condition=Q(years__in=[1, 2]), name="partnership_one_or_two_years"),
            models.CheckConstraint(condition=Q(estimate__gte=0), name="partnership_estimate_not_negative"),
            # One that lapsed makes room: an approval that was revoked may be given again.
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin="") & ~Q(state="lapsed"), name="partnership_once_per_application"
            ),
        ]

    def __str__(self) -> str:
        return self.origin or str(self.uuid)

    @property
    def is_signed(self) -> bool:
        """Whether its agreement is signed, or was once."""
        return self.state not in (self.State.AGREEMENT_DRAFTED, self.State.LAPSED)


class PartnershipParty(models.Model):
    """One organisation in a partnership, with the aims that it takes on."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    lead = models.BooleanField(default=False)
    stay = models.BooleanField(_("lasting stay"), default=False)
    guidance = models.BooleanField(_("fitting guidance"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="partnership_party_once"),
            models.UniqueConstraint(fields=["partnership"], condition=Q(lead=True), name="partnership_one_lead"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Placement(models.Model):
    """One household hosted by a partnership. Holds its size and dates, nothing about the persons."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ARRIVED = "arrived", _("arrived")
        EXTENDED = "extended", _("extended")
        ENDED = "ended", _("ended")
        ENDED_EARLY = "ended_early", _("ended early")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="placements")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    persons = models.PositiveSmallIntegerField(_("persons"))
    straight_on_arrival = models.BooleanField(_("straight on arrival"))
    planned_from = models.DateField(_("planned from"))

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["planned_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "arrived", "extended", "ended", "ended_early", "cancelled"]),
                name="placement_state_known",
            ),
            models.CheckConstraint(condition=Q(persons__gte=1), name="placement_has_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.persons}"
