"""Checking answers: shown after saving, each with a way to change it that comes back; what is not submitted yet."""

import pytest
from django.urls import reverse

from applications.models import Application
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE, SECTIONS
from tests.clients import client_of
from tests.factories import UserFactory, complete_application, submitted_application

pytestmark = pytest.mark.django_db


def at(name: str, application: Application, *more: str) -> str:
    return reverse(f"applications:{name}", args=[application.uuid, *more])


def test_after_saving_one_sees_the_answers_of_the_section(lead, application):
    client = client_of(lead.user)
    response = client.post(at("section", application, "who"), {"contact_function": "<b>Someone"}, follow=True)
    assert response.redirect_chain == [(at("check", application, "who"), 302)]
    page = response.content.decode()
    assert "&lt;b&gt;Someone" in page
    assert f'href="{at("section", application, "who")}?from=check#id_contact_function"' in page
    assert f'href="{at("application", application)}" role="button"' in page


def test_after_a_whole_section_follows_the_next_that_is_open(lead):
    application = complete_application(lead, contact_function="", guidance_team="")
    client = client_of(lead.user)
    whole = {"contact_name": "Ann Peeters", "contact_function": "Clerk", "contact_email": "ann@example.be"}
    response = client.post(at("section", application, "who"), whole, follow=True)
    assert response.redirect_chain == [(at("section", application, "guidance"), 302)]
    assert "is bewaard en volledig." in response.content.decode()


def test_what_is_doubtful_is_shown_before_one_goes_on(lead):
    draft = complete_application(lead, household_sizes=[9])
    response = client_of(lead.user).post(
        at("section", draft, "offer"), {"household_sizes": "9", "guide_languages": "Nederlands"}, follow=True
    )
    assert response.redirect_chain == [(at("check", draft, "offer"), 302)]


def test_after_the_last_open_section_one_sees_all_sections(lead):
    draft = complete_application(lead, contact_function="")
    whole = {"contact_name": "Ann Peeters", "contact_function": "Clerk", "contact_email": "ann@example.be"}
    response = client_of(lead.user).post(at("section", draft, "who"), whole, follow=True)
    assert response.redirect_chain == [(at("application", draft), 302)]


def test_one_goes_on_to_the_next_section_that_is_not_done(lead):
    application = complete_application(lead, guidance_team="", contact_name="", consultations="")
    client = client_of(lead.user)
    for code, follows in (("who", "guidance"), ("guidance", "cooperation"), ("cooperation", "who")):
        page = client.get(at("check", application, code)).content.decode()
        assert f'href="{at("section", application, follows)}" role="button"' in page
        assert f'href="{at("application", application)}">' in page


def test_what_is_known_of_the_contact_is_filled_in_already(lead):
    """The name of who begins, and the contact person of section 1 in section 6 until another is written."""
    lead.user.first_name, lead.user.last_name = "Ann", "Peeters"
    lead.user.save()
    client = client_of(lead.user)
    client.post(reverse("applications:start"), {"organisation": lead.organisation_id})
    draft = Application.objects.get()
    assert (draft.contact_name, draft.contact_email) == ("Ann Peeters", lead.user.email)
    typed = {"contacts-contact-name": "Bea Claes", "contacts-contact-email": ""}
    for sent, shown in ((None, "Ann Peeters"), (typed, "Bea Claes")):
        if sent:
            client.post(at("section", draft, "cooperation"), sent)
        page = client.get(at("section", draft, "cooperation")).content.decode()
        assert f'value="{shown}"' in page
    assert draft.contacts.get().name == "Bea Claes"
    assert f'value="{lead.user.email}"' not in page


@pytest.mark.parametrize(
    ("query", "data", "back"),
    [
        ("", {}, ("check", "who", "")),
        ("?from=check", {}, ("check", "who", "")),
        ("?from=summary", {}, ("summary", None, "#section-who")),
        ("?from=https://elsewhere.example/", {}, ("check", "who", "")),
        ("?from=//elsewhere.example", {}, ("check", "who", "")),
        ("?from=summary", {"action": "leave"}, ("application", None, "")),
    ],
)
def test_one_comes_back_to_where_one_came_from_and_nowhere_else(lead, application, query, data, back):
    name, code, anchor = back
    response = client_of(lead.user).post(at("section", application, "who") + query, {"contact_name": "B", **data})
    assert response.url == at(name, application, *([code] if code else [])) + anchor


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.code)
def test_each_way_to_change_an_answer_leads_to_its_control(lead, application, section):
    client = client_of(lead.user)
    checked = client.get(at("check", application, section.code)).content.decode()
    form = client.get(at("section", application, section.code)).content.decode()
    for question in section.asked(application):
        assert f"?from=check#id_{question.field}" in checked
        if section.code != "parties":
            assert f'id="id_{question.field}"' in form


def test_who_may_not_change_an_answer_reads_it(lead):
    application = submitted_application(lead)
    page = client_of(lead.user).get(at("check", application, "guidance"))
    assert page.status_code == 200
    assert "from=check" not in page.content.decode()


def test_what_is_done_leads_from_the_sections_to_its_answers(lead, application):
    application.experience = ""
    application.save()
    page = client_of(lead.user).get(at("application", application)).content.decode()
    assert f'href="{at("check", application, "who")}"' in page
    assert f'href="{at("section", application, "guidance")}"' in page
    assert f'href="{at("check", application, "guidance")}"' not in page


def test_each_page_of_a_draft_says_that_it_is_not_submitted(lead, application):
    client = client_of(lead.user)
    invited = UserFactory()
    invitation = parties_services.invite(application, lead.user, name="P", email=invited.email, language="nl")
    pages = [at(name, application) for name in ("application", "parties", "summary", "submit", "withdraw")]
    pages += [at(name, application, code) for name in ("section", "check") for code in BY_CODE]
    pages.append(reverse("applications:sign", args=[application.parties.get(is_lead=True).uuid]))
    for address in pages:
        assert "Not submitted yet" in client.get("/en" + address.removeprefix("/nl")).content.decode(), address
    page = client_of(invited).get(f"/en/applications/invitations/{invitation.uuid}/").content.decode()
    assert "Not submitted yet" in page


def test_a_limit_is_said_at_each_text(lead, application):
    who, cooperation = ("/en" + at("section", application, code)[3:] for code in ("who", "cooperation"))
    page = client_of(lead.user).get(who).content.decode()
    assert page.count("At most 150 characters.") == 2
    page = client_of(lead.user).get(cooperation).content.decode()
    assert 'data-maxlength="5000"' in page
    assert "At most 5000 characters." in page
    assert "“Name” 150, “Function” 150." in page


def test_the_form_knows_when_the_session_ends_whatever_one_does(lead, application, settings):
    settings.SESSION_LONGEST = 600
    page = client_of(lead.user).get(at("section", application, "who")).content.decode()
    left = int(page.split('data-left="')[1].split('"')[0])
    assert 590 <= left <= 600
