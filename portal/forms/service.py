"""How forms look on the service pages: Django's own renderer, with govuk-frontend's classes in a few templates.

What is typed is cleaned in every form of every library: all render with CleaningRenderer or one derived from it.

A form takes it over by deriving from ServiceForm or ServiceModelForm (or ServiceFormMixin for a library's form).
"""

from pathlib import Path

from django import forms
from django.conf import settings
from django.forms import renderers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import text
from .national_numbers import NationalNumberWarningMixin


class CleanBoundField(forms.BoundField):
    """A field whose text is cleaned before it is judged, and shown again as it was understood."""

    @property
    def data(self):
        found = super().data
        if isinstance(found, str):
            return self.clean_text(found)
        if isinstance(found, list):
            return [self.clean_text(part) if isinstance(part, str) else part for part in found]
        return found

    @property
    def clean_text(self) -> text.Cleaning:
        """A field may bring its own cleaning, for a name or a number; others are cleaned by what can be typed there."""
        if own := getattr(self.field, "clean_text", None):
            return own
        if isinstance(self.field, forms.EmailField):
            return text.clean_address
        if isinstance(self.field, forms.IntegerField | forms.DurationField | forms.fields.BaseTemporalField):
            return text.clean_number
        return text.clean_line if isinstance(self.field.widget, forms.TextInput) else text.clean


class CleaningRenderer(renderers.DjangoTemplates):
    """Django's own renderer (FORM_RENDERER), for forms that clean what is typed."""

    bound_field_class = CleanBoundField


class ServiceBoundField(CleanBoundField):
    """A field that tells its widget about errors and points to all that describes it."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.errors:
            attrs["aria-invalid"] = "true"
        return attrs

    @property
    def first_control(self) -> str:
        """The id to which an error leads."""
        if self.widget_type in ("radioselect", "checkboxselectmultiple"):
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def counted(self) -> int | None:
        """The greatest length of a text of several lines: what is left is counted while one types."""
        return self.field.max_length if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def aria_describedby(self):
        described = super().aria_describedby
        return " ".join(filter(None, [described, f"{self.auto_id}-info"])) if self.counted else described


class ServiceRenderer(CleaningRenderer):
    """Looks in templates/forms first, then at Django's own."""

    form_template_name = "form.html"
    field_template_name = "field.html"
    bound_field_class = ServiceBoundField

    @cached_property
    def engine(self):
        # Not super().engine: for a moment, that would be the engine of all other requests too.
        return self.backend(
            {
                "APP_DIRS": False,
                "DIRS": [
                    settings.BASE_DIR / "templates" / "forms",
                    Path(renderers.__file__).parent / self.backend.app_dirname,
                ],
                "NAME": "serviceforms",
                "OPTIONS": {},
            }
        )


# One for all: given as a class, Django would make one with its own template engine and its own cache for each form.
RENDERER = ServiceRenderer()


class ServiceFormMixin(NationalNumberWarningMixin):
    """The manners of a service form: our renderer, no placeholder, no asterisk, errors at the field."""

    default_renderer = RENDERER
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            # What the label says; a form that saves unfinished work sets it apart from `required`.
            field.optional = not field.required

    @property
    def to_mend(self) -> list:
        """The fields with an error, in their order, for the summary of errors."""
        return [field for field in self if field.errors]


class YesNoField(forms.TypedChoiceField):
    """A question answered by yes or no: True, False, or None while it is open."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=[("True", _("yes")), ("False", _("no"))],
            coerce=lambda value: value == "True",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )


class ServiceForm(ServiceFormMixin, forms.Form):
    """A plain form on a service page."""


class ServiceModelForm(ServiceFormMixin, forms.ModelForm):
    """A model's form on a service page."""


class DeskForm(NationalNumberWarningMixin, forms.Form):
    """A form at the desk in which people write freely; it looks as Wagtail's forms do."""


class DeskModelForm(NationalNumberWarningMixin, forms.ModelForm):
    """A model's form at the desk, the same way."""
