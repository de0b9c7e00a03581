"""Numbers that identify a person, in free text: whoever types one is warned, and says whether it stays.

They are those of the National Register, and the Immigration Office's numbers of the files of foreigners.

Only who is allowed to by law may use the number (Act of 8 August 1983 on a National Register); no form asks for it.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.be import bis, nn

from ..text import clean_number

# Birth date, order of birth, check digits: 85.07.30-033.28, or the same with other signs or none between.
WRITTEN = re.compile(r"(?<!\d)\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]{0,3}\d{3}[ ./-]?\d{2}(?!\d)")
# The file of a foreigner: what people call it in Dutch, French and German, and its seven or eight digits.
FILE = re.compile(
    r"\b(?:O\.?V\.?|DVZ|S\.?P\.?|O\.?E\.?|AA)(?:[- ]?(?:nummer|dossier|num[ée]ro|nr|n°|no))?[ .:°-]{1,3}"
    r"\d(?:[. ]?\d){6,7}\b",
    re.IGNORECASE,
)
KEPT = "number_kept"


def stands_in(text: str) -> bool:
    """True where the text holds a number of the National Register, a BIS number or the number of a foreigner's file."""
    text = clean_number(text)
    return bool(FILE.search(text)) or any(nn.is_valid(found) or bis.is_valid(found) for found in WRITTEN.findall(text))


class NationalNumberWarningMixin:
    """A form that holds back free text with a national register number once, until it is taken out or confirmed.

    `warned` is true then, and the form has a box to tick. A form that is part of another leaves the box to that one
    (`asks_to_keep`).
    """

    warned = False
    asks_to_keep = True

    def clean(self):
        cleaned = super().clean()
        if KEPT in self.data:
            return cleaned
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and stands_in(str(self.cleaned_data.get(name) or "")):
                self.warned = True
                self.add_error(name, warning())
        if self.warned and self.asks_to_keep:
            self.ask_to_keep()
        return cleaned

    def ask_to_keep(self) -> None:
        self.fields[KEPT] = forms.BooleanField(
            label=_("Keep the text as it is."), required=False, help_text=_("For example where it is another number.")
        )
        self.fields[KEPT].optional = False


def warning() -> forms.ValidationError:
    return forms.ValidationError(
        _(
            "This looks like a national register number, or the number of someone’s file. Only some services may use "
            "it by law, and we do not need it. "
            "Take it out, or say below that the text stays as it is."
        ),
        code="national_number",
    )
