from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from partners.models.municipality import Province


class AssignmentRule(models.Model):
    """Which officer gets a new application: of a province, in a language, both, or any
    (applications/review/assignment.py).
    """

    province = models.CharField(
        _("province"),
        max_length=5,
        choices=Province,
        blank=True,
        help_text=_("Of the municipality of the lead organisation. Empty: any."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Organisation.Language, blank=True, help_text=_("Empty: any.")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("Where several rules fit equally well, the lowest number comes first.")
    )

    class Meta:
        verbose_name = _("rule for new applications")
        verbose_name_plural = _("rules for new applications")
        ordering = ["province", "language", "order", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["province", "language", "officer"],
                name="assignment_rule_once",
                violation_error_message=_("There is such a rule already."),
            ),
            models.CheckConstraint(condition=Q(province__in=["", *Province.values]), name="assignment_province_known"),
            models.CheckConstraint(condition=Q(language__in=["", "nl", "fr", "de"]), name="assignment_language_known"),
        ]

    def __str__(self) -> str:
        parts = [self.get_province_display(), self.get_language_display()]
        return f"{', '.join(str(part) for part in parts if part) or '–'}: {self.officer}"
