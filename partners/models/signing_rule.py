from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Capacity(models.TextChoices):
    """In which quality a signatory signs."""

    MAYOR = "mayor", _("mayor")
    GENERAL_DIRECTOR = "general_director", _("general director")
    MUNICIPAL_SECRETARY = "municipal_secretary", _("municipal secretary")
    CHAIR = "chair", _("chair")
    SECRETARY_GENERAL = "secretary_general", _("secretary-general")
    REPRESENTATIVE = "representative", _("authorised representative")
    SECOND_REPRESENTATIVE = "second_representative", _("second authorised representative")


class SigningRule(models.Model):
    """One or two signatories, each in a capacity. An organisation keeps it; a party takes a copy."""

    signs_first = models.CharField(_("first signatory"), max_length=30, choices=Capacity)
    signs_second = models.CharField(_("second signatory"), max_length=30, choices=Capacity, blank=True)

    class Meta:
        abstract = True

    @property
    def capacities(self) -> list[Capacity]:
        """The capacities in which it signs, one or two."""
        return [Capacity(code) for code in (self.signs_first, self.signs_second) if code]


def signing_rule_constraints(name: str) -> list[models.CheckConstraint]:
    """What the database holds a signing rule to; `name` begins the names of the constraints."""
    return [
        models.CheckConstraint(
            condition=Q(signs_first__in=Capacity.values) & Q(signs_second__in=["", *Capacity.values]),
            name=f"{name}_capacity_known",
        ),
        models.CheckConstraint(
            condition=~Q(signs_first=F("signs_second")),
            name=f"{name}_capacities_differ",
            violation_error_message=_("Choose two different capacities, or one only."),
        ),
    ]
