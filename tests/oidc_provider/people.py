"""Who can sign in at the provider, and what it claims about them: national register numbers too, as some do."""

NATIONAL_NUMBER = "85073003328"
PEOPLE = {
    # A newcomer with everything proved
    "ann": {"email": "ann@elsewhere.example", "email_verified": True, "given_name": "Ann", "family_name": "Peeters"},
    # Says to be the city's applicant of the demo, proved
    "city": {"email": "city@demo.example", "email_verified": True, "given_name": "Eva", "family_name": "Gent"},
    # The same address, not proved
    "impostor": {"email": "city@demo.example", "email_verified": False, "given_name": "Im", "family_name": "Postor"},
    # The word of the provider is no plain yes
    "vague": {"email": "city@demo.example", "email_verified": "false", "given_name": "Va", "family_name": "Gue"},
    "officer": {"email": "officer@demo.example", "email_verified": True, "given_name": "Of", "family_name": "Ficer"},
    # No address at all, as at the federal login
    "nameless": {"given_name": "Jan", "family_name": "Janssens"},
}
EXTRA = {"egovNRN": NATIONAL_NUMBER, "birthdate": "1985-07-30", "phone_number": "+32 2 000 00 00"}


def subject(name: str) -> str:
    """The provider's name for a person: made of the national register number."""
    return f"{NATIONAL_NUMBER}-{name}"
