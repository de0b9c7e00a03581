import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, SigningRule
from portal.model_fields import OrganisationNameField

from .application import Application


class Party(SigningRule):
    """One organisation in an application: invited, then with its aims and its copy of the signing rule."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("takes part")
        DECLINED = "declined", _("does not take part")
        WITHDRAWN = "withdrawn", _("invitation withdrawn")
        LEFT = "left", _("left")
        REMOVED = "removed", _("no longer takes part")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="parties"
    )
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    is_lead = models.BooleanField(default=False)
    invited_email = models.EmailField(_("e-mail address"), blank=True)
    invited_at = models.DateTimeField(null=True, blank=True, help_text="when the last invitation was mailed")
    invited_name = OrganisationNameField(_("organisation"), max_length=200, blank=True)
    stay = models.BooleanField(_("a lasting stay"), default=False)
    guidance = models.BooleanField(_("fitting guidance"), default=False)
    sees_all_answers = models.BooleanField(
        default=True, help_text="all answers; otherwise only the common sections and those of its own aims"
    )
    lead_offered_at = models.DateTimeField(null=True, blank=True, help_text="since when it is asked to lead")
    signs_first = models.CharField(
        max_length=30, choices=SigningRule._meta.get_field("signs_first").choices, blank=True
    )

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            # The applications in which an organisation takes part, found in the index alone.
            models.Index(fields=["organisation", "state", "application"], name="party_of_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"],
                condition=Q(state__in=["invited", "accepted"]),
                name="party_organisation_once",
            ),
            models.UniqueConstraint(fields=["application"], condition=Q(is_lead=True), name="party_one_lead"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(lead_offered_at__isnull=False), name="party_one_offer_to_lead"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "accepted", "declined", "withdrawn", "left", "removed"]),
                name="party_state_known",
            ),
            # A lead has to pass the lead on before it leaves.
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(state__in=["invited", "accepted", "declined"]),
                name="party_lead_stays",
            ),
            models.CheckConstraint(
                condition=Q(lead_offered_at__isnull=True) | Q(state="accepted", is_lead=False),
                name="party_offered_lead_takes_part",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(organisation__isnull=False) & ~Q(signs_first=""),
                name="party_accepted_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_present(self) -> bool:
        """Takes part, or is asked to."""
        return self.state in (self.State.INVITED, self.State.ACCEPTED)

    @property
    def name(self) -> str:
        """The organisation's name, or the name under which it was invited."""
        return self.organisation.name if self.organisation else self.invited_name or self.invited_email
