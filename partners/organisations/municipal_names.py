"""How a municipality and its OCMW/CPAS are usually called in their own language."""

from django.utils import translation
from django.utils.translation import gettext

from ..models import Municipality, Organisation

PATTERNS: dict[tuple[str, str], str] = {
    (Organisation.Kind.MUNICIPALITY, "nl"): "Gemeente {name}",
    (Organisation.Kind.MUNICIPALITY, "fr"): "Commune {of_name}",
    (Organisation.Kind.MUNICIPALITY, "de"): "Gemeinde {name}",
    (Organisation.Kind.PCSW, "nl"): "OCMW {name}",
    (Organisation.Kind.PCSW, "fr"): "CPAS {of_name}",
    (Organisation.Kind.PCSW, "de"): "ÖSHZ {name}",
}


def name_for_strangers(organisation: Organisation) -> str:
    """That a public authority exists is no secret; of others, who knows the number is not told who registered it."""
    if organisation.is_local_authority:
        return usual_name(organisation.kind, organisation.municipality)
    return gettext("the organisation with the number %(number)s") % {"number": organisation.number}


def usual_name(kind: str, municipality: Municipality) -> str:
    """A first proposal, to be confirmed: in the area's language, in Brussels in the reader's."""
    language = municipality.language or ("nl" if translation.get_language() == "nl" else "fr")
    with translation.override(language):
        name = municipality.name
    return PATTERNS[kind, language].format(name=name, of_name=f"d’{name}" if name[0] in "AEÉIOUYH" else f"de {name}")
