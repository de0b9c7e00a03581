import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import IntegerField, Q
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from portal.model_fields import OrganisationNameField
from portal.text import fold

from .. import enterprise_numbers
from .municipality import Municipality
from .signing_rule import SigningRule, signing_rule_constraints


class Organisation(SigningRule):
    """A legal person with an enterprise number; one number, one organisation."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("town or municipality")
        PCSW = "pcsw", _("PCSW (public centre for social welfare: OCMW, CPAS, ÖSHZ)")
        OTHER_PUBLIC = "other_public", _("other public body")
        NON_PROFIT = "non_profit", _("non-profit organisation")

    class Check(models.TextChoices):
        """What Fedasil looked at to verify it."""

        NUMBER = "number", _("the number stands in the Crossroads Bank for Enterprises")
        NAME = "name", _("the name and the seat are those of that number")
        KIND = "kind", _("the legal form fits the kind of organisation")
        PERSON = "person", _("someone who manages it here works there")

    class Language(models.TextChoices):
        """The languages of letters and agreements."""

        NL = "nl", "Nederlands"
        FR = "fr", "Français"
        DE = "de", "Deutsch"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = OrganisationNameField(_("name"), max_length=200)
    plain_name = models.TextField(db_default="", editable=False, help_text="the name as it is searched")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    enterprise_number = models.CharField(
        _("enterprise number"), max_length=10, unique=True, validators=[enterprise_numbers.validate]
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, verbose_name=_("municipality"), related_name="organisations"
    )
    letter_language = models.CharField(_("language of letters"), max_length=2, choices=Language)
    rule_confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="when it confirmed who signs; until then a default"
    )
    signatories_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="since when its signatories wait to be confirmed anew, as after elections"
    )
    verified_at = models.DateTimeField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checks = models.JSONField(default=list, blank=True, help_text="codes of Check: what was looked at")
    finder_blocked_at = models.DateTimeField(
        null=True, blank=True, help_text="since when Fedasil keeps it out of the partner finder"
    )
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
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="organisation_verified_whole",
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

    def clean(self):
        """Letters go in a language that is used where the organisation has its seat."""
        super().clean()
        if self.municipality_id and self.letter_language not in ("", *self.municipality.letter_languages):
            raise ValidationError({"letter_language": _("In Brussels, choose Dutch or French.")})

    @property
    def short_kind(self) -> str:
        """For lists, where the label has no room."""
        short = {
            self.Kind.MUNICIPALITY: _("municipality"),
            self.Kind.PCSW: "PCSW",
            self.Kind.NON_PROFIT: _("non-profit"),
        }
        return str(short.get(self.kind) or self.get_kind_display())

    def save(self, *args, update_fields=None, **kwargs):
        """The name that is searched goes with the name."""
        self.plain_name = fold(self.name)
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "plain_name"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_local_authority(self) -> bool:
        """A municipality or its OCMW/CPAS: there is one of each in a municipality."""
        return self.kind in LOCAL_AUTHORITIES

    @property
    def check_labels(self) -> list[str]:
        return [self.Check(code).label for code in self.checks]

    @property
    def number(self) -> str:
        """The enterprise number as people write it: 0207.451.227."""
        return enterprise_numbers.display(self.enterprise_number)


LOCAL_AUTHORITIES = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.PCSW})
