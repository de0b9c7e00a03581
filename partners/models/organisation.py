import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from .. import enterprise_numbers
from .municipality import Municipality


class Capacity(models.TextChoices):
    """In which quality a signatory signs."""

    MAYOR = "mayor", _("mayor")
    GENERAL_DIRECTOR = "general_director", _("general director")
    CHAIR = "chair", _("chair")
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


class Organisation(SigningRule):
    """A legal person with an enterprise number; one number, one organisation."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("town or municipality")
        PCSW = "pcsw", _("OCMW/CPAS (public centre for social welfare)")
        OTHER_PUBLIC = "other_public", _("other public body")
        NON_PROFIT = "non_profit", _("non-profit organisation")

    class Language(models.TextChoices):
        """The languages of letters and agreements."""

        NL = "nl", "Nederlands"
        FR = "fr", "Français"
        DE = "de", "Deutsch"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    enterprise_number = models.CharField(
        _("enterprise number"), max_length=10, unique=True, validators=[enterprise_numbers.validate]
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, verbose_name=_("municipality"), related_name="organisations"
    )
    letter_language = models.CharField(_("language of letters"), max_length=2, choices=Language)
    sample = models.BooleanField(_("sample"), default=False, help_text=_("demo data, not a real registration"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            *signing_rule_constraints("organisation"),
            models.CheckConstraint(
                condition=Q(kind__in=["municipality", "pcsw", "other_public", "non_profit"]),
                name="organisation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(letter_language__in=["nl", "fr", "de"]), name="organisation_letter_language_known"
            ),
            models.CheckConstraint(
                condition=Q(enterprise_number__regex=r"^[01][0-9]{9}$"), name="organisation_number_form"
            ),
            # The rule of enterprise_numbers.check_digits, held by the database too.
            models.CheckConstraint(
                condition=Exact(
                    97 - Cast(Substr("enterprise_number", 1, 8), IntegerField()) % 97,
                    Cast(Substr("enterprise_number", 9, 2), IntegerField()),
                ),
                name="organisation_number_check_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The enterprise number as people write it: 0207.451.227."""
        return enterprise_numbers.display(self.enterprise_number)


class Membership(models.Model):
    """A person's roles in an organisation. Being a signatory is having a capacity."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    manager = models.BooleanField(_("manager"), default=False)
    contributor = models.BooleanField(_("contributor"), default=False)
    viewer = models.BooleanField(_("viewer"), default=False)
    capacity = models.CharField(_("signs as"), max_length=30, choices=Capacity, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.CheckConstraint(condition=Q(capacity__in=["", *Capacity.values]), name="membership_capacity_known"),
            models.CheckConstraint(
                condition=Q(manager=True) | Q(contributor=True) | Q(viewer=True) | ~Q(capacity=""),
                name="membership_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.organisation}"
