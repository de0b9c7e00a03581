from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.desk.approved_data import ApprovedData, go_live_panel


class YearFigure(ApprovedData):
    """How many persons Belgium pledged to resettle in a year, and how many arrived; None where no source says it."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    pledged = models.PositiveIntegerField(_("pledged"), null=True, blank=True)
    arrived = models.PositiveIntegerField(_("arrived"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    source_date = models.DateField(_("date of the source"))

    panels = [
        *(FieldPanel(name) for name in ("year", "pledged", "arrived", "source", "source_date")),
        go_live_panel(),
    ]
    preview_template = "partners/year_figure_preview.html"

    class Meta:
        verbose_name = _("figure of a year")
        verbose_name_plural = _("figures by year")
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pledged__isnull=False) | models.Q(arrived__isnull=False),
                name="year_figure_not_empty",
            )
        ]

    def __str__(self) -> str:
        return str(self.year)
