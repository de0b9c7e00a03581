from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application
from .version import Version


class Visit(models.Model):
    """An intake talk with the parties, or a visit to a home that they offer, with its checklist."""

    class Kind(models.TextChoices):
        TALK = "talk", _("intake talk")
        HOME = "home", _("home visit")

    class Finding(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNSURE = "unsure", _("not sure yet")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    held_on = models.DateField(_("date"))
    dwelling = models.PositiveSmallIntegerField(
        _("dwelling"), null=True, blank=True, help_text=_("Its number in the application, for a home visit.")
    )
    registration = models.CharField(
        _("Can the household be registered there?"), max_length=10, choices=Finding, blank=True
    )
    occupancy = models.CharField(
        _("Is it large enough for the persons offered?"), max_length=10, choices=Finding, blank=True
    )
    safety = models.CharField(_("Is it safe and healthy?"), max_length=10, choices=Finding, blank=True)
    rent = models.CharField(
        _("Can the household pay the rent from its income?"), max_length=10, choices=Finding, blank=True
    )
    report = models.TextField(_("report"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    CHECKLIST = ("registration", "occupancy", "safety", "rent")

    class Meta:
        default_permissions = ()
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["talk", "home"]), name="visit_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="talk")
                | Q(dwelling__isnull=False) & ~Q(registration="") & ~Q(occupancy="") & ~Q(safety="") & ~Q(rent=""),
                name="visit_home_has_its_checklist",
                violation_error_message=_("For a home visit: name the dwelling, and answer the four questions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.kind} {self.held_on}"

    @property
    def findings(self) -> list[tuple[str, str]]:
        """Question and answer of each point of the checklist; none for a talk."""
        if self.kind != self.Kind.HOME:
            return []
        return [
            (self._meta.get_field(name).verbose_name, getattr(self, f"get_{name}_display")()) for name in self.CHECKLIST
        ]
