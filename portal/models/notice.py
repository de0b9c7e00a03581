from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How someone wants to be told; in the desk one always is."""

    AT_ONCE = "at_once", _("a mail at once")
    DIGEST = "digest", _("in one mail each morning")
    DESK = "desk", _("in the desk only")


class Notice(models.Model):
    """That something happened to a thing, for one person: never what stands in it (portal/staff/notices.py)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    stands_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", help_text="the absent person"
    )
    kind = models.CharField(max_length=40)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    key = models.CharField(max_length=150, help_text="the same event, one notice for each person")
    way = models.CharField(max_length=10, choices=Way, help_text="as the person had chosen then")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    in_digest_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["at"],
                condition=Q(way="digest", read_at__isnull=True, in_digest_at__isnull=True),
                name="notice_for_digest",
            ),
            models.Index(fields=["about_type", "about_id", "kind"], name="notice_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(way__in=["at_once", "digest", "desk"]), name="notice_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"


class NoticeChoice(models.Model):
    """How one person wants to be told of one kind of thing, where it is not the usual way."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once_a_kind"),
            models.CheckConstraint(condition=Q(way__in=["at_once", "digest", "desk"]), name="notice_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.way}"
