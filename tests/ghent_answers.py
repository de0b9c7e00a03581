"""What the three of Ghent answer, section by section, as they type it."""

from applications.models import GuidanceStep

ANSWERS = {
    "who": {
        "contact_name": "Team asiel en vluchtelingen",
        "contact_function": "Coördinator",
        "contact_email": "team@gent.example",
    },
    "offer": {
        "household_sizes": "5",
        "straight_on_arrival": "True",
        "second_year": "True",
        "available_from_day": "1",
        "available_from_month": "3",
        "available_from_year": "2027",
        "adapted_home": "False",
        "guide_languages": "Nederlands, Frans, Arabisch",
    },
    "stay": {
        "dwellings-0-secured": "secured",
        "dwellings-0-kind": "house",
        "dwellings-0-municipality": "Gent",
        "dwellings-0-bedrooms": "3",
        "dwellings-0-persons": "5",
        "dwellings-0-rent": "1.050,00",
        "dwellings-0-months": "24",
        "dwellings-0-adapted": "False",
        "next_home": "Samen met de dienst wonen.",
    },
    "guidance": {
        "guidance_team": "Een maatschappelijk werker en omarmers.",
        "guidance_hours": "8",
        "experience": "Tien jaar met nieuwkomers.",
        "volunteers": "True",
        "volunteers_insured": "True",
        "volunteers_informed": "True",
        **{f"steps-{step}-by_team": "on" for step in GuidanceStep.Step.values},
        "steps-work-who": "Maatschappelijk werker",
    },
    "cooperation": {
        "feedback_rhythm": "monthly",
        "contacts-contact-name": "Coördinator van het team",
        "contacts-contact-email": "team@gent.example",
        "consultations": "Elke maand met school en OCMW.",
        "evaluation": "half_yearly",
        "support_division": "Thope voor de woning, het OCMW voor de begeleiding.",
    },
    "declaration": {"declared": "on"},
}
