"""The text on which a council decides: per body and language, filled in, as PDF and DOCX, for its own party only."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Body, CouncilText
from applications.models.council_text import PARTS, PLACEHOLDERS
from applications.papers import council_pack
from applications.parties import services as parties_services
from partners.models import Municipality, Organisation
from partners.organisations.signing_rules import default_capacities
from portal.shipped_texts import PLACEHOLDER, check_placeholders, filled
from tests.factories import COMPLETE_ANSWERS, MembershipFactory, UserFactory, complete_application
from tests.readers import as_pdf, language_of, poppler

pytestmark = pytest.mark.django_db
GHENT, NAMUR, EUPEN, IXELLES = "44021", "92094", "63023", "21009"
PLACES = {"nl": GHENT, "fr": NAMUR, "de": EUPEN}


def application_of(language: str, kind=Organisation.Kind.MUNICIPALITY, refnis: str = "", **answers):
    place = Municipality.objects.get(refnis=refnis or PLACES[language])
    first, second = default_capacities(kind, place.region)
    lead = MembershipFactory(
        organisation__kind=kind,
        organisation__municipality=place,
        organisation__letter_language=language,
        organisation__signs_first=first,
        organisation__signs_second=second,
        user__first_name="Zoltan",
        user__last_name="Quisquater",
    )
    return lead, complete_application(lead, **answers)


def get(user, party, body: str, form: str):
    client = Client()
    client.force_login(user)
    return client.get(reverse("applications:council_document", args=[party.uuid, body, form]))


def words_of(pdf: bytes) -> str:
    return " ".join(poppler("pdftotext", pdf, "-layout").split())


NAMES = {
    ("nl", "college"): "het college van burgemeester en schepenen",
    ("nl", "council"): "de gemeenteraad",
    ("nl", "permanent_bureau"): "het vast bureau",
    ("nl", "welfare_council"): "de raad voor maatschappelijk welzijn",
    ("fr", "college"): "le collège communal",
    ("fr", "council"): "le conseil communal",
    ("fr", "permanent_bureau"): "le bureau permanent",
    ("fr", "welfare_council"): "le conseil de l’action sociale",
    ("de", "college"): "das Gemeindekollegium",
    ("de", "council"): "der Gemeinderat",
    ("de", "permanent_bureau"): "das Präsidium",
    ("de", "welfare_council"): "der Sozialhilferat",
}
TOTAL = {"nl": "€ 22.000", "fr": "22 000 €", "de": "22.000 €"}


def of_people(text: str) -> list[str]:
    """Names, addresses and what was typed in full, as far as it stands there."""
    typed = ["Zoltan", "Quisquater", "@", "850", COMPLETE_ANSWERS["guidance_team"], COMPLETE_ANSWERS["next_home"]]
    return [part for part in [*typed, COMPLETE_ANSWERS["contact_name"]] if part in text]


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_each_body_reads_its_text_in_its_language_as_pdf_and_as_docx(language, tmp_path):
    documents = {}
    for kind in (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PCSW):
        lead, application = application_of(language, kind)
        (party,) = application.joined_parties
        for body in council_pack.bodies_of(party):
            response = get(lead.user, party, body, "pdf")
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].startswith("attachment; ")
            assert language_of(response.content) == language
            read = words_of(response.content)
            for part in (NAMES[language, body], TOTAL[language], lead.organisation.name):
                assert part.lower() in read.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ").lower()
            assert not PLACEHOLDER.search(read)
            assert of_people(read) == []
            documents[body] = get(lead.user, party, body, "docx").content
    shown = as_pdf(documents, tmp_path)
    assert set(shown) == set(Body.values)
    for body, content in documents.items():
        headings = [p.style.name for p in Document(BytesIO(content)).paragraphs if p.style.name.startswith("Heading")]
        assert headings == ["Heading 1", *["Heading 2"] * 6, *["Heading 3"] * 3]
        assert NAMES[language, body].lower() in words_of(shown[body]).lower()
        assert of_people(words_of(shown[body])) == []


def test_in_brussels_the_executive_has_its_own_name():
    _lead, application = application_of("fr", refnis=IXELLES)
    (party,) = application.joined_parties
    assert "Le collège des bourgmestre et échevins" in council_pack.pack(council_pack.texts_for(party)[0], party)[1]


def test_it_tells_of_the_other_parties_and_of_capacities():
    lead, application = application_of("nl")
    partner = MembershipFactory()
    asked = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(asked, partner.user, partner.organisation, stay=False, guidance=True)
    application.refresh_from_db()
    party = application.joined_parties[0]
    _title, html = council_pack.pack(council_pack.texts_for(party)[0], party)
    assert partner.organisation.name in html
    assert "burgemeester, algemeen directeur" in html


def test_markup_and_braces_in_a_name_stay_words():
    lead, application = application_of("nl")
    lead.organisation.name = "<b>{estimate}</b>"
    lead.organisation.save()
    (party,) = type(application).objects.get(pk=application.pk).joined_parties
    _title, html = council_pack.pack(council_pack.texts_for(party)[0], party)
    assert "&lt;b&gt;{estimate}&lt;/b&gt;" in html


# ── Who gets it, and when ─────────────────────────────────────────────────────────────────────────────────────────────
def test_it_is_made_once_the_offer_and_the_parties_stand():
    lead, application = application_of("nl", available_from=None)
    (party,) = application.joined_parties
    client = Client()
    client.force_login(lead.user)
    page = reverse("applications:council", args=[party.uuid])
    address = reverse("applications:council_document", args=[party.uuid, "college", "pdf"])
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 404
    application.available_from = COMPLETE_ANSWERS["available_from"]
    application.declared = False
    application.save()
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    assert page in client.get(reverse("applications:application", args=[application.uuid])).content.decode()


def test_another_party_does_not_get_it():
    lead, application = application_of("nl")
    partner = MembershipFactory()
    asked = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(asked, partner.user, partner.organisation, stay=False, guidance=True)
    party = application.parties.get(is_lead=True)
    assert get(partner.user, party, "college", "pdf").status_code == 403
    assert get(MembershipFactory().user, party, "college", "pdf").status_code == 404


@pytest.mark.parametrize("body", ["welfare_council", "unknown"])
def test_a_town_has_no_text_of_another_body(body):
    lead, application = application_of("nl")
    assert get(lead.user, application.joined_parties[0], body, "pdf").status_code == 404


def test_a_non_profit_reads_that_there_is_none():
    lead, application = application_of("nl", Organisation.Kind.NON_PROFIT)
    (party,) = application.joined_parties
    client = Client()
    client.force_login(lead.user)
    assert client.get(reverse("applications:council", args=[party.uuid])).status_code == 200
    assert get(lead.user, party, "college", "pdf").status_code == 404


# ── Edited at the desk ────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_shipped_names_only_what_is_known():
    assert CouncilText.objects.count() == 12
    used = set()
    for text in CouncilText.objects.all():
        text.full_clean()
        used |= {found[1] for part in ("title", *PARTS) for found in PLACEHOLDER.finditer(getattr(text, part))}
    assert used == set(PLACEHOLDERS) - {"the_body"}


@given(st.text(alphabet=st.sampled_from("{} aims_x"), max_size=20))
def test_a_text_with_braces_that_nothing_fills_is_refused(text):
    known = dict.fromkeys(PLACEHOLDERS, "")
    try:
        check_placeholders(text, PLACEHOLDERS)
    except ValidationError:
        return
    assert not re.search("[{}]", filled(text, known))


def test_the_legal_service_edits_it_and_the_next_release_keeps_that():
    text = CouncilText.objects.get(body=Body.COLLEGE, language="nl")
    client = Client()
    client.force_login(UserFactory(groups=["Publishers"]))
    address = reverse("desk_council_texts:edit", args=[text.pk])
    assert "{organisation}" in client.get(address).content.decode()
    data = {name: getattr(text, name) for name in ("name", "name_in_brussels", "title", *PARTS)}
    for wrong in ("{name_of_the_mayor}", "{{aims}}"):
        refused = client.post(address, {**data, "facts": wrong})
        assert refused.context["form"].errors.keys() == {"facts"}
        assert wrong in refused.content.decode()
    assert client.post(address, {**data, "competence": "Artikel 56."}).status_code == 302
    other = CouncilText.objects.get(body=Body.COUNCIL, language="nl")
    CouncilText.objects.filter(pk=text.pk).update(shipped_digest="older")
    other.facts = "Older."
    other.shipped_digest = other.digest
    other.save()
    call_command("load_council_texts", verbosity=0)
    text.refresh_from_db()
    other.refresh_from_db()
    assert text.competence == "Artikel 56."
    assert other.facts != "Older."
    assert CouncilText.objects.count() == 12
