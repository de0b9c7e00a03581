from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.model_fields import FullNameField, TelephoneNumberField

from .application import Application


class Contact(models.Model):
    """Whom Fedasil reaches about the partnership once it runs: the contact person, or the deputy."""

    class Role(models.TextChoices):
        CONTACT = "contact", _("Contact person")
        DEPUTY = "deputy", _("Deputy")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(_("Role"), max_length=10, choices=Role)
    name = FullNameField(_("Name"), max_length=150, blank=True)
    function = models.CharField(_("Function"), max_length=150, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    phone = TelephoneNumberField(_("Telephone"), max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "role"], name="contact_role_once"),
            models.CheckConstraint(condition=Q(role__in=["contact", "deputy"]), name="contact_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.name}"
