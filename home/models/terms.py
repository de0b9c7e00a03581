"""The official terms in four languages, which translators get beside the texts."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.shipped_texts import ShippedText

SEVERAL = _("Several spellings are parted by a semicolon; the first one is suggested.")


def new_key() -> str:
    return uuid.uuid4().hex


class OfficialTerm(ShippedText):
    """One thing, and what it is called in each language: the first spelling is suggested, all of them are known."""

    key_fields = ("key",)
    words = ("nl", "fr", "de", "en")

    key = models.CharField(max_length=60, unique=True, default=new_key, editable=False, help_text="of what was shipped")
    nl = models.CharField(_("Dutch"), max_length=200, help_text=SEVERAL)
    fr = models.CharField(_("French"), max_length=200, help_text=SEVERAL)
    de = models.CharField(_("German"), max_length=200, help_text=SEVERAL)
    en = models.CharField(_("English"), max_length=200, help_text=SEVERAL)

    class Meta:
        verbose_name = _("official term")
        verbose_name_plural = _("official terms")
        ordering = ["nl"]

    def __str__(self) -> str:
        return "; ".join(self.spellings("nl")[:1])

    def spellings(self, language: str) -> list[str]:
        """In this language, the suggested one first."""
        return [spelling.strip() for spelling in getattr(self, language).split(";") if spelling.strip()]
