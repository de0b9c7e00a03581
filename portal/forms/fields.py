"""Fields that take what people type: numbers with spaces, dots and a decimal comma, and dates in three parts."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from .. import text

SPACES = re.compile(r"[\s'’]")
GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
CURRENCY = r"(?:€|euros|euro|eur)"
# A word or a letter behind a digit: “0470 12 34 56 (An)”, but not “Tel. 0470 12 34 56”.
WORDS_BEHIND = re.compile(r"\d.*[^\W\d_]", re.DOTALL)
AROUND_AMOUNT = re.compile(rf"^{CURRENCY}?(?P<amount>.*?)(?:,[-‐‑–—]+)?{CURRENCY}?$", re.IGNORECASE)


def read_number(typed: str) -> Decimal | None:
    """The number that someone typed as Belgium writes it: 1 250,50, 1.250,50, 1250.5, € 1250, 1250,-, 1250 euro; None
    for anything else.

    A comma is decimal; where exactly three digits follow it someone may mean thousands: that is no number. A dot groups
    where exactly three digits follow it, and is decimal elsewhere.
    """
    bare = AROUND_AMOUNT.sub(r"\g<amount>", SPACES.sub("", text.clean_number(typed)))
    whole, comma, decimals = bare.partition(",")
    if len(decimals) == 3:
        return None
    if not comma and not GROUPED.fullmatch(whole):
        whole, _dot, decimals = bare.partition(".")
    if GROUPED.fullmatch(whole):
        whole = whole.replace(".", "")
    if not re.fullmatch("[0-9]{1,12}", whole) or not re.fullmatch("[0-9]{0,12}", decimals):
        return None
    return Decimal(f"{whole}.{decimals or 0}")


class DayInput(forms.DateInput):
    """A day as the browser asks for it, typed or chosen in the reader's own order."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class UnitInput(forms.TextInput):
    """An input with its unit before or behind it."""

    template_name = "unit_input.html"

    def __init__(self, *, prefix: str = "", suffix: str = "", width: int = 5, inputmode: str = "numeric"):
        super().__init__({"size": str(width), "inputmode": inputmode})
        self.prefix, self.suffix = prefix, suffix

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"].update(prefix=self.prefix, suffix=self.suffix)
        return context


class NumberField(forms.CharField):
    """A whole number between two bounds, tolerantly read."""

    clean_text = staticmethod(text.clean_number)
    default_error_messages = {
        "number": _("Write a number in digits."),
        "whole": _("Write a whole number."),
        "least": _("Write a number from %(least)d on."),
        "most": _("Write a number up to %(most)d."),
    }

    def __init__(self, *, least: int = 0, most: int, **kwargs):
        super().__init__(**{"widget": UnitInput(), **kwargs})
        self.least, self.most = least, most

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return None
        number = read_number(typed)
        if number is None:
            raise self.error("number")
        number = self.exact(number)
        if number < self.least:
            raise self.error("least")
        if number > self.most:
            raise self.error("most")
        return number

    def run_validators(self, value):
        """Nothing more: the text was judged as a number."""

    def exact(self, number: Decimal):
        if number != number.to_integral():
            raise self.error("whole")
        return int(number)

    def error(self, code: str) -> forms.ValidationError:
        message = self.error_messages[code] % {"least": self.least, "most": self.most}
        return forms.ValidationError(message, code=code)


class AmountField(NumberField):
    """An amount in euros, to the cent."""

    default_error_messages = {
        "number": _("Write an amount in digits, for example 850 or 850,50."),
        "cents": _("Write at most two digits after the comma, for example 850,50."),
        "most": _("Write an amount up to %(most)d euros."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"widget": UnitInput(prefix="€", inputmode="decimal"), **kwargs})

    def exact(self, number: Decimal) -> Decimal:
        if number != round(number, 2):
            raise self.error("cents")
        return round(number, 2)

    def prepare_value(self, value):
        return f"{value:.2f}".removesuffix(".00").replace(".", ",") if isinstance(value, Decimal) else value


class TextField(forms.CharField):
    """Text of a known greatest length, counted in characters as the page counts them (service.js)."""

    def widget_attrs(self, widget):
        """No maxlength: it would cut what is pasted without a word. The hint says it and the server refuses more."""
        return {}


class NameField(forms.CharField):
    """A name: without anything invisible. What a name may be, the validators say."""

    clean_text = staticmethod(text.clean_name)


class TelephoneField(PhoneNumberField):
    """A telephone number as people write it: in the Belgian way, or with its country in front; gives a PhoneNumber."""

    widget = forms.TelInput
    clean_text = staticmethod(text.clean_number)
    default_error_messages = {
        "invalid": _(
            "This is not a telephone number. Check the digits. Write one number, for example 0470 12 34 56, or with "
            "the country in front: +31 6 12345678."
        ),
        "extension": _("We cannot keep an extension. Write the number alone."),
    }

    def to_python(self, value):
        number = super().to_python(value)
        if not number:
            return number
        # Neither is part of what is stored: left out without a word, nobody would see that it is gone.
        if number.extension:
            raise forms.ValidationError(self.error_messages["extension"], code="extension")
        if WORDS_BEHIND.search(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year, as three inputs of one group."""

    template_name = "date_parts.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs=None):
        parts = {part: forms.TextInput({"inputmode": "numeric"}) for part in ("day", "month", "year")}
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, label, width in zip(context["widget"]["subwidgets"], self.labels, (2, 2, 4), strict=True):
            part.update(label=label, width=width)
        return context

    def id_for_label(self, id_):
        """Errors lead to the day."""
        return f"{id_}_0"


def month_in_digits(typed: str) -> str:
    """The number of a month written as a word: its name, the usual short one, or a beginning that no other has."""
    word = text.fold(typed).rstrip(".")
    found = [
        number
        for number, name in MONTHS.items()
        if len(word) >= 3 and (text.fold(str(name)).startswith(word) or text.fold(str(MONTHS_3[number])) == word)
    ]
    return str(found[0]) if len(found) == 1 else typed


class DateField(forms.MultiValueField):
    """A date typed in three parts: a whole, real one, or none. The month may be a word of the reader's language."""

    widget = DatePartsWidget
    clean_text = staticmethod(text.clean_number)
    default_error_messages = {
        "incomplete": _("Write the day, the month and the year."),
        "invalid": _("Write a real date in digits, for example 1 3 2027."),
        "year": _("Write a year between 2000 and 2100."),
    }

    def __init__(self, **kwargs):
        parts = [forms.CharField(required=False) for _part in range(3)]
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value):
        """One judgement about the three parts together."""
        parts = [str(part or "").strip() for part in value or ()]
        if not any(parts):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        parts[1] = month_in_digits(parts[1])
        if not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = map(int, parts)
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        try:
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
