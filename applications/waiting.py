"""Who is waited for before Fedasil gets an application: which invitation, which section by whom, which signature."""

from django.utils.translation import gettext as _

from . import signing, slots
from .models import Application, Party
from .questions import SECTIONS, Section, missing


def waited_for(application: Application) -> list[str]:
    """One sentence for each, in the order in which it is done; empty where only the lead has to submit."""
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
    open_sections = [
        _("%(names)s: section %(number)d, %(title)s")
        % {"names": by_whom(application, section), "number": section.number, "title": section.title}
        for section in SECTIONS
        if missing(application, section)
    ]
    signatures = [
        _("%(name)s: signature as %(capacity)s") % {"name": party.name, "capacity": capacity.label}
        for party, capacity in signing.missing_signatures(application)
    ]
    return [*invited, *asked, *open_sections, *signatures]


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
