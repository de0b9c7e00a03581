"""Encryption of secrets that the database keeps: those of authenticator apps, and the seeds of recovery codes.

Whoever gets hold of a dump or a backup has nobody's second step (docs/decisions/0051-secrets-at-rest.md).
"""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

# The parts of `Authenticator.data` that allauth encrypts, by type; each is a text or a list of texts.
ENCRYPTED = {
    Authenticator.Type.TOTP: {"secret"},
    Authenticator.Type.RECOVERY_CODES: {"seed", "migrated_codes"},
}


class Unreadable(Exception):
    """A value that none of the keys opens: never encrypted, or with a key that is gone."""


def fernet() -> MultiFernet:
    """Encrypts with the first of ENCRYPTION_KEYS, reads with any. ValueError where one is no key, or there is none."""
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


def encrypt(text: str) -> str:
    return fernet().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What `encrypt` was given; Unreadable for anything else, so also for a plain text."""
    try:
        return fernet().decrypt(encrypted).decode()
    except InvalidToken:
        raise Unreadable("None of ENCRYPTION_KEYS opens this value.") from None


def secrets_of(authenticator: Authenticator) -> list[str]:
    """The encrypted values of this row."""
    found = [authenticator.data[name] for name in ENCRYPTED[authenticator.type] & authenticator.data.keys()]
    return [value for values in found for value in (values if isinstance(values, list) else [values])]


def unreadable(using: str = "default") -> list[Authenticator]:
    """The rows that hold a value which none of the keys opens."""
    # Before a migration the table of users may have other columns than the model: only these are read.
    return [row for row in _rows(using).only("type", "data", "user_id") if not _is_readable(row)]


def _rows(using: str):
    return Authenticator.objects.using(using).filter(type__in=ENCRYPTED).order_by("pk")


def _is_readable(row: Authenticator) -> bool:
    try:
        for value in secrets_of(row):
            decrypt(value)
    except Unreadable:
        return False
    return True


def rotate() -> int:
    """Encrypt every value anew with the first key, each row under its lock; how many rows. Unreadable ones are left."""
    count = 0
    for pk in _rows("default").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None or not _is_readable(row):
                continue
            row.data |= {name: _rotated(row.data[name]) for name in ENCRYPTED[row.type] & row.data.keys()}
            row.save(update_fields=["data"])
            count += 1
    return count


def _rotated(value: Any) -> Any:
    if isinstance(value, list):
        return [_rotated(part) for part in value]
    return fernet().rotate(value).decode()
