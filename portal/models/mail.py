import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import models


class Mail(models.Model):
    """One mail in the outbox: written in the transaction that causes it, sent by the worker (portal/mail/outbox.py)."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        BOUNCED = "bounced", "bounced"
        EXPIRED = "expired", "expired"

    class Ceiling(models.TextChoices):
        """Of mails that a person can cause: how many one address gets (portal/mail/ceilings.py)."""

        NONE = "", "none"
        SIGN_IN = "sign_in", "signing in"
        SIGN_UP = "sign_up", "making an account"
        LINK = "link", "linking a sign-in from elsewhere"
        KNOWN_BROWSER = "known_browser", "signing in from a browser that is known"
        FORM_CODE = "form_code", "a code for a public form"
        FORM = "form", "caused by a public form"
        SIGNATURE = "signature", "a code to sign"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True, help_text="idempotency key: the same event, one mail")
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="the same words as a page")
    calendar = models.TextField(blank=True, help_text="an iCalendar file that goes along")
    sensitive = models.BooleanField(default=False, help_text="the text holds a code: emptied once sent or given up")
    expires_at = models.DateTimeField(null=True, help_text="when it is of no use any more: never sent after that")
    ceiling = models.CharField(max_length=20, choices=Ceiling, blank=True, default=Ceiling.NONE)
    # What it is about, such as an application: there it is shown when it did not arrive.
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    about_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "next_try"], name="mail_due"),
            models.Index(fields=["about_type", "about_id"], name="mail_about"),
            models.Index(fields=["to", "ceiling", "queued_at"], name="mail_of_ceiling"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "failed", "bounced", "expired"]),
                name="mail_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(sensitive=False)
                | models.Q(state__in=["queued", "sending"])
                | models.Q(text="", html=""),
                name="mail_code_emptied",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ceiling__in=["", "sign_in", "sign_up", "link", "known_browser", "form_code", "form", "signature"]
                ),
                name="mail_ceiling_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="mail_sent_has_time"
            ),
            models.CheckConstraint(
                condition=models.Q(about_type__isnull=True, about_id__isnull=True)
                | models.Q(about_type__isnull=False, about_id__isnull=False),
                name="mail_about_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.to}"
