from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

SAME_DAY = _("There is a rate for this from that day on already. Choose another day.")


class Rate(models.Model):
    """An amount in euro that a partner receives, from a date on, with its source; once in force it is kept."""

    class Code(models.TextChoices):
        STAY_LUMP_SUM = "stay_lump_sum", _("lump sum per person, first year")
        SECOND_YEAR = "second_year", _("per person, one more year")
        DIRECT_HEAD = "direct_head", _("head of the household, straight on arrival")
        DIRECT_MEMBER = "direct_member", _("other member of the household, straight on arrival")

    code = models.CharField(_("what for"), max_length=30, choices=Code)
    amount = models.DecimalField(_("amount in euro"), max_digits=9, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    source_date = models.DateField(_("date of the source"))

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="rate_once_a_day"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="rate_not_negative"),
            models.CheckConstraint(
                condition=models.Q(code__in=["stay_lump_sum", "second_year", "direct_head", "direct_member"]),
                name="rate_code_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.amount} ({self.valid_from})"

    def clean(self):
        same = Rate.objects.filter(code=self.code, valid_from=self.valid_from).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"valid_from": SAME_DAY})
