from django.utils.translation import gettext_lazy as _

from portal.forms.service import ServiceForm, YesNoField

from ...questionnaire.questions import BY_NUMBER
from .fields import HouseholdSizesField


class OfferNumbersForm(ServiceForm):
    """The numbers of an offer that decide on its support: the same questions as in the application, all needed."""

    household_sizes = HouseholdSizesField(
        label=BY_NUMBER["3.1"].label,
        help_text=BY_NUMBER["3.1"].help,
        error_messages={"required": _("Write how many persons are in each household.")},
    )
    straight_on_arrival = YesNoField(
        label=BY_NUMBER["3.2"].label,
        help_text=BY_NUMBER["3.2"].help,
        error_messages={"required": _("Choose yes or no.")},
    )
    second_year = YesNoField(label=BY_NUMBER["3.3"].label, error_messages={"required": _("Choose yes or no.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["household_sizes"].widget.attrs["size"] = "20"
