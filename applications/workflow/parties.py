"""Guards and effects of the parties' transitions."""

from django.utils.translation import gettext as _

from portal.workflow import Refused


def does_not_lead(party, actor, **params):
    if party.is_lead:
        raise Refused(_("Whoever leads the application cannot leave it. Pass the lead on first."))


def organisation_and_rule(party, actor, *, organisation, stay, guidance, **params) -> dict:
    """The organisation, its aims, and a copy of its signing rule as it is today."""
    return {
        "organisation": organisation,
        "stay": stay,
        "guidance": guidance,
        "signs_first": organisation.signs_first,
        "signs_second": organisation.signs_second,
    }


def no_offer_to_lead(party, actor, **params) -> dict:
    return {"lead_offered_at": None}
