"""Information sessions as data: one row a session, whatever the number of languages of its page."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal import clock
from portal.desk.approved_data import ApprovedData
from portal.model_fields import FullNameField, OrganisationNameField
from portal.workflow import Refused

LANGUAGE_NAMES = {"nl": _("Dutch"), "fr": _("French"), "de": _("German"), "en": _("English")}
# Sent in the transaction that publishes a session, under its row lock: `before`, as it was, and `actor`.
session_published = Signal()


class Session(ApprovedData):
    """One information session; with seats where people register here. Readers see it once it is published."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, help_text=_("For the desk; readers see the title of the page."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED, editable=False)
    date = models.DateField(_("date"))
    start_time = models.TimeField(_("begins at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Leave empty for an online session."))
    link = models.URLField(
        _("link to take part"), blank=True, help_text=_("Only those with a seat get it, in their mail.")
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Leave empty where nobody registers here.")
    )
    language = models.CharField(_("language in which it is held"), max_length=2, blank=True, choices=settings.LANGUAGES)
    second_language = models.CharField(
        _("second language"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Where it is held in two."),
    )
    sequence = models.PositiveSmallIntegerField(default=0, editable=False, help_text="iCalendar: goes up when changed")

    panels = [
        FieldPanel(name)
        for name in (
            *("name", "date", "start_time", "end_time", "place", "link", "language", "second_language", "seats"),
        )
    ]
    preview_template = "home/session_preview.html"

    class Meta:
        verbose_name = _("information session")
        verbose_name_plural = _("information sessions")
        ordering = ["-date", "-start_time"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["planned", "cancelled"]), name="session_state_known"),
            models.CheckConstraint(
                condition=Q(end_time__isnull=True) | Q(start_time__isnull=False, end_time__gt=models.F("start_time")),
                name="session_ends_after_it_begins",
                violation_error_message=_("A session ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(start_time__isnull=False),
                name="session_with_seats_has_a_time",
                violation_error_message=_("A session for which people register needs the time at which it begins."),
            ),
            models.CheckConstraint(
                condition=Q(second_language="") | ~Q(language="") & ~Q(second_language=models.F("language")),
                name="session_second_language_is_another",
                violation_error_message=_("The second language is another one than the first."),
            ),
            models.CheckConstraint(
                condition=Q(
                    language__in=["", "nl", "fr", "de", "en"], second_language__in=["", "nl", "fr", "de", "en"]
                ),
                name="session_languages_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.date:%d/%m/%Y})"

    def clean(self):
        super().clean()
        if self.state == self.State.CANCELLED:
            raise ValidationError(_("This session was cancelled. Plan a new one."))

    def with_content_json(self, content):
        """A draft knows what was typed; what happened to the session since is no part of it."""
        draft = super().with_content_json(content)
        draft.uuid, draft.state, draft.sequence = self.uuid, self.state, self.sequence
        return draft

    @transaction.atomic
    def publish(self, revision, user=None, **options):
        """Whoever asks for it, those registered are told (home/sessions/services.py).

        Raises Refused where the session was cancelled.
        """
        before = Session.objects.select_for_update().get(pk=self.pk)
        if before.state != self.State.PLANNED:
            raise Refused(_("This session was cancelled. Plan a new one."))
        # Wagtail writes the whole row as this object says it is.
        revision.content_object.sequence = before.sequence
        super().publish(revision, user=user, **options)
        session_published.send(sender=Session, before=before, actor=user)

    def get_preview_context(self, request, mode_name):
        page = self.pages.filter(locale__language_code=mode_name).first() if self.pk else None
        context = super().get_preview_context(request, mode_name)
        return {**context, "session": self, "title": page.title if page else self.name}

    @property
    def begins_at(self):
        """The moment at which it begins, at midnight where only the day is known."""
        start = self.start_time or timezone.datetime.min.time()
        return timezone.make_aware(timezone.datetime.combine(self.date, start))

    @property
    def held_in(self) -> list[str]:
        """The languages in which it is held, named in the reader's; none where that is not known yet."""
        return [gettext(LANGUAGE_NAMES[code]) for code in (self.language, self.second_language) if code]

    @property
    def is_open(self) -> bool:
        """Whether people can register now."""
        return (
            self.live and self.state == self.State.PLANNED and self.seats is not None and clock.now() < self.begins_at
        )

    @property
    def is_past(self) -> bool:
        return self.date < clock.today()

    @property
    def free_seats(self) -> int:
        """Seats that nobody has; one query."""
        return max((self.seats or 0) - self.registrations.filter(state=Registration.State.SEATED).count(), 0)


class Registration(models.Model):
    """Someone who registered for a session. Deleted 30 days after it."""

    class State(models.TextChoices):
        SEATED = "seated", _("has a seat")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="stands in the mailed address")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=State)
    name = FullNameField(_("name"), max_length=150)
    organisation = OrganisationNameField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    needs = models.TextField(_("what you need to take part"), max_length=500, blank=True)
    language = models.CharField(_("language of mails"), max_length=2)
    registered_at = models.DateTimeField(_("registered"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["registered_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["seated", "waiting", "cancelled"]), name="registration_state_known"
            ),
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=~Q(state="cancelled"),
                name="registration_once_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_in_line(self) -> int:
        """1 for who moves up next."""
        waiting = Registration.objects.filter(session=self.session_id, state=self.State.WAITING)
        return waiting.filter(
            Q(registered_at__lt=self.registered_at) | Q(registered_at=self.registered_at, pk__lte=self.pk)
        ).count()
