"""The support calculator: households, an estimate, and an address to share, to print and to go on from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from applications.pages.forms.fields import MOST_HOUSEHOLDS, HouseholdSizesField
from applications.questionnaire.questions import BY_NUMBER
from partners.models import Rate
from partners.support.estimate import Line, estimate_for, rates_on
from portal import clock
from portal.forms.service import ServiceForm

from .alternates import same_address
from .calculation import DIRECT, LATER, Calculation, households_of
from .models.pages import CACHE_SECONDS

MOST_ROWS = 10
# Where one says who counts as head and who as member, as we read the brochure (partners/support/estimate.py).
OUR_READING = Rate.Code.DIRECT_HEAD
WAYS = [(DIRECT, _("straight on arrival")), (LATER, _("after a stay in the reception network"))]


class CalculatorForm(ServiceForm):
    """Rows of households that come the same way, then for how long. What is empty beside the first row is left out."""

    years = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=[(1, _("one year")), (2, _("two years"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one year or two years."),
            "invalid_choice": _("Choose one year or two years."),
        },
    )

    def __init__(self, *args, rows: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = range(1, rows + 1)
        for number in self.numbers:
            self.fields[f"size_{number}"] = HouseholdSizesField(
                label=BY_NUMBER["3.1"].label if number == 1 else _("How many persons are in each of these households?"),
                help_text=BY_NUMBER["3.1"].help if number == 1 else "",
                required=number == 1,
                error_messages={"required": _("Write how many persons are in each household.")},
            )
            self.fields[f"arrival_{number}"] = forms.ChoiceField(
                label=_("How do they come to you?"),
                choices=WAYS,
                required=number == 1,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose how they come to you."),
                    "invalid_choice": _("Choose how they come to you."),
                },
            )
            for name in (f"size_{number}", f"arrival_{number}"):
                self.fields[name].optional = False
            self.fields[f"size_{number}"].widget.attrs["size"] = "20"
        self.order_fields([*(f"{name}_{number}" for number in self.numbers for name in ("size", "arrival")), "years"])

    @property
    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(number, self[f"size_{number}"], self[f"arrival_{number}"]) for number in self.numbers]

    def clean(self):
        given = super().clean()
        for number in self.numbers[1:]:
            size, arrival = f"size_{number}", f"arrival_{number}"
            # One of the two alone: neither is left out unseen.
            for name, other in ((size, arrival), (arrival, size)):
                if name in given and other in given and given[name] in ([], "") and given[other]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        many = [size for number in self.numbers for size in given.get(f"size_{number}") or []]
        if len(many) > MOST_HOUSEHOLDS:
            error = self.fields["size_1"].error_messages["many"] % {"most": MOST_HOUSEHOLDS}
            self.add_error(f"size_{self.numbers[-1]}", error)
        return given

    @property
    def calculation(self) -> Calculation:
        """What was answered, once the form is valid."""
        given = self.cleaned_data
        rows = [(given[f"size_{number}"], given[f"arrival_{number}"]) for number in self.numbers]
        return Calculation(households_of(rows), given["years"])


@dataclass(frozen=True)
class Result:
    """A calculation with its amounts of one day."""

    calculation: Calculation
    rates: dict[str, Rate]

    @cached_property
    def estimate(self):
        amounts = {code: rate.amount for code, rate in self.rates.items()}
        return estimate_for(self.calculation.households, years=self.calculation.years, rates=amounts)

    @property
    def total(self) -> Decimal:
        return self.estimate.total

    @property
    def lines(self) -> list[tuple[Line, Rate, bool]]:
        """Each line with its rate, and whether it is the first that rests on how we read the brochure."""
        return [(line, self.rates[line.code], line.code == OUR_READING) for line in self.estimate.lines]

    @property
    def source_date(self) -> date:
        """Of the newest of its amounts."""
        return max(rate.source_date for _line, rate, _ours in self.lines)


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def calculator(request):
    """Everything stands in the address: no cookie, nothing kept."""
    asked = with_rows(request.GET)
    number = rows_in(asked)
    context = {"alternates": same_address(request, "calculator"), "most_rows": MOST_ROWS}
    if "add" in asked or "remove" in asked:
        # Another row, or one less: what was typed stays, and is not judged yet.
        context["form"] = changed_form(asked, number)
        return render(request, "home/calculator.html", context)
    form = context["form"] = CalculatorForm(asked if answers_in(asked) else None, rows=number)
    other = Calculation.from_key(asked.get("with", ""))
    context["compared_with"] = other
    if form.is_bound and form.is_valid():
        rates = rates_on(clock.today())
        context["result"] = Result(form.calculation, rates)
        if other and other != form.calculation:
            context["other"] = Result(other, rates)
            difference = context["result"].total - context["other"].total
            context["more"], context["less"] = max(difference, 0), max(-difference, 0)
    return render(request, "home/calculator.html", context)


def answers_in(asked: QueryDict) -> bool:
    return any(name.startswith(("size_", "arrival_", "years")) for name in asked)


def with_rows(asked: QueryDict) -> QueryDict:
    """The answers of an address; those of before there were rows (pages and bookmarks have them) as one row."""
    found = asked.copy()
    ways, years = {"True": DIRECT, "False": LATER}, {"True": "2", "False": "1"}
    for old, new, values in (
        ("household_sizes", "size_1", None),
        ("straight_on_arrival", "arrival_1", ways),
        ("second_year", "years", years),
    ):
        if old in found:
            value = found.pop(old)[-1]
            found.setdefault(new, values.get(value, value) if values else value)
    return found


def rows_in(asked: QueryDict) -> int:
    return max((n for n in range(1, MOST_ROWS + 1) if f"size_{n}" in asked or f"arrival_{n}" in asked), default=1)


def changed_form(asked: QueryDict, number: int) -> CalculatorForm:
    """The form with a row more, or without the row that `remove` names; with what was typed in it."""
    rows = [(asked.get(f"size_{n}", ""), asked.get(f"arrival_{n}", "")) for n in range(1, number + 1)]
    gone = asked.get("remove", "")
    if gone.isdecimal() and 1 < int(gone) <= number:
        del rows[int(gone) - 1]
    elif "add" in asked and number < MOST_ROWS:
        rows.append(("", ""))
    initial = {"years": asked.get("years", "")}
    for n, (size, arrival) in enumerate(rows, start=1):
        initial |= {f"size_{n}": size, f"arrival_{n}": arrival}
    return CalculatorForm(initial=initial, rows=len(rows))
