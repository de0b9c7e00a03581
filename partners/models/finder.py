import re
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock

from .municipality import Municipality, Province
from .organisation import Organisation

ADDRESS = re.compile(r"\S@\S|https?://|\bwww\.|(?:\+|\b0)\d(?:[\s./-]?\d){7,}", re.IGNORECASE)


def refuse_addresses(text: str) -> None:
    """A notice names no address of mail or page and no telephone number: others answer through the portal."""
    if ADDRESS.search(text):
        raise ValidationError(
            _("Leave out e-mail addresses, websites and telephone numbers. Others write to you through the portal.")
        )


class FinderNotice(models.Model):
    """What an organisation seeks in a partner and what it brings, for others of its area, until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("can be found")
        TAKEN_DOWN = "taken_down", _("taken down")
        LAPSED = "lapsed", _("ended on its day")
        REMOVED = "removed", _("removed by Fedasil")

    class Seeks(models.TextChoices):
        STAY = "stay", _("an organisation that takes on the lasting stay (housing)")
        GUIDANCE = "guidance", _("an organisation that takes on the guidance")
        LOCAL_AUTHORITY = "local_authority", _("a town, municipality or PCSW to work with")

    class Offers(models.TextChoices):
        STAY = "stay", _("the lasting stay (housing)")
        GUIDANCE = "guidance", _("the guidance")

    class Area(models.TextChoices):
        PROVINCE = "province", _("a whole province")
        MUNICIPALITIES = "municipalities", _("some municipalities")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="finder_notices")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    seeks_stay = models.BooleanField(default=False)
    seeks_guidance = models.BooleanField(default=False)
    seeks_local_authority = models.BooleanField(default=False)
    offers_stay = models.BooleanField(default=False)
    offers_guidance = models.BooleanField(default=False)
    area = models.CharField(_("area"), max_length=14, choices=Area)
    province = models.CharField(_("province"), max_length=5, choices=Province, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="+", blank=True)
    words = models.TextField(_("in a few words"), max_length=600, blank=True, validators=[refuse_addresses])
    ends_on = models.DateField(_("ends on"))
    reminded_at = models.DateTimeField(null=True, help_text="when its managers were told that it ends soon")
    created_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(null=True)
    consent_version = models.CharField(max_length=10, help_text="which text was agreed to")
    consent_at = models.DateTimeField()
    consent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("notice of the partner finder")
        verbose_name_plural = _("partner finder")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"], name="finder_notice_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(state="open"), name="finder_notice_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken_down", "lapsed", "removed"]), name="finder_notice_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | ~Q(state="open") & Q(ended_at__isnull=False),
                name="finder_notice_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(seeks_stay=True) | Q(seeks_guidance=True) | Q(seeks_local_authority=True),
                name="finder_notice_seeks",
            ),
            models.CheckConstraint(
                condition=Q(area="province", province__in=Province.values) | Q(area="municipalities", province=""),
                name="finder_notice_area_whole",
            ),
            models.CheckConstraint(condition=~Q(consent_version=""), name="finder_notice_agreed"),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def sought(self) -> list[str]:
        return [code.value for code in self.Seeks if getattr(self, f"seeks_{code}")]

    @property
    def offered(self) -> list[str]:
        return [code.value for code in self.Offers if getattr(self, f"offers_{code}")]

    @property
    def sought_labels(self) -> list[str]:
        return [self.Seeks(code).label for code in self.sought]

    @property
    def offered_labels(self) -> list[str]:
        return [self.Offers(code).label for code in self.offered]

    @property
    def area_label(self) -> str:
        """The province, or the municipalities by name."""
        if self.area == self.Area.PROVINCE:
            return str(self.get_province_display())
        return ", ".join(str(found) for found in self.municipalities.all())

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @staticmethod
    def flags(seeks: Iterable[str], offers: Iterable[str]) -> dict[str, bool]:
        """The columns for what is sought and offered."""
        return {f"seeks_{code}": code in seeks for code in FinderNotice.Seeks} | {
            f"offers_{code}": code in offers for code in FinderNotice.Offers
        }


class FinderConversationQuerySet(models.QuerySet):
    def of(self, organisation: Organisation) -> "FinderConversationQuerySet":
        return self.filter(Q(first=organisation) | Q(second=organisation))

    def between(self, one: Organisation, other: Organisation) -> "FinderConversationQuerySet":
        first, second = sorted((one.pk, other.pk))
        return self.filter(first=first, second=second)


class FinderConversation(models.Model):
    """Two organisations that write to each other through the portal, of which neither sees the other's addresses."""

    class State(models.TextChoices):
        INTRODUCED = "introduced", _("introduced by Fedasil")
        OPEN = "open", _("open")
        SHARED = "shared", _("contact details shared")
        DECLINED = "declined", _("introduction declined")
        CLOSED = "closed", _("closed")
        REPORTED = "reported", _("reported to Fedasil")
        BLOCKED = "blocked", _("blocked by Fedasil")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # In the order of their keys, so that a pair is the same pair from both sides.
    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State)
    begun_by = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+", help_text="empty: introduced by Fedasil"
    )
    introduction = models.TextField(max_length=600, blank=True, help_text="why Fedasil introduces them")
    first_agreed_at = models.DateTimeField(null=True)
    second_agreed_at = models.DateTimeField(null=True)
    first_reach = models.TextField(max_length=300, blank=True, help_text="how to reach it, typed to be shared")
    second_reach = models.TextField(max_length=300, blank=True)
    ended_by = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    reported_by = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    report = models.TextField(max_length=600, blank=True, help_text="what is wrong, for Fedasil")
    begun_at = models.DateTimeField(_("begun"))
    last_at = models.DateTimeField(_("last step"))

    objects = FinderConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation of the partner finder")
        verbose_name_plural = _("conversations of the partner finder")
        default_permissions = ()
        ordering = ["-last_at", "-pk"]
        indexes = [models.Index(fields=["last_at"], name="finder_conversation_by_age")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="finder_conversation_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(state__in=["introduced", "open", "shared", "reported", "blocked"]),
                name="finder_conversation_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["introduced", "open", "shared", "declined", "closed", "reported", "blocked"]),
                name="finder_conversation_state_known",
            ),
            # Details are shared only where both gave theirs.
            models.CheckConstraint(
                condition=~Q(state="shared") | ~Q(first_reach="") & ~Q(second_reach=""),
                name="finder_conversation_both_share",
            ),
            models.CheckConstraint(
                condition=~Q(state="reported") | Q(reported_by__isnull=False), name="finder_conversation_reported_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

    def side(self, organisation: Organisation) -> str:
        """Which of the two it is: how its columns begin."""
        return "first" if organisation.pk == self.first_id else "second"

    def other(self, organisation: Organisation) -> Organisation:
        return self.second if organisation.pk == self.first_id else self.first

    def agreed(self, organisation: Organisation) -> bool:
        return getattr(self, f"{self.side(organisation)}_agreed_at") is not None

    def reach(self, organisation: Organisation) -> str:
        return getattr(self, f"{self.side(organisation)}_reach")

    @property
    def is_active(self) -> bool:
        return self.state in (self.State.OPEN, self.State.SHARED)


class FinderMessage(models.Model):
    """What one of the two wrote."""

    conversation = models.ForeignKey(FinderConversation, on_delete=models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["organisation", "sent_at"], name="finder_messages_of_a_day")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.sent_at}"
