"""Every account has exactly one address row (allauth's EmailAddress), that of its User."""

from allauth.account.models import EmailAddress

from ..models import User
from ..text import clean_address


def keep_address(sender, instance: User, raw=False, update_fields=None, **kwargs) -> None:
    """Signing in finds the account by its row, and an address that was changed is no way in any more (post_save)."""
    if raw or (update_fields is not None and "email" not in update_fields):
        return
    email = clean_address(instance.email)
    EmailAddress.objects.filter(user=instance).exclude(email=email).delete()
    EmailAddress.objects.get_or_create(user=instance, email=email, defaults={"primary": True})


def owner_of(email: str) -> User | None:
    """The account with this address, closed ones too; one query, whether there is one or not."""
    row = EmailAddress.objects.filter(email=clean_address(email)).select_related("user").first()
    return row.user if row else None


def set_proved(user: User) -> None:
    """Note that this person reads the mails to the account's address."""
    EmailAddress.objects.filter(user=user).update(verified=True)
