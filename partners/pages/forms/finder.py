"""What is asked in the partner finder."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from portal.forms.fields import DayInput, TextField
from portal.forms.service import ServiceForm

from ...finder import notices
from ...models import FinderNotice, Organisation
from ...models.finder import refuse_addresses
from ...models.municipality import Province
from ...organisations.municipality_field import MunicipalityField

PLACES = ("place_1", "place_2", "place_3")


class NoticeForm(ServiceForm):
    """One's own notice; `chosen` gives it as the verb takes it."""

    seeks = forms.MultipleChoiceField(
        label=_("What do you seek?"),
        choices=lazy(lambda: FinderNotice.Seeks.choices, list),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you seek.")},
    )
    offers = forms.MultipleChoiceField(
        label=_("What do you take on yourselves?"),
        choices=lazy(lambda: FinderNotice.Offers.choices, list),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    area = forms.ChoiceField(
        label=_("Where do you seek a partner?"),
        choices=lazy(lambda: FinderNotice.Area.choices, list),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where you seek a partner.")},
    )
    province = forms.ChoiceField(
        label=_("Which province?"),
        help_text=_("Only if you chose a whole province."),
        choices=lazy(lambda: Province.choices, list),
        required=False,
    )
    place_1 = MunicipalityField(
        label=_("Which municipality? Your own or a neighbouring one"),
        help_text=_("Only if you chose some municipalities: at most three."),
        required=False,
    )
    place_2 = MunicipalityField(label=_("A second municipality"), required=False)
    place_3 = MunicipalityField(label=_("A third municipality"), required=False)
    words = TextField(
        label=_("In a few words: who are you, and what do you have in mind?"),
        max_length=600,
        required=False,
        help_text=_("Leave out addresses and telephone numbers. Write no names of refugees or landlords."),
        validators=[refuse_addresses],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ends_on = forms.DateField(
        label=_("Until when may others find you?"),
        help_text=_("At most six months from today. We write to you 14 days before; you can then renew the notice."),
        widget=DayInput,
        error_messages={"required": _("Enter a day.")},
    )
    agreed = forms.BooleanField(
        label=_(
            "I agree that organisations that Fedasil has verified see the name, kind and municipality of my "
            "organisation and this notice, and can write to us through the portal. They see no address. We can "
            "take the notice down at any time."
        ),
        error_messages={"required": _("Agree that others of your area may see the notice.")},
    )

    def __init__(self, *args, organisation: Organisation, notice: FinderNotice | None, **kwargs):
        seat = organisation.municipality.today
        initial = {
            "area": FinderNotice.Area.PROVINCE,
            "province": seat.province,
            "ends_on": notices.months_from_today(notices.USUAL_MONTHS),
        }
        if notice:
            initial |= {"seeks": notice.sought, "offers": notice.offered, "area": notice.area}
            initial |= {"province": notice.province or seat.province, "words": notice.words, "ends_on": notice.ends_on}
            initial |= dict(zip(PLACES, notice.municipalities.all(), strict=False))
        super().__init__(*args, initial=initial, **kwargs)
        for field in ("seeks", "area", "province", "place_1", "ends_on", "agreed"):
            self.fields[field].optional = False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("area") == FinderNotice.Area.MUNICIPALITIES and not any(map(cleaned.get, PLACES)):
            self.add_error("place_1", _("Choose at least one municipality."))
        if cleaned.get("area") == FinderNotice.Area.PROVINCE and not cleaned.get("province"):
            self.add_error("province", _("Choose a province."))
        return cleaned

    @property
    def chosen(self) -> dict:
        places = {self.cleaned_data[name] for name in PLACES if self.cleaned_data[name]}
        kept = ("seeks", "offers", "area", "province", "words", "ends_on", "agreed")
        return {**{name: self.cleaned_data[name] for name in kept}, "municipalities": places}


class AreaForm(ServiceForm):
    """Another area to look at."""

    province = forms.ChoiceField(
        label=_("Which area?"),
        choices=lazy(lambda: [("", _("Your own area")), *Province.choices], list),
        required=False,
    )


class MessageForm(ServiceForm):
    text = TextField(
        label=_("Your message"),
        max_length=2000,
        help_text=_("They read it here, after signing in, and do not see your address."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a message.")},
    )


class ShareForm(ServiceForm):
    reach = TextField(
        label=_("How can they reach you?"),
        max_length=300,
        help_text=_("For example a name and a telephone number. They read it only once they shared theirs too."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write how they can reach you.")},
    )


class ReportForm(ServiceForm):
    report = TextField(
        label=_("What is wrong?"),
        max_length=600,
        help_text=_("Only Fedasil reads this. The team then reads the messages too, and decides."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is wrong.")},
    )
