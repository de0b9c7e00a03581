"""Who is waited for before Fedasil gets an application: which invitation, which section by whom, which signature."""

from django.utils.translation import gettext as _

from . import signing, slots
from .models import Application, Party
from .questions import SECTIONS, Section, missing


def waited_for(application: Application) -> list[str]:
    """What of whom, in the order in which it is done; empty where only the lead has to submit."""
    if application.state not in signing.SIGNABLE:
        return []
    invited = [
        _("%(name)s: answer the invitation") % {"name": party.name}
        for party in application.parties_in_order
        if party.state == Party.State.INVITED
    ]
    asked = [
        _("%(name)s: say whether it takes over the lead") % {"name": party.name}
        for party in application.joined_parties
        if party.lead_offered_at
    ]
    return [*invited, *asked, *open_sections(application), *signatures(application)]


def open_sections(application: Application) -> list[str]:
    """A line for each who answers; where several sections are open only their numbers."""
    found: dict[str, list[Section]] = {}
    for section in SECTIONS:
        if missing(application, section):
            found.setdefault(by_whom(application, section), []).append(section)
    return [
        _("%(names)s: section %(number)d, %(title)s")
        % {"names": names, "number": sections[0].number, "title": sections[0].title}
        if len(sections) == 1
        else _("%(names)s: sections %(numbers)s")
        % {"names": names, "numbers": ", ".join(str(section.number) for section in sections)}
        for names, sections in found.items()
    ]


def signatures(application: Application) -> list[str]:
    """A line for each party that lacks one."""
    found: dict[str, list[str]] = {}
    for party, capacity in signing.missing_signatures(application):
        found.setdefault(party.name, []).append(str(capacity.label))
    return [
        (
            _("%(name)s: signature as %(capacity)s")
            if len(capacities) == 1
            else _("%(name)s: signatures as %(capacity)s")
        )
        % {"name": name, "capacity": ", ".join(capacities)}
        for name, capacities in found.items()
    ]


def is_ready(application: Application) -> bool:
    """Whether nothing is waited for but the lead, which can submit: all answered, signed and scanned."""
    return is_signed_whole(application) and not slots.waiting_names(application)


def is_signed_whole(application: Application) -> bool:
    """Whether every section is complete and every signature given."""
    unfinished = any(missing(application, section) for section in SECTIONS)
    return not unfinished and not signing.missing_signatures(application)


def by_whom(application: Application, section: Section) -> str:
    """Who answers a section: the parties of its aim, or those that still owe a paper; otherwise the lead."""
    if section.each_party:
        open_slots = [question.slot for question in missing(application, section)]
        owing = {party for slot in open_slots for party in slots.owing(application, slot)}
        names = [party.name for party in application.joined_parties if party in owing]
    else:
        aim = section.aim
        names = [party.name for party in application.joined_parties if aim and getattr(party, aim, False)]
    return ", ".join(names) or application.lead.name
