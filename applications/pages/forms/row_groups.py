"""The rows of a question as forms in the form of its section: added, removed and read without JavaScript."""

import re
from functools import cached_property

from django import forms
from django.db import models
from django.db.models import Q
from django.forms.utils import ErrorDict, ErrorList
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partners.models import Municipality
from portal.forms.fields import AmountField, DateField, NumberField, TextField, UnitInput
from portal.forms.service import RENDERER, ServiceModelForm, YesNoField
from portal.model_fields import TelephoneNumberField
from portal.text import fold

from ...models import Application, Contact, Dwelling, GuidanceStep
from ...models.dwelling import LEAST_MONTHS
from ...questionnaire.definition import Question
from ...questionnaire.row_groups import MOST_ROWS, RowGroup, stored
from .fields import LONGEST_TEXT, with_length

ROW = r"-(\d{1,4})-"


class RowForm(ServiceModelForm):
    """One row of `rows`. `title` names it, also in the summary of errors."""

    asks_to_keep = False

    def __init__(self, *args, rows: RowGroup, title: str, optional: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.title, self.optional = rows, title, optional
        for name, field in self.fields.items():
            field.required = False
            field.optional = name not in (*rows.needed, rows.tick, *rows.folded) and not optional
            # Said once for all rows.
            with_length(field, hint=False)

    def _post_clean(self):
        """Nothing: the fields judge each answer, and no row is saved from here."""

    @property
    def index(self) -> str:
        return self.prefix.rpartition("-")[2]

    @property
    def auto_id_of_row(self) -> str:
        return f"id_{self.prefix}"

    # ── What the template asks ───────────────────────────────────────────────────────────────────────────────────────
    @property
    def is_folded(self) -> bool:
        """Whether the whole row waits until it is asked for: it is optional, and nothing stands in it."""
        return self.optional and not any(field.value() or field.errors for field in self)

    @property
    def tick(self) -> forms.BoundField | None:
        return self[self.rows.tick] if self.rows.tick else None

    @property
    def shown(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in (self.rows.tick, *self.rows.folded)]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.rows.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether something stands in a part that is folded, or is wrong there."""
        return any(field.value() or field.errors for field in self.folded)


class MunicipalitySelect(forms.Select):
    """The list of municipalities, written out once for all rows of a page."""

    template_name = "select_written.html"

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        marked = format_html('value="{}"', value or "")
        context["widget"]["options"] = mark_safe(self.written.replace(marked, f"{marked} selected", 1))  # noqa: S308
        return context


class Municipalities:
    """Those to choose from and those that were chosen before, read and written when the first row needs them."""

    def __init__(self, application: Application):
        self.application = application

    @cached_property
    def offered(self) -> list[Municipality]:
        chosen = self.application.dwellings.order_by().values("municipality__pk")
        found = Municipality.objects.offered(chosen).annotate(is_chosen=Q(pk__in=chosen))
        return sorted(found, key=lambda municipality: fold(municipality.name))

    @cached_property
    def names(self) -> dict[str, str]:
        return {municipality.refnis: municipality.name_as_offered for municipality in self.offered}

    def today(self, refnis: str) -> str:
        """A former municipality stands for the one that it is part of now, unless it was chosen while it existed."""
        former = {found.refnis: found.today.refnis for found in self.offered if not found.is_chosen}
        return former.get(refnis, refnis)

    @cached_property
    def written(self) -> str:
        empty = format_html('<option value="">{}</option>', _now("Choose a municipality"))
        return empty + format_html_join("", '<option value="{}">{}</option>', self.names.items())


class DwellingForm(RowForm):
    municipality = forms.ChoiceField(label=Dwelling._meta.get_field("municipality").verbose_name)
    bedrooms = NumberField(most=50, label=Dwelling._meta.get_field("bedrooms").verbose_name, widget=UnitInput(width=3))
    persons = NumberField(
        least=1, most=50, label=Dwelling._meta.get_field("persons").verbose_name, widget=UnitInput(width=3)
    )
    rent = AmountField(most=99_999, label=Dwelling._meta.get_field("rent").verbose_name)
    available_from = DateField(label=Dwelling._meta.get_field("available_from").verbose_name)
    months = NumberField(
        least=LEAST_MONTHS,
        most=600,
        label=Dwelling._meta.get_field("months").verbose_name,
        help_text=_("At least 12."),
        widget=UnitInput(width=3, suffix=_("months")),
        error_messages={
            "least": _("The home has to be available for at least 12 months."),
            "most": _("Write a number of months up to 600."),
            "number": _("Write the number of months in digits, for example 24."),
        },
    )
    adapted = YesNoField(label=Dwelling._meta.get_field("adapted").verbose_name)

    class Meta:
        model = Dwelling
        fields = [
            "secured",
            "kind",
            "municipality",
            "bedrooms",
            "persons",
            "rent",
            "available_from",
            "months",
            "adapted",
        ]
        widgets = {"secured": forms.RadioSelect, "kind": forms.RadioSelect}

    def __init__(self, *args, municipalities: Municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["secured"].choices = Dwelling.Secured.choices
        self.fields["kind"].choices = Dwelling.Kind.choices
        # What is not needed is told here; the field of a model that may stay empty does not know.
        self.municipalities = municipalities
        municipality = self.fields["municipality"]
        municipality.widget = MunicipalitySelect()
        municipality.choices = municipalities.names.items()
        municipality.widget.written = municipalities.written

    def clean_municipality(self):
        return self.municipalities.today(self.cleaned_data["municipality"]) or None


class StepForm(RowForm):
    class Meta:
        model = GuidanceStep
        fields = ["by_team", "who", "how"]
        field_classes = {"who": TextField, "how": TextField}
        widgets = {"how": forms.Textarea(attrs={"rows": 2})}


class ContactForm(RowForm):
    class Meta:
        model = Contact
        fields = ["name", "function", "email", "phone"]
        field_classes = {"function": TextField}
        widgets = {"phone": forms.TelInput(attrs={"size": "20"})}


ROW_FORMS = {Dwelling: DwellingForm, GuidanceStep: StepForm, Contact: ContactForm}


class RowGroupForm:
    """All rows of one question. What was typed stays in the data: adding and removing changes only which rows count."""

    def __init__(self, question: Question, application: Application, data=None):
        self.question, self.rows, self.name = question, question.rows, question.field
        self.application = application
        self.data = data
        self.label = f"{question.number} {question.label}"
        self.help_text = " ".join([str(question.help), *self.length_hint()])
        self.auto_id = f"id_{self.name}"
        self.errors = ErrorList()
        self.rearranged = data is not None and not self.rows.key and self.pressed is not None
        rows_stored = stored(application, self.name) if data is None else []
        self.extra = {"municipalities": Municipalities(application)} if self.rows.model is Dwelling else {}
        self.forms = self.fixed_forms(rows_stored) if self.rows.key else self.free_forms(rows_stored)

    def length_hint(self) -> list[str]:
        """How long each text of a row may be, said once; an e-mail address or a number is as long as it is."""
        fields = [self.rows.field(name) for name in self.rows.fields]
        limits = [
            f"“{field.verbose_name}” {number_format(field.max_length or LONGEST_TEXT, force_grouping=True)}"
            for field in fields
            if isinstance(field, models.TextField | models.CharField)
            and not field.choices
            and not isinstance(field, models.EmailField | TelephoneNumberField)
        ]
        return [_("Characters at most: %s.") % ", ".join(limits)] if limits else []

    # ── Which rows ───────────────────────────────────────────────────────────────────────────────────────────────────
    def fixed_forms(self, rows_stored) -> list[RowForm]:
        by_key = {getattr(row, self.rows.key): row for row in rows_stored}
        if self.rows.tick and not rows_stored:
            by_key = {key: self.rows.model(**{self.rows.tick: True}) for key, _label in self.rows.keys}
        return [
            self.row_form(key, by_key.get(key) or self.suggested(key), number, key)
            for number, (key, _label) in enumerate(self.rows.keys)
        ]

    def suggested(self, key: str) -> Contact | None:
        """Whom section 1 names, where no contact person is written yet: shown, and saved with the section."""
        if self.rows.model is not Contact or key != Contact.Role.CONTACT:
            return None
        return Contact(**{name: getattr(self.application, f"contact_{name}") for name in self.rows.fields})

    def free_forms(self, rows_stored) -> list[RowForm]:
        if self.data is None:
            return [self.row_form(number, row, number) for number, row in enumerate(rows_stored or [None])]
        pattern = re.compile(re.escape(self.name) + ROW)
        indexes = sorted({int(found[1]) for name in self.data if (found := pattern.match(name))})
        if self.rearranged:
            indexes = self.rearrange(indexes)
        if len(indexes) > MOST_ROWS:
            self.errors.append(_("Write at most %d dwellings.") % MOST_ROWS)
            indexes = indexes[:MOST_ROWS]
        return [self.row_form(index, None, number) for number, index in enumerate(indexes or [0])]

    @property
    def pressed(self) -> str | None:
        """The button of this group that was pressed."""
        return next((name for name in (f"{self.name}-add", f"{self.name}-remove") if name in self.data), None)

    def rearrange(self, indexes: list[int]) -> list[int]:
        if self.pressed == f"{self.name}-remove":
            return [index for index in indexes if str(index) != self.data[self.pressed]]
        return [*indexes, max(indexes, default=-1) + 1] if len(indexes) < MOST_ROWS else indexes

    def row_form(self, index, row, number: int, key: str = "") -> RowForm:
        return ROW_FORMS[self.rows.model](
            self.data,
            instance=row or self.rows.model(),
            prefix=f"{self.name}-{index}",
            title=self.rows.title(number + 1, key),
            rows=self.rows,
            optional=bool(key) and key not in self.rows.needed_keys,
            **self.extra,
        )

    # ── What the template asks ───────────────────────────────────────────────────────────────────────────────────────
    @property
    def may_add(self) -> bool:
        return not self.rows.key and len(self.forms) < MOST_ROWS

    @property
    def may_remove(self) -> bool:
        return not self.rows.key and len(self.forms) > 1

    @property
    def next_index(self) -> int:
        return max(int(form.index) for form in self.forms) + 1

    @property
    def first_control(self) -> str:
        return self.auto_id

    def as_field_group(self) -> str:
        return mark_safe(RENDERER.render("rows.html", {"group": self}))  # noqa: S308

    # ── What was answered ────────────────────────────────────────────────────────────────────────────────────────────
    def judge_nothing(self) -> None:
        """Show what was typed without a word about it: a row was added or removed, nothing was sent."""
        for form in self.forms:
            form._errors = ErrorDict()

    def is_valid(self) -> bool:
        return not self.errors and all(form.is_valid() for form in self.forms)

    @property
    def to_mend(self) -> list:
        return [*([self] if self.errors else []), *(field for form in self.forms for field in form.to_mend)]

    @property
    def answer(self) -> list[dict]:
        """As plain data, without rows in which nothing stands."""
        rows = []
        for form in self.forms:
            key = {self.rows.key: form.index} if self.rows.key else {}
            rows.append(self.rows.plain({**form.cleaned_data, **key}))
        return [row for row in rows if not self.rows.is_blank(row)]
