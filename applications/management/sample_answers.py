"""One complete set of answers, for samples, made-up applications and tests: each question has its answer here."""

from datetime import date

from ..models import Application, Contact, GuidanceStep

# Answers to the questions that want words; and who guides the first steps, and how.
WORDS = {
    "nl": {
        "contact_name": "Team opvang",
        "contact_function": "Coördinatie",
        "guide_languages": "Nederlands, Arabisch",
        "next_home": "We zoeken samen met het woonloket.",
        "guidance_team": "Twee maatschappelijk werkers en zes vrijwilligers.",
        "experience": "Tien jaar.",
        "consultations": "Elke maand met de school.",
        "support_division": "In gelijke delen.",
    },
    "fr": {
        "contact_name": "Service de l'accueil",
        "contact_function": "Coordination",
        "guide_languages": "français, arabe, anglais",
        "next_home": "Nous cherchons avec l'agence immobilière sociale.",
        "guidance_team": "Deux assistants sociaux et six volontaires.",
        "experience": "Dix ans d'accueil.",
        "consultations": "Chaque mois, avec l'école et le CPAS.",
        "support_division": "L'ASBL pour le logement, le CPAS pour l'accompagnement.",
    },
    "en": {
        "contact_name": "Contact of the town",
        "contact_function": "Coordinator",
        "guide_languages": "Dutch, French, Arabic",
        "next_home": "We look together with the housing service.",
        "guidance_team": "Two social workers and six volunteers.",
        "experience": "Ten years with newcomers.",
        "consultations": "Every month with the school and the OCMW.",
        "support_division": "",
    },
    "de": {
        "contact_name": "Sozialdienst",
        "contact_function": "Koordination",
        "guide_languages": "Deutsch, Französisch, Arabisch",
        "next_home": "Wir suchen zusammen mit dem Wohnungsdienst.",
        "guidance_team": "Zwei Sozialarbeiter und sechs Ehrenamtliche.",
        "experience": "Zehn Jahre mit Neuankömmlingen.",
        "consultations": "Jeden Monat mit der Schule.",
        "support_division": "Die Stadt für die Wohnung, das ÖSHZ für die Begleitung.",
    },
}
GUIDES = {
    "nl": ("Maatschappelijk werker", "Week na week."),
    "fr": ("Assistant social", "Semaine après semaine."),
    "de": ("Sozialarbeiter", "Woche für Woche."),
    "en": ("Social worker", "Week by week."),
}


def complete_answers(
    language: str, *, email: str, refnis: str, available_from: date, household_sizes: list[int], **others
) -> dict:
    """An answer to each question but those on parties and papers, by field, rows as plain data.

    One home for all households, in the municipality of this code. `others` stand in place of what is usual here.
    """
    words, (who, how) = WORDS[language], GUIDES[language]
    persons = sum(household_sizes)
    return {
        **words,
        "contact_email": email,
        "contacts": [
            {
                "role": Contact.Role.CONTACT,
                "name": words["contact_name"],
                "function": words["contact_function"],
                "email": email,
                "phone": "",
            }
        ],
        "household_sizes": household_sizes,
        "straight_on_arrival": True,
        "second_year": False,
        "available_from": available_from,
        "adapted_home": False,
        "dwellings": [
            {
                "secured": "secured",
                "kind": "house",
                "municipality": refnis,
                "bedrooms": persons,
                "persons": persons,
                "rent": "850.00",
                "available_from": available_from.isoformat(),
                "months": 24,
                "adapted": False,
            }
        ],
        "steps": [{"step": step, "by_team": False, "who": who, "how": how} for step in GuidanceStep.Step.values],
        "guidance_hours": 10,
        "volunteers": True,
        "volunteers_insured": True,
        "volunteers_informed": True,
        "feedback_rhythm": Application.Rhythm.MONTHLY,
        "evaluation": Application.Evaluation.HALF_YEARLY,
        "remarks": "",
        "declared": True,
        **others,
    }
