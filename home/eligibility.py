"""The check before starting: six questions, and what one can do next, at an address that can be shared."""

from django import forms
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from partners.interest import eligibility
from portal.forms.service import ServiceForm

from .alternates import same_address
from .content.source import fixed_id
from .models.pages import CACHE_SECONDS

ALONE = "alone"
# Pages on which a reader goes on, by the names under which they ship.
NEXT_PAGES = {"at_hand": "at-hand", "sessions": "sessions", "other_ways": "other-ways"}


def chosen(label, choices, error, **kwargs) -> forms.ChoiceField:
    """One of these, by radio buttons."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": error},
        **kwargs,
    )


class EligibilityForm(ServiceForm):
    """What the rule needs to know; every question is asked, and any answer will do."""

    kind = chosen(
        _("What kind of organisation are you?"),
        eligibility.Kind.choices,
        _("Choose what kind of organisation you are."),
    )
    legal = chosen(
        _("Are you a legal person with an enterprise number?"),
        eligibility.Legal.choices,
        _("Choose whether you have an enterprise number."),
    )
    stay = chosen(
        _("Do you have a home, available for at least 12 months?"),
        eligibility.Stay.choices,
        _("Choose whether you have a home."),
    )
    guidance = chosen(
        _("Can you guide a person or a family for a year?"),
        eligibility.Guidance.choices,
        _("Choose whether you can guide."),
        help_text=_("For example: registering with the PCSW, a bank account, a school for the children."),
    )
    cooperation = chosen(
        _("Are you ready to work with Fedasil?"),
        eligibility.Cooperation.choices,
        _("Choose whether you are ready to work with Fedasil."),
        help_text=_("You give feedback, pass on correct information, and take part in consultations."),
    )
    partners = forms.MultipleChoiceField(
        label=_("Alone, or with whom?"),
        help_text=_("Choose all that take part already."),
        choices=[(ALONE, _("alone, for now")), *eligibility.Partner.choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose with whom, or that you are alone for now."),
            "invalid_choice": _("Choose with whom, or that you are alone for now."),
        },
    )

    def clean_partners(self) -> list[str]:
        partners = self.cleaned_data["partners"]
        if ALONE in partners and len(partners) > 1:
            raise forms.ValidationError(_("Choose either that you are alone, or with whom."))
        return partners

    @property
    def answers(self) -> eligibility.Answers:
        """The answers as the rule takes them."""
        given = self.cleaned_data
        return eligibility.Answers(
            kind=eligibility.Kind(given["kind"]),
            legal=eligibility.Legal(given["legal"]),
            stay=eligibility.Stay(given["stay"]),
            guidance=eligibility.Guidance(given["guidance"]),
            cooperation=eligibility.Cooperation(given["cooperation"]),
            partners=frozenset(eligibility.Partner(code) for code in given["partners"] if code != ALONE),
        )


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def check(request):
    """Everything stands in the address: no account, no cookie, nothing kept."""
    form = EligibilityForm(request.GET) if request.GET else EligibilityForm()
    context = {"form": form, "alternates": same_address(request, "eligibility")}
    if form.is_bound and form.is_valid():
        context["advice"] = eligibility.advise(form.answers)
        context["pages"] = next_pages(get_language())
    return render(request, "home/eligibility.html", context)


def next_pages(language: str) -> dict[str, Page]:
    """The live pages that lead on, by name."""
    names = {fixed_id(page): name for name, page in NEXT_PAGES.items()}
    found = Page.objects.live().filter(translation_key__in=names, locale__language_code=language)
    return {names[page.translation_key]: page for page in found.only("title", "url_path", "translation_key")}
