from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from portal.models import StoredFile
from portal.shipped_texts import ShippedSample

from .decision import Decision
from .party import Party

Outcome = Decision.Outcome
# What a letter may name between braces, and what stands there once it is written.
PLACEHOLDERS = {
    "reference": _("the reference of the application"),
    "organisation": _("the organisation to which the letter goes"),
    "parties": _("all parties, the lead first"),
    "submitted_on": _("the day on which the application was submitted"),
    "date": _("the day of the decision"),
    "reasons": _("the reasons for the decision"),
    "estimate": _("the support as estimated, for an approval"),
    "contact": _("the contact person with the e-mail address, for an approval"),
    "replaced_on": _("the day of the decision that is corrected or revoked"),
}
COMMON = {"reference", "organisation", "parties", "submitted_on", "date"}
IN_BODY = {
    Outcome.APPROVE: COMMON | {"reasons", "estimate", "contact"},
    Outcome.DECLINE: COMMON | {"reasons"},
    Outcome.REVOKE: COMMON | {"reasons", "replaced_on"},
}
NEEDED = {
    Outcome.APPROVE: {"reasons", "contact"},
    Outcome.DECLINE: {"reasons"},
    Outcome.REVOKE: {"reasons", "replaced_on"},
}


class LetterTemplate(ShippedSample):
    """What a letter says about one outcome, in one language; editors keep it."""

    key_fields = ("outcome", "language")
    words = ("subject", "body", "correction")

    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    language = models.CharField(_("language"), max_length=2, choices=Organisation.Language)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), help_text=_("An empty line begins a new paragraph."))
    correction = models.TextField(
        _("first sentence where it corrects an earlier decision"),
        blank=True,
        help_text=_("It names the day of the earlier one: {replaced_on}. A revocation names it in its text."),
    )

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["outcome", "language"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "language"], name="letter_template_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["approve", "decline", "revoke"]), name="letter_template_outcome_known"
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="letter_template_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.get_language_display()})"

    def placeholder_rules(self):
        rules = {
            "subject": (COMMON, {"reference"}),
            "body": (IN_BODY.get(self.outcome, COMMON), NEEDED.get(self.outcome, set())),
            # A revocation always names the earlier decision; the other two only where they correct one.
            "correction": (set(), set())
            if self.outcome == Outcome.REVOKE
            else (COMMON | {"replaced_on"}, {"replaced_on"}),
        }
        return {
            field: ([name for name in PLACEHOLDERS if name in allowed], needed)
            for field, (allowed, needed) in rules.items()
        }


class Office(ShippedSample):
    """Who sends letters to a language region, in one language: sender, correspondent, signature, how to appeal.

    The one without a region is the default of its language.
    """

    class Region(models.TextChoices):
        DUTCH = "nl", _("Dutch language region")
        FRENCH = "fr", _("French language region")
        GERMAN = "de", _("German language region")
        BRUSSELS = "brussels", _("Brussels")

    key_fields = ("region", "language")
    words = ("name", "address", "place", "correspondent", "signature", "appeal_title", "appeal")

    region = models.CharField(
        _("for organisations in"),
        max_length=10,
        choices=Region,
        blank=True,
        help_text=_("Leave it empty for the default: it serves every region that has none of its own."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Organisation.Language)
    name = models.CharField(_("name of the sender"), max_length=200)
    address = models.TextField(_("address"), help_text=_("As it stands at the head of the letter, line by line."))
    place = models.CharField(_("place before the date"), max_length=80)
    correspondent = models.TextField(
        _("correspondent"), help_text=_("Whom readers ask: a function, e-mail address, telephone.")
    )
    signature = models.TextField(_("signature block"))
    appeal_title = models.CharField(_("title of the appeal text"), max_length=120)
    appeal = models.TextField(
        _("how to appeal"), help_text=_("A point of law: what stands here as a sample has to be confirmed by Fedasil.")
    )

    class Meta:
        verbose_name = _("office that sends letters")
        verbose_name_plural = _("offices that send letters")
        ordering = ["language", "region"]
        constraints = [
            models.UniqueConstraint(fields=["region", "language"], name="office_once"),
            models.CheckConstraint(
                condition=Q(region__in=["", "nl", "fr", "de", "brussels"]), name="office_region_known"
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="office_language_known"),
        ]

    def __str__(self) -> str:
        region = self.get_region_display() if self.region else gettext("default")
        return f"{region} ({self.get_language_display()})"


class Letter(models.Model):
    """What one party was sent about a decision, as it was sent: no later change of a text changes it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2, choices=Organisation.Language)
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="letter_once_a_party"),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="letter_language_known"),
        ]

    def __str__(self) -> str:
        return self.stored.name
