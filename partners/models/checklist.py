"""Lists of what to arrange with a household, by the time at which it falls due."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from portal.desk.approved_data import ApprovedData, go_live_panel


class Phase(models.TextChoices):
    """When the things on a list fall due, in the order of a placement."""

    BEFORE = "before", _("Before the arrival")
    FIRST_DAYS = "first_days", _("The first days")
    FIRST_WEEKS = "first_weeks", _("The first weeks")
    FIRST_YEAR = "first_year", _("The months after that")
    TOWARDS_END = "towards_end", _("Towards the end of the year")


class ChecklistTemplate(ApprovedData, ClusterableModel):
    """One list from a day on: pages show the one of today, a placement takes a copy of the one of its day."""

    phase = models.CharField(_("when"), max_length=20, choices=Phase)
    valid_from = models.DateField(_("valid from"), help_text=_("A later list of the same time takes its place."))
    sample = models.BooleanField(
        _("sample"), default=True, help_text=_("A proposal of the portal that Fedasil has not confirmed yet.")
    )

    panels = [
        FieldPanel("phase"),
        FieldPanel("valid_from"),
        FieldPanel("sample"),
        InlinePanel("items", heading=_("What to do"), label=_("item"), min_num=1, max_num=20),
        go_live_panel(),
    ]
    preview_template = "partners/checklist_preview.html"

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["phase", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "valid_from"],
                name="checklist_once_a_day",
                violation_error_message=_("There is a list for this time from this day on. Change that one."),
            ),
            models.CheckConstraint(condition=models.Q(phase__in=Phase.values), name="checklist_phase_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} ({self.valid_from})"


class ChecklistItem(Orderable):
    """One thing to do, in four languages, and who does it."""

    class Who(models.TextChoices):
        STAY = "stay", _("who takes on the stay")
        GUIDANCE = "guidance", _("who gives the guidance")
        MUNICIPALITY = "municipality", _("the municipality")
        PCSW = "pcsw", _("the PCSW")
        NON_PROFIT = "non_profit", _("the non-profit organisation")
        TOGETHER = "together", _("all partners together")

    checklist = ParentalKey(ChecklistTemplate, on_delete=models.CASCADE, related_name="items")
    who = models.CharField(_("who"), max_length=20, choices=Who)
    nl = models.CharField(_("Dutch"), max_length=250)
    fr = models.CharField(_("French"), max_length=250)
    de = models.CharField(_("German"), max_length=250)
    en = models.CharField(_("English"), max_length=250)

    panels = [FieldPanel(name) for name in ("who", "nl", "fr", "de", "en")]

    class Meta(Orderable.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(who__in=["stay", "guidance", "municipality", "pcsw", "non_profit", "together"]),
                name="checklist_who_known",
            )
        ]

    def __str__(self) -> str:
        return self.nl

    @property
    def text(self) -> str:
        """In the active language."""
        return getattr(self, get_language() or "nl")
