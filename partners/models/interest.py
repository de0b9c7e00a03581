import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.model_fields import FullNameField, OrganisationNameField, TelephoneNumberField
from portal.text import fold

from .municipality import Municipality
from .organisation import Organisation


class Interest(models.Model):
    """An expression of interest: by form, or recorded by an officer from mail or telephone."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        FOLLOWED = "followed", _("followed up")
        DRAFT_OPENED = "draft_opened", _("application opened")
        CLOSED = "closed", _("closed")

    class Source(models.TextChoices):
        FORM = "form", _("form on the site")
        MAIL = "mail", _("mail")
        TELEPHONE = "telephone", _("telephone")
        TALK = "talk", _("talk or session")

    class Kind(models.TextChoices):
        """As Organisation.Kind, and those who cannot be a party themselves."""

        MUNICIPALITY = "municipality", _("town or municipality")
        PCSW = "pcsw", _("PCSW (public centre for social welfare: OCMW, CPAS, ÖSHZ)")
        OTHER_PUBLIC = "other_public", _("other public body")
        NON_PROFIT = "non_profit", _("non-profit organisation")
        GROUP = "group", _("group of people without an organisation")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW, editable=False)
    source = models.CharField(_("came by"), max_length=20, choices=Source, default=Source.FORM)
    name = OrganisationNameField(_("organisation"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, verbose_name=_("municipality"), related_name="interests"
    )
    contact_name = FullNameField(_("contact"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    phone = TelephoneNumberField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    persons = models.PositiveSmallIntegerField(
        _("persons who could be housed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    message = models.TextField(_("message"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("who follows it up"),
        related_name="interests",
    )
    follow_up_on = models.DateField(_("follow up on"))
    created_at = models.DateTimeField(_("came in"))
    plain_text = models.TextField(db_default="", editable=False, help_text="names and address as they are searched")

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["follow_up_on", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "follow_up_on"], name="interest_to_follow_up")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "followed", "draft_opened", "closed"]), name="interest_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["form", "mail", "telephone", "talk"]), name="interest_source_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["municipality", "pcsw", "other_public", "non_profit", "group"]),
                name="interest_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        """What is searched goes with the names and the address."""
        self.plain_text = fold("\n".join((self.name, self.contact_name, self.email)))
        if update_fields is not None and {"name", "contact_name", "email"} & set(update_fields):
            update_fields = {*update_fields, "plain_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.NEW, self.State.FOLLOWED)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.follow_up_on < clock.today()

    @property
    def letter_language(self) -> str:
        """The language of an application of theirs: that of the area, else their own, never English."""
        own = self.language if self.language in Organisation.Language.values else "nl"
        return self.municipality.language or own


class InterestMoment(models.Model):
    """A moment at which someone would like to be called, in Belgian time: a working day and a part of it."""

    class Part(models.TextChoices):
        MORNING = "morning", _("in the morning (9–12)")
        NOON = "noon", _("around noon (12–14)")
        AFTERNOON = "afternoon", _("in the afternoon (14–17)")

    MOST = 3

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="moments")
    number = models.PositiveSmallIntegerField(help_text="1 for the moment that suits best")
    day = models.DateField(_("day"))
    part = models.CharField(_("part of the day"), max_length=10, choices=Part)

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["interest", "number"], name="interest_moment_numbered"),
            models.UniqueConstraint(fields=["interest", "day", "part"], name="interest_moment_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 3)), name="interest_moments_at_most_three"),
            models.CheckConstraint(
                condition=Q(part__in=["morning", "noon", "afternoon"]), name="interest_moment_part_known"
            ),
            # Sunday is 1, Saturday 7.
            models.CheckConstraint(condition=Q(day__week_day__range=(2, 6)), name="interest_moment_on_a_working_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}, {self.get_part_display()}"
