"""What a dossier has and lacks, checked by the portal: one list, with what is missing in words.

No rule is written here: each check asks the place that holds it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners import enterprise_numbers
from portal import clock
from portal.formats import labelled
from portal.forms import national_numbers

from ..change_requests.presentation import RequestsShown
from ..models import Application, Attachment, Dwelling
from ..models.dwelling import LEAST_MONTHS
from ..questionnaire import file_requirements, row_groups
from ..questionnaire.answers import AIM_LABELS, answer_text
from ..questionnaire.completeness import invitations_open, missing, uncovered_aims
from ..questionnaire.questions import SECTIONS
from ..signing import coverage
from .housing_fit import unhoused

# More persons for each bedroom are worth a look. A sample: the norms differ from region to region.
PERSONS_A_BEDROOM = 2


class Outcome(models.TextChoices):
    OK = "ok", gettext_lazy("in order")
    MISSING = "missing", gettext_lazy("something is missing")
    LOOK = "look", gettext_lazy("to be looked at")


@dataclass(frozen=True)
class Check:
    """One check, the part of the dossier that it is about, what is missing, and what someone has to look at."""

    label: Promise
    part: str
    missing: list[str]
    look: list[str]

    @property
    def outcome(self) -> Outcome:
        return Outcome.MISSING if self.missing else Outcome.LOOK if self.look else Outcome.OK

    @property
    def remarks(self) -> list[str]:
        return [*self.missing, *self.look]


Found = tuple[list[str], list[str]]


def answers(application: Application) -> Found:
    """The sections that have no check of their own."""
    sections = [section for section in SECTIONS if section.code not in ("parties", "attachments")]
    return [f"{asked.number} {asked.label}" for section in sections for asked in missing(application, section)], []


def aims(application: Application) -> Found:
    return (
        [_("No party takes on: %(aim)s.") % {"aim": AIM_LABELS[aim]} for aim in uncovered_aims(application)],
        [_("%(name)s did not answer the invitation yet.") % {"name": party} for party in invitations_open(application)],
    )


def months(application: Application) -> Found:
    dwellings: list[Dwelling] = row_groups.stored(application, "dwellings")
    absent = [] if dwellings else [_("No dwelling is named.")]
    short, unsure = [], []
    for number, dwelling in enumerate(dwellings, 1):
        if not dwelling.is_long_enough:
            short.append(
                _("Dwelling %(number)d: not for %(months)d months.") % {"number": number, "months": LEAST_MONTHS}
            )
        if dwelling.secured != Dwelling.Secured.SECURED:
            unsure.append(
                _("Dwelling %(number)d: %(secured)s.")
                % {"number": number, "secured": dwelling.get_secured_display() or _("no answer yet")}
            )
    return absent + short, unsure


def room(application: Application) -> Found:
    dwellings: list[Dwelling] = row_groups.stored(application, "dwellings")
    without = unhoused(application.household_sizes, [dwelling.persons or 0 for dwelling in dwellings])
    small = [
        ngettext(
            "No dwelling is left for a household of %d person.",
            "No dwelling is left for a household of %d persons.",
            persons,
        )
        % persons
        for persons in without
    ]
    crowded = [
        _("Dwelling %(number)d: %(persons)d persons in %(bedrooms)d bedrooms.")
        % {"number": number, "persons": dwelling.persons, "bedrooms": dwelling.bedrooms}
        for number, dwelling in enumerate(dwellings, 1)
        if dwelling.persons and dwelling.bedrooms is not None
        if dwelling.persons > PERSONS_A_BEDROOM * max(dwelling.bedrooms, 1)
    ]
    return [], small + crowded


def first_day(application: Application) -> Found:
    """Judged on the day of submission: what passes later, while Fedasil decides, is no mistake of those who apply."""
    judged_on = clock.day_of(application.submitted_at) if application.submitted_at else clock.today()
    if not application.available_from or application.available_from >= judged_on:
        return [], []
    day = date_format(application.available_from, "DATE_FORMAT")
    return [], [_("The first day to receive people, %(date)s, is in the past.") % {"date": day}]


def organisations(application: Application) -> Found:
    wrong, look = [], []
    for party in application.joined_parties:
        organisation = party.organisation
        try:
            enterprise_numbers.validate(organisation.enterprise_number)
        except ValidationError:
            wrong.append(_("%(name)s: the enterprise number is not right.") % {"name": party})
        if not organisation.verified_at:
            look.append(_("%(name)s is not verified yet.") % {"name": party})
        if organisation.signatories_asked_at:
            look.append(_("%(name)s has to confirm its signatories.") % {"name": party})
    return wrong, look


def attachments(application: Application) -> Found:
    absent, look = [], []
    for section in SECTIONS:
        for question in section.asked(application):
            if question.requirement is None or question.optional and not question.requirement.may_follow:
                continue
            for owner in file_requirements.missing_from(application, question.requirement):
                text = f"{question.number} {question.label}" + (f" – {owner}" if owner else "")
                if question.requirement.may_follow:
                    look.append(_("%(paper)s: may still come.") % {"paper": text})
                else:
                    absent.append(text)
    # In the order of their papers; the files that are not clean come last.
    unclean = [
        labelled(found.name, found.get_state_display())
        for found in file_requirements.current_attachments(application)
        if found.state != Attachment.State.CLEAN
    ]
    return absent, look + unclean


def signatures(application: Application) -> Found:
    return [labelled(party, capacity.label) for party, capacity in coverage.missing_signatures(application)], []


def numbers_of_persons(application: Application, sections: Collection[str] | None = None) -> list[str]:
    """The answers, all or those of these sections, in which a number that identifies a person seems to stand."""
    return [
        _("%(question)s: a national register number or the number of a file seems to stand here.")
        % {"question": f"{question.number} {question.label}"}
        for section in SECTIONS
        if sections is None or section.code in sections
        for question in section.asked(application)
        if question.requirement is None and national_numbers.stands_in(answer_text(application, question))
    ]


def nobody_by_number(application: Application) -> Found:
    return [], numbers_of_persons(application)


def requests(application: Application) -> Found:
    return [], [
        _("%(questions)s, due on %(date)s")
        % {
            "questions": ", ".join(item.item.question for item in shown.items if item.open),
            "date": date_format(shown.request.due_on, "DATE_FORMAT"),
        }
        for shown in RequestsShown(application).open
    ]


CHECKS: tuple[tuple[Promise, str, Callable[[Application], Found]], ...] = (
    (gettext_lazy("All questions are answered"), "part-who", answers),
    (gettext_lazy("Each aim is taken on by a party"), "parties", aims),
    (gettext_lazy("Dwellings for at least 12 months"), "part-stay", months),
    (gettext_lazy("Room for each household"), "part-stay", room),
    (gettext_lazy("The first day is still to come"), "part-offer", first_day),
    (gettext_lazy("Enterprise numbers, organisations verified"), "parties", organisations),
    (gettext_lazy("Attachments complete, no virus found"), "part-attachments", attachments),
    (gettext_lazy("Signed by each party’s rule"), "parties", signatures),
    (gettext_lazy("No number that identifies a person"), "part-who", nobody_by_number),
    (gettext_lazy("Nothing asked is still open"), "requests", requests),
)


def checks_of(application: Application) -> list[Check]:
    return [Check(label, part, *check(application)) for label, part, check in CHECKS]


def doubts(application: Application, sections: Collection[str]) -> list[str]:
    """What those who apply should look at before they sign, in the words that Fedasil reads later.

    `sections`: the codes of those that the reader may see. Empty once those who apply cannot change anything.
    """
    if application.state not in coverage.SIGNABLE:
        return []
    found = first_day(application)[1] if "offer" in sections else []
    # Where no dwelling is named yet, something is missing rather than in doubt.
    if "stay" in sections and row_groups.stored(application, "dwellings"):
        found = [*found, *room(application)[1]]
    return [*found, *numbers_of_persons(application, sections)]
