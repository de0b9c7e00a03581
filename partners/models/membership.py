import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models import DaysAway, StoredFile

from .organisation import Organisation
from .signing_rule import Capacity


class MembershipQuerySet(models.QuerySet):
    def today(self) -> "MembershipQuerySet":
        """With `manages` and `works`: one's own roles, and those of colleagues whose deputy one is today.

        A capacity is personal: no deputy signs in it.
        """
        covered = MembershipAbsence.objects.on(clock.today()).filter(deputy=OuterRef("pk"))
        return self.annotate(
            manages=Q(manager=True) | Exists(covered.filter(membership__manager=True)),
            works=Q(manager=True)
            | Q(contributor=True)
            | Exists(covered.filter(Q(membership__manager=True) | Q(membership__contributor=True))),
        )

    def managing(self) -> "MembershipQuerySet":
        """Managers whose account works."""
        return self.filter(manager=True, user__is_active=True)


class Membership(models.Model):
    """A person's roles in an organisation. Being a signatory is having a capacity."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Nobody vanishes from an organisation without its leave: first the membership ends, by its own verb.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    manager = models.BooleanField(_("manager"), default=False)
    contributor = models.BooleanField(_("contributor"), default=False)
    viewer = models.BooleanField(_("viewer"), default=False)
    capacity = models.CharField(_("signs as"), max_length=30, choices=Capacity, blank=True)
    capacity_paper = models.OneToOneField(
        StoredFile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="shows the capacity",
    )
    capacity_confirmed_at = models.DateTimeField(null=True, blank=True)

    # What the person may do today, with what a deputy may: on rows that are read with `today()`.
    manages: bool
    works: bool

    objects = MembershipQuerySet.as_manager()

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


class MembershipAbsence(DaysAway):
    """Days on which someone is away; a deputy of the same organisation takes over what is not signing."""

    away = "membership"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_in", verbose_name=_("deputy")
    )

    class Meta(DaysAway.Meta):
        constraints = [
            *DaysAway.Meta.constraints,
            models.CheckConstraint(condition=~Q(membership=F("deputy")), name="absence_deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.first_day} – {self.last_day}"
