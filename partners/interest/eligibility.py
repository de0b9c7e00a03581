"""What an organisation or a group can do next, from what it has: a pure rule that never answers with a plain no.

The open ways, first the one that fits best, and the partners to look for; each with its reasons. The three aims, who
may be a partner and the second track are those of Fedasil's partnership brochure of 2023 and its own site.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Interest

Kind = Interest.Kind
PUBLIC = frozenset({Kind.MUNICIPALITY, Kind.PCSW, Kind.OTHER_PUBLIC})


class Legal(models.TextChoices):
    """Whether it is a legal person."""

    YES = "yes", _("yes")
    INFORMAL = "informal", _("no, we are an informal group")
    UNSURE = "unsure", _("we are not sure")


class Stay(models.TextChoices):
    """How near a home for 12 months is."""

    IN_HAND = "in_hand", _("yes, we have one")
    IN_SIGHT = "in_sight", _("we have one in sight")
    NOT_YET = "not_yet", _("not yet")


class Guidance(models.TextChoices):
    """Who could guide for a year."""

    OURSELVES = "ourselves", _("yes, we ourselves")
    VOLUNTEERS = "volunteers", _("yes, with volunteers")
    OTHERS = "others", _("no, someone else has to")
    NOT_YET = "not_yet", _("not yet")


class Cooperation(models.TextChoices):
    """Whether it is ready to work with Fedasil."""

    YES = "yes", _("yes")
    TALK_FIRST = "talk_first", _("we want to talk about it first")


class Partner(models.TextChoices):
    """With whom it wants to do it."""

    MUNICIPALITY = "municipality", _("a town or municipality")
    PCSW = "pcsw", _("a PCSW")
    NON_PROFIT = "non_profit", _("a non-profit organisation or NGO")
    VOLUNTEERS = "volunteers", _("a group of volunteers")


class Missing(models.TextChoices):
    """What a partner would have to bring."""

    NUMBER = "number", _("an organisation that applies")
    STAY = "stay", _("a partner for the lasting stay")
    GUIDANCE = "guidance", _("a partner for the guidance")


class Road(models.TextChoices):
    """What one can do next."""

    ALONE = "alone", _("Apply with your own organisation")
    TOGETHER = "together", _("Apply together with others")
    SPONSORSHIP = "sponsorship", _("Begin a host group (Community Sponsorship)")
    TALK = "talk", _("Talk with Fedasil")


class Reason(models.TextChoices):
    """Why: what the answers say, each in a sentence."""

    LEGAL_PERSON = "legal_person", _("You are a legal person with an enterprise number: you can be a partner.")
    NUMBER_UNSURE = (
        "number_unsure",
        _("Find out first whether you have an enterprise number: only a legal person can be a partner."),
    )
    GROUP_HELPS = (
        "group_helps",
        _("Only a legal person can be a partner. An organisation applies, and your group helps it to guide."),
    )
    HOST_GROUP = (
        "host_group",
        _(
            "You need no enterprise number: a host group of volunteers receives and guides for a year, together with "
            "a partner organisation, Caritas International or SB Overseas."
        ),
    )
    HOME_IN_HAND = "home_in_hand", _("You have a home for at least 12 months.")
    HOME_IN_SIGHT = (
        "home_in_sight",
        _("You have a home in sight. You can begin the application now and add the home when you are sure of it."),
    )
    GUIDES_OURSELVES = "guides_ourselves", _("You can guide for a year yourselves.")
    GUIDES_WITH_VOLUNTEERS = "guides_with_volunteers", _("You can guide for a year with volunteers.")
    AIMS_CAN_BE_SHARED = (
        "aims_can_be_shared",
        _("Parties divide the aims: one takes on the stay, another the guidance, and all work together with Fedasil."),
    )
    EXPERTISE_IS_SHARED = (
        "expertise_is_shared",
        _("Partners who share what they know make the guidance better."),
    )
    WITH_MUNICIPALITY = "with_municipality", _("The town or municipality that you name can take on the stay.")
    WITH_PCSW = "with_pcsw", _("The PCSW that you name can take on the guidance.")
    WITH_NON_PROFIT = (
        "with_non_profit",
        _("The non-profit organisation or NGO that you name can take on the stay, the guidance or both."),
    )
    WITH_VOLUNTEERS = (
        "with_volunteers",
        _("The group of volunteers that you name can help to guide. It does not have to be a party."),
    )
    HOME_MISSING = (
        "home_missing",
        _("You have no home for 12 months yet. A partner can take on the stay: one with housing of its own."),
    )
    GUIDANCE_MISSING = (
        "guidance_missing",
        _("Nobody guides for a year yet. A partner can take on the guidance: one that does social work."),
    )
    NUMBER_MISSING = (
        "number_missing",
        _("You need an organisation with an enterprise number that leads the application."),
    )
    WANTS_TO_TALK = "wants_to_talk", _("You want to talk first. The form of interest binds you to nothing.")
    MUCH_IS_OPEN = "much_is_open", _("Much is still open. Someone from the team will think it through with you.")
    ASK_ANYTHING = "ask_anything", _("You have a question or a doubt: someone from the team will contact you.")


@dataclass(frozen=True)
class Answers:
    """What the check asks; no partner means alone."""

    kind: Kind
    legal: Legal
    stay: Stay
    guidance: Guidance
    cooperation: Cooperation
    partners: frozenset[Partner] = frozenset()

    @property
    def is_informal(self) -> bool:
        return self.legal == Legal.INFORMAL

    @property
    def is_legal_person(self) -> bool:
        """A group without an organisation has no number, whatever it answers."""
        return self.legal == Legal.YES and self.kind != Kind.GROUP

    @property
    def has_stay(self) -> bool:
        return self.stay in (Stay.IN_HAND, Stay.IN_SIGHT)

    @property
    def has_guidance(self) -> bool:
        return self.guidance in (Guidance.OURSELVES, Guidance.VOLUNTEERS)


@dataclass(frozen=True)
class Way:
    """One thing that can be done next, and why."""

    road: Road
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Search:
    """What is missing, why, whom to ask among those who take part already, and whom to look for otherwise."""

    missing: Missing
    reason: Reason
    ask: tuple[Partner, ...]
    look_for: tuple[Partner, ...]


@dataclass(frozen=True)
class Advice:
    """Open ways, the one that fits best first, and partners to look for."""

    ways: tuple[Way, ...]
    searches: tuple[Search, ...]


# Who could bring what: any combination is possible, these are where to begin.
BRINGS = {
    Missing.NUMBER: (Partner.MUNICIPALITY, Partner.PCSW, Partner.NON_PROFIT),
    Missing.STAY: (Partner.MUNICIPALITY, Partner.NON_PROFIT),
    Missing.GUIDANCE: (Partner.PCSW, Partner.NON_PROFIT),
}


def advise(answers: Answers) -> Advice:
    """Ways and partners for these answers: at least two ways, each with a reason."""
    searches = tuple(searches_of(answers))
    ways = {way.road: way for way in ways_of(answers, len(searches))}
    order = [Road.ALONE, Road.TOGETHER, Road.SPONSORSHIP, Road.TALK]
    if answers.partners:
        order = [Road.TOGETHER, *order]
    elif Road.SPONSORSHIP in ways:
        order = [Road.SPONSORSHIP, *order]
    if answers.cooperation == Cooperation.TALK_FIRST:
        order = [Road.TALK, *order]
    return Advice(tuple(ways[road] for road in dict.fromkeys(order) if road in ways), searches)


def ways_of(answers: Answers, missing: int) -> Iterable[Way]:
    standing = standing_of(answers)
    have = [*home_of(answers), *guidance_of(answers)]
    is_whole = answers.is_legal_person and not missing
    if is_whole:
        yield Way(Road.ALONE, (standing, *have))
    yield Way(
        Road.TOGETHER,
        together_of(answers) if is_whole else (standing, *have, Reason.AIMS_CAN_BE_SHARED),
    )
    if answers.is_informal or answers.kind == Kind.GROUP:
        yield Way(Road.SPONSORSHIP, (Reason.HOST_GROUP,))
    why_talk = []
    if answers.cooperation == Cooperation.TALK_FIRST:
        why_talk.append(Reason.WANTS_TO_TALK)
    if missing > 1:
        why_talk.append(Reason.MUCH_IS_OPEN)
    yield Way(Road.TALK, tuple(why_talk) or (Reason.ASK_ANYTHING,))


def together_of(answers: Answers) -> tuple[Reason, ...]:
    """Why others, for those who lack nothing: what each of those named can do."""
    named = [Reason(f"with_{partner}") for partner in Partner if partner in answers.partners]
    return (Reason.EXPERTISE_IS_SHARED, *named, *([Reason.AIMS_CAN_BE_SHARED] if named else []))


def standing_of(answers: Answers) -> Reason:
    if answers.is_legal_person:
        return Reason.LEGAL_PERSON
    # A public body has a number: one that says it is a group has to look again.
    return Reason.GROUP_HELPS if answers.is_informal and answers.kind not in PUBLIC else Reason.NUMBER_UNSURE


def home_of(answers: Answers) -> list[Reason]:
    found = {Stay.IN_HAND: Reason.HOME_IN_HAND, Stay.IN_SIGHT: Reason.HOME_IN_SIGHT}.get(answers.stay)
    return [found] if found else []


def guidance_of(answers: Answers) -> list[Reason]:
    found = {
        Guidance.OURSELVES: Reason.GUIDES_OURSELVES,
        Guidance.VOLUNTEERS: Reason.GUIDES_WITH_VOLUNTEERS,
    }.get(answers.guidance)
    return [found] if found else []


def searches_of(answers: Answers) -> Iterable[Search]:
    """What is missing, the organisation first."""
    if standing_of(answers) == Reason.GROUP_HELPS or answers.kind == Kind.GROUP:
        yield search(Missing.NUMBER, Reason.NUMBER_MISSING, answers)
    if not answers.has_stay:
        yield search(Missing.STAY, Reason.HOME_MISSING, answers)
    if not answers.has_guidance:
        yield search(Missing.GUIDANCE, Reason.GUIDANCE_MISSING, answers)


def search(missing: Missing, reason: Reason, answers: Answers) -> Search:
    """Those named already are asked first; where none of them fits, one is looked for."""
    ask = tuple(partner for partner in BRINGS[missing] if partner in answers.partners)
    # A town has one municipality and one OCMW/CPAS: it does not look for its own kind.
    others = tuple(partner for partner in BRINGS[missing] if answers.kind not in PUBLIC or partner != answers.kind)
    return Search(missing, reason, ask, () if ask else others)
