from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..model_fields import PersonNameField
from ..text import clean_address


def languages() -> list[tuple[str, str]]:
    """The languages that the site speaks now; a function, so that a new one needs no migration."""
    return settings.LANGUAGES


class UserManager(BaseUserManager):
    """Makes people whose e-mail address is their name; nobody has a password."""

    def create_user(self, email: str, **fields) -> "User":
        """A new User with `email` (cleaned, lower-cased) and no usable password; ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=clean_address(email), **fields)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, *args, **fields) -> "User":
        """Never: there are no superusers. What people may do comes from their groups alone."""
        raise ValidationError("There are no superusers. Use manage.py make_administrator.")

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=clean_address(email))


class User(AbstractUser):
    """A person, known by e-mail address, who signs in with a mailed code."""

    username = None
    first_name = PersonNameField(_("first name"), max_length=150, blank=True)
    last_name = PersonNameField(_("last name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=languages, default="nl")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(condition=Q(is_superuser=False, is_staff=False), name="user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def rights(self) -> dict[str, set[str]]:
        """What each of this person's groups may do ("app.codename"), all in one query."""
        found: dict[str, set[str]] = {}
        rows = self.groups.values_list("name", "permissions__content_type__app_label", "permissions__codename")
        for name, app, codename in rows.order_by():
            found.setdefault(name, set())
            if codename:
                found[name].add(f"{app}.{codename}")
        return found

    def has_usable_password(self) -> bool:
        """Never, however the account was made: people sign in with a mailed code."""
        return False
