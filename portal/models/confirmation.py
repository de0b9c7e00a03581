from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConfirmationRequest(models.Model):
    """A change that gives or takes power: asked for by one person, confirmed or refused by another.

    What kinds there are, and what happens to each, is in portal/confirmations/services.py.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("request", "confirmed")
        REFUSED = "refused", pgettext_lazy("request", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")
        EXPIRED = "expired", pgettext_lazy("request", "expired")
        SERVER = "server", pgettext_lazy("request", "carried out on the server")

    kind = models.CharField(_("kind of change"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    # What is changed; empty where the change adds something that is about nothing else.
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person concerned"),
        help_text="whose account or powers change: cannot confirm it",
    )
    before = models.JSONField(default=dict, help_text="plain data, as the kind reads it")
    after = models.JSONField(default=dict, help_text="plain data, as the kind applies it")
    reason = models.TextField(_("reason"))
    # Empty for what the server's operator did.
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(_("requested on"))
    expires_at = models.DateTimeField(_("to be confirmed before"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled on"), null=True)
    answer = models.TextField(_("reason of the answer"), blank=True)

    class Meta:
        verbose_name = _("request to confirm")
        verbose_name_plural = _("requests to confirm")
        default_permissions = ()
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_at"], name="confirmation_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "confirmed", "refused", "withdrawn", "expired", "server"]),
                name="confirmation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(subject_type__isnull=True, subject_id__isnull=True)
                | Q(subject_type__isnull=False, subject_id__isnull=False),
                name="confirmation_subject_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | ~Q(state="open") & Q(settled_at__isnull=False),
                name="confirmation_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(settled_by__isnull=False)
                & (Q(requested_by__isnull=True) | ~Q(settled_by=F("requested_by")))
                & (Q(person__isnull=True) | ~Q(settled_by=F("person"))),
                name="confirmation_by_another",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(state="open"),
                name="confirmation_one_open_a_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
