"""The questionnaire by HTTP: what is typed comes back as it was, or is refused at its field; who is asked what."""

import re
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.answers import saving
from applications.change_requests import services as change_requests_services
from applications.models import Application, Dwelling, GuidanceStep
from applications.pages.forms.fields import LONGEST_TEXT
from applications.pages.forms.section import FORMS
from applications.questionnaire import completeness, row_groups
from applications.questionnaire.answers import answer, answer_text
from applications.questionnaire.questions import BY_CODE, BY_NUMBER, ROWS
from applications.signing import coverage
from applications.versions import snapshots
from partners.models import Capacity
from portal import clock
from portal.audit import log
from portal.forms.fields import AmountField, DateField, NumberField, read_number
from portal.text import Cleaning
from portal.workflow import NotAllowed
from tests.clients import client_of
from tests.factories import GHENT, MembershipFactory, UserFactory, application_in_review, complete_application
from tests.seen import seen

pytestmark = pytest.mark.django_db
NUMBERS = {"guidance_hours", "bedrooms", "persons", "months", "rent"}


def url(application, code: str) -> str:
    return f"/en/applications/{application.uuid}/sections/{code}/"


def save(lead, application, code: str, **data):
    """Send the section; `application` is fresh afterwards."""
    client, address = client_of(lead.user), url(application, code)
    response = client.post(address, {**seen(client, address), **data})
    return response, Application.objects.get(pk=application.pk)


# ── Anything typed ────────────────────────────────────────────────────────────────────────────────────────────────────
NASTY = [
    "=1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "&amp;",
    "{{ 7 }}{% now %}",
    "a\x00b",
    "a\x07b",
    "a\r\nb",
    "שלום",
    "\u202eevil",
    "مرحبا 12",
    "é" * 151,
    "x" * 201,
    "y" * (LONGEST_TEXT + 1),
    "😀 Ø",
    "’",
    "%s %d",
    "\ud83d alone",
    "\r\n\r\n after",
    "m" * 1_000_000,
]
TYPED = st.one_of(st.text(max_size=60), st.sampled_from(NASTY))


def sent(client, address: str, typed: dict[str, str]):
    """POST as bytes: half a character is sent too, which no browser does."""
    body = urlencode(typed, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def read(text: str) -> str:
    """The text as the server reads those bytes."""
    return text.encode(errors="surrogatepass").decode(errors="replace")


def typed_into(form) -> list[str]:
    """The names of all that can be typed into or chosen, of a date each part."""
    return sorted(
        f"{name}_{part}" if part else name
        for name, field in controls(form).items()
        for part in (("day", "month", "year") if isinstance(field, DateField) else ("",))
    )


def is_written(form, name: str) -> bool:
    """Whether this control shows whatever is typed, as a choice does not."""
    field = controls(form).get(name)
    return field is None or not isinstance(field, django_forms.ChoiceField | django_forms.BooleanField)


def controls(form) -> dict[str, object]:
    """Every control of the form: its name and its field."""
    fields = {bound.html_name: bound.field for bound in form}
    for group in form.groups.values():
        fields |= {bound.html_name: bound.field for row in group.forms for bound in row}
    return fields


def cleanings(form) -> dict[str, Cleaning]:
    """How each control is cleaned, of a date each part."""
    bound = [*form, *(field for group in form.groups.values() for row in group.forms for field in row)]
    named = {field.html_name: field.clean_text for field in bound}
    return named | {f"{name}_{part}": how for name, how in named.items() for part in ("day", "month", "year")}


class AnythingTyped(TestCase):
    def setUp(self):
        self.lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
        self.application = complete_application(self.lead, volunteers=None)

    @given(code=st.sampled_from(sorted(FORMS)), data=st.data())
    @settings(max_examples=60, deadline=None)
    def test_it_is_refused_at_its_field_or_comes_back_as_it_was_cleaned(self, code, data):
        form = FORMS[code](instance=self.application)
        names = typed_into(form)
        typed = {
            name: data.draw(TYPED, label=name)
            for name in data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=4))
        }
        client = client_of(self.lead.user)
        response = sent(client, url(self.application, code), typed)
        cleaning = cleanings(form)
        typed = {name: cleaning[name](read(text)) for name, text in typed.items()}
        stored = Application.objects.get(pk=self.application.pk)
        if response.status_code == 200:
            assert response.context["form"].to_mend
            page = response.content.decode()
            for field in response.context["form"].to_mend:
                assert f'id="{field.auto_id}_error"' in page
                assert f'href="#{field.first_control}"' in page
            for name, text in typed.items():
                assert not is_written(form, name) or escape(text) in page
            return
        assert response.status_code == 302
        summary = client.get(f"/en/applications/{stored.uuid}/summary/").content.decode()
        kept = flat_answers(stored, BY_CODE[code])
        for name, field in controls(form).items():
            text = typed.get(name, "").strip()
            if text and type(field).__name__ in ("TextField", "EmailField", "NameField"):
                assert kept[name] == text
                for line in text.split("\n"):
                    assert escape(line) in summary


def flat_answers(application: Application, section) -> dict:
    """Each answer by the name of its control."""
    kept = {}
    for question in section.asked(application):
        value = answer(application, question)
        if question.rows is None:
            kept[question.field] = value
            continue
        for number, row in enumerate(value):
            index = row[question.rows.key] if question.rows.key else number
            kept |= {f"{question.field}-{index}-{name}": part for name, part in row.items()}
    return kept


@pytest.mark.parametrize(
    ("code", "name", "longest"),
    [
        ("who", "contact_name", 150),
        ("offer", "guide_languages", 200),
        ("stay", "next_home", LONGEST_TEXT),
        ("guidance", "experience", LONGEST_TEXT),
        ("guidance", "steps-bank-who", 150),
        ("guidance", "steps-bank-how", LONGEST_TEXT),
        ("cooperation", "contacts-deputy-name", 150),
        ("declaration", "remarks", LONGEST_TEXT),
    ],
)
def test_a_text_has_a_greatest_length(lead, application, code, name, longest):
    response, fresh = save(lead, application, code, **{name: "é" * (longest + 1)})
    assert response.status_code == 200
    assert [field.html_name for field in response.context["form"].to_mend] == [name]
    if longest == LONGEST_TEXT:
        assert f"At most {LONGEST_TEXT} characters." in response.content.decode()
    response, fresh = save(lead, application, code, **{name: "é" * longest})
    assert response.status_code == 302
    assert flat_answers(fresh, BY_CODE[code])[name] == "é" * longest


def test_line_ends_count_as_one_character(lead, application):
    text = "a\r\n" * (LONGEST_TEXT // 2)
    _response, fresh = save(lead, application, "declaration", remarks=text)
    assert fresh.remarks == text.replace("\r\n", "\n").strip()


# ── Numbers and dates ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("850", "850"),
        ("850,50", "850.50"),
        ("850.5", "850.5"),
        ("1.250", "1250"),
        ("1 250,50", "1250.50"),
        ("1\u00a0250", "1250"),
        ("1\u202f250", "1250"),
        ("1.250,50", "1250.50"),
        ("1'250", "1250"),
        ("€ 1.250.000,5", "1250000.5"),
        ("850,-", "850"),
        ("1,250", None),
        ("1,250.50", None),
        ("-3", None),
        ("1e3", None),
        ("٣", "3"),
        ("NaN", None),
        ("", None),
        (",5", None),
        ("9" * 40, None),
    ],
)
def test_numbers_as_people_type_them(typed, number):
    assert read_number(typed) == (Decimal(number) if number else None)


@given(st.text())
def test_any_text_is_a_number_or_not(text):
    number = read_number(text)
    assert number is None or number >= 0


@given(st.decimals(0, 99_999, places=2))
def test_an_amount_comes_back_as_it_was_written(amount):
    field = AmountField(most=99_999)
    assert field.clean(field.prepare_value(amount)) == amount


@pytest.mark.parametrize("typed", ["850,5055", "1,250", "100000", "eight"])
def test_an_amount_that_is_none_is_refused(lead, application, typed):
    response, fresh = save(lead, application, "stay", **{"dwellings-0-rent": typed})
    assert 'id="id_dwellings-0-rent_error"' in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()
    assert fresh.revision == application.revision


def test_a_whole_number_stays_whole():
    field = NumberField(most=100, required=False)
    assert (field.clean("12,0"), field.clean(" 1 2 "), field.clean("")) == (12, 12, None)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_date_comes_back_from_its_parts(day):
    field = DateField()
    assert field.clean([str(part) for part in field.widget.decompress(day)]) == day


@pytest.mark.parametrize(
    ("language", "typed", "month"),
    [
        ("nl", "maart", 3),
        ("nl", "ma", None),
        ("nl", "mrt", 3),
        ("fr", "Février", 2),
        ("fr", "fevr.", 2),
        ("fr", "jui", None),
        ("de", "März", 3),
        ("en", "dec", 12),
        ("en", "de", None),
    ],
)
def test_a_month_may_be_a_word_of_ones_own_language(language, typed, month):
    with translation.override(language), nullcontext() if month else pytest.raises(ValidationError):
        assert DateField().clean(["1", typed, "2027"]) == date(2027, month, 1)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2027"),
        ("1", "", "2027"),
        ("1", "3", "27"),
        ("x", "3", "2027"),
        ("1", "13", "2027"),
    ],
)
def test_a_wrong_date_is_refused_as_a_group_and_kept(lead, application, day, month, year):
    parts = {"available_from_day": day, "available_from_month": month, "available_from_year": year}
    response, fresh = save(lead, application, "offer", **parts)
    page = response.content.decode()
    assert 'id="id_available_from_error"' in page
    assert 'href="#id_available_from_0"' in page
    assert all(f'name="{name}" value="{value}"' in page for name, value in parts.items() if value)
    assert fresh.available_from == application.available_from


# ── Who is asked what ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_follows_from_a_yes_is_asked_in_the_same_form_and_appears_nowhere_after_a_no(lead, application):
    section, insured = BY_CODE["guidance"], BY_NUMBER["5.5"]
    with_volunteers = coverage.section_hash(application.joined_parties[0], section)
    response = client_of(lead.user).get(url(application, "guidance"))
    assert 'name="volunteers_insured"' in response.content.decode()
    _response, fresh = save(lead, application, "guidance", volunteers="False", volunteers_insured="True")
    assert insured not in section.asked(fresh)
    assert insured not in completeness.missing(fresh, section)
    assert coverage.section_hash(fresh.joined_parties[0], section) != with_volunteers
    label = str(insured.label)
    assert label not in client_of(lead.user).get(f"/en/applications/{fresh.uuid}/summary/").content.decode()
    numbers = {question["number"] for part in snapshots.content_of(fresh)["sections"] for question in part["questions"]}
    assert not numbers & {"5.5", "5.6", "6.5"}


def test_cleaned_answers_are_exactly_those_that_are_asked(application):
    form = FORMS["guidance"]({"volunteers": "True", "volunteers_insured": "False"}, instance=application)
    assert form.is_valid()
    asked = {"guidance_team", "guidance_hours", "experience", "volunteers", "steps"}
    assert form.cleaned_data.keys() == asked | {"volunteers_insured", "volunteers_informed"}
    form = FORMS["guidance"]({"volunteers": "False", "volunteers_insured": "False"}, instance=application)
    assert form.is_valid()
    assert form.cleaned_data.keys() == asked


def test_an_answer_that_hangs_on_another_is_left_out_where_it_is_not_asked(lead, application):
    answers = {"volunteers": False, "volunteers_insured": False}
    fresh = saving.save_section(application, BY_CODE["guidance"], lead.user, answers)
    fresh.refresh_from_db()
    assert (fresh.volunteers, fresh.volunteers_insured) == (False, True)
    with pytest.raises(NotAllowed):
        saving.save_section(application, BY_CODE["cooperation"], lead.user, {"support_division": "Smuggled."})


def test_a_requested_change_opens_what_follows_from_its_answer(lead):
    officer = UserFactory(groups=["Officers"])
    application = application_in_review(lead, officer, volunteers=False)
    change_requests_services.ask(application, officer, asked={"5.4": "Sure?"}, due_on=clock.today())
    answers = {"volunteers": "True", "volunteers_insured": "True", "volunteers_informed": "True", "experience": "no"}
    _response, fresh = save(lead, application, "guidance", **answers)
    assert (fresh.volunteers, fresh.volunteers_insured, fresh.volunteers_informed) == (True, True, True)
    assert fresh.experience == application.experience
    assert len(fresh.steps.all()) == 9


def test_alone_nobody_divides_support(lead, application):
    assert "support_division" not in FORMS["cooperation"](instance=application).fields


# ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def dwelling(number: int, **parts) -> dict[str, str]:
    values = {"secured": "in_sight", "kind": "flat", "municipality": GHENT, "bedrooms": "2", "months": "12", **parts}
    return {f"dwellings-{number}-{name}": value for name, value in values.items()}


def test_dwellings_are_added_and_removed_without_losing_what_was_typed(lead, application):
    typed = {**dwelling(0, rent="seven", available_from_day="9"), "next_home": "We look <together>."}
    response, fresh = save(lead, application, "stay", **typed, **{"dwellings-add": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">') == 2
    assert 'value="seven"' in page
    assert 'name="dwellings-0-available_from_day" value="9"' in page
    assert "We look &lt;together&gt;." in page
    assert "error" not in page
    assert fresh.revision == application.revision
    typed |= dwelling(1, bedrooms="7")
    response, fresh = save(lead, application, "stay", **typed, **{"dwellings-remove": "0"})
    page = response.content.decode()
    assert 'value="seven"' not in page
    assert 'name="dwellings-1-bedrooms" value="7"' in page
    assert fresh.revision == application.revision


def test_dwellings_are_kept_in_their_order_and_blank_ones_are_not(lead, application):
    typed = dwelling(0) | dwelling(3, rent="1.250,5") | {"dwellings-7-bedrooms": ""}
    _response, fresh = save(lead, application, "stay", **typed)
    kept = answer(fresh, BY_NUMBER["4.1"])
    assert [row["rent"] for row in kept] == [None, "1250.50"]
    entry = log.entries_of(fresh).filter(action="edited").latest("pk")
    assert entry.data["questions"] == ["4.1", "4.2"]
    revision = fresh.revision
    _response, fresh = save(lead, application, "stay", **typed)
    assert fresh.revision == revision
    assert list(fresh.dwellings.values_list("rent", flat=True)) == [None, Decimal("1250.50")]


def test_at_most_fifty_dwellings(lead, application):
    fifty = {name: value for number in range(50) for name, value in dwelling(number).items()}
    response, fresh = save(lead, application, "stay", **fifty)
    assert response.status_code == 302
    assert fresh.dwellings.count() == 50
    response, fresh = save(lead, application, "stay", **fifty, **{"dwellings-add": "1"})
    assert len(response.context["form"].groups["dwellings"].forms) == 50
    response, fresh = save(lead, application, "stay", **fifty, **dwelling(50, bedrooms="9"))
    assert 'id="id_dwellings_error"' in response.content.decode()
    assert not fresh.dwellings.filter(bedrooms=9).exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("kind", "castle"), ("municipality", "00000"), ("months", "11"), ("bedrooms", "-1"), ("adapted", "perhaps")],
)
def test_a_wrong_part_of_a_dwelling_is_told_there_and_saves_nothing(lead, application, name, typed):
    response, fresh = save(lead, application, "stay", **dwelling(0), **dwelling(1, **{name: typed}))
    page = response.content.decode()
    if name == "adapted":
        assert response.status_code == 200
    assert f'id="id_dwellings-1-{name}_error"' in page
    assert "Dwelling 2: " in page
    assert fresh.dwellings.count() == 1


def test_an_incomplete_dwelling_is_saved_and_still_missing(lead, application):
    _response, fresh = save(lead, application, "stay", **dwelling(0), next_home="Together.")
    assert completeness.missing(fresh, BY_CODE["stay"]) == [BY_NUMBER["4.1"]]
    _response, fresh = save(
        lead, application, "stay", **dwelling(0, persons="4", adapted="True"), next_home="Together."
    )
    assert completeness.missing(fresh, BY_CODE["stay"]) == []


def test_each_step_needs_someone(lead, application):
    everyone = {f"steps-{step}-who": "OCMW" for step in GuidanceStep.Step.values}
    _response, fresh = save(lead, application, "guidance", **{**everyone, "steps-work-who": ""})
    assert BY_NUMBER["5.7"] in completeness.missing(fresh, BY_CODE["guidance"])
    assert len(answer(fresh, BY_NUMBER["5.7"])) == 8
    _response, fresh = save(lead, application, "guidance", **everyone)
    assert BY_NUMBER["5.7"] not in completeness.missing(fresh, BY_CODE["guidance"])


def test_a_step_that_the_team_guides_needs_no_words(lead):
    """Ticked until someone says otherwise; what is unticked asks who, and keeps its place."""
    application = complete_application(lead, steps=[])
    page = (
        client_of(lead.user).get(reverse("applications:section", args=[application.uuid, "guidance"])).content.decode()
    )
    assert len(re.findall("by_team[^>]* checked", page)) == 9
    ticked = {f"steps-{step}-by_team": "on" for step in GuidanceStep.Step.values}
    _response, fresh = save(lead, application, "guidance", **ticked)
    assert BY_NUMBER["5.7"] not in completeness.missing(fresh, BY_CODE["guidance"])
    assert "Bank account: the team of 5.1\n" in english(fresh, "5.7")
    del ticked["steps-work-by_team"]
    _response, fresh = save(lead, application, "guidance", **ticked)
    assert BY_NUMBER["5.7"] in completeness.missing(fresh, BY_CODE["guidance"])
    _response, fresh = save(
        lead, application, "guidance", **ticked, **{"steps-work-who": "VDAB", "steps-doctor-how": "By bus."}
    )
    assert BY_NUMBER["5.7"] not in completeness.missing(fresh, BY_CODE["guidance"])
    assert "Work: VDAB" in english(fresh, "5.7")
    assert "Doctor: the team of 5.1 – By bus." in english(fresh, "5.7")
    page = (
        client_of(lead.user).get(reverse("applications:section", args=[application.uuid, "guidance"])).content.decode()
    )
    assert len(re.findall("by_team[^>]* checked", page)) == 8
    assert page.count('<details class="govuk-details" open>') == 2


def test_what_is_optional_waits_folded_unless_something_stands_there(lead):
    """Nothing that was typed, and nothing that is wrong, is hidden."""
    application = complete_application(lead, dwellings=[])
    path = reverse("applications:section", args=[application.uuid, "stay"])
    assert '<details class="govuk-details">' in client_of(lead.user).get(path).content.decode()
    response, _fresh = save(lead, application, "stay", **dwelling(0, rent="much"))
    page = response.content.decode()
    assert '<details class="govuk-details" open>' in page
    assert 'id="id_dwellings-0-rent_error"' in page


def test_a_deputy_is_optional(lead, application):
    deputy = {f"contacts-deputy-{name}": value for name, value in {"name": "", "email": "d@town.example"}.items()}
    contact = {"contacts-contact-name": "A", "contacts-contact-email": "a@town.example"}
    _response, fresh = save(lead, application, "cooperation", **contact, **deputy)
    assert BY_NUMBER["6.2"] not in completeness.missing(fresh, BY_CODE["cooperation"])
    assert "Deputy: d@town.example" in english(fresh, "6.2")
    response, _fresh = save(lead, application, "cooperation", **contact, **{"contacts-deputy-email": "no address"})
    assert 'id="id_contacts-deputy-email_error"' in response.content.decode()


def english(application, number: str) -> str:
    with translation.override("en"):
        return answer_text(application, BY_NUMBER[number])


def test_a_dwelling_as_a_person_reads_it(application):
    translation.activate("en")
    assert english(application, "4.1").split("\n") == [
        "Dwelling 1",
        "Do you have it? we have a home",
        "Kind of dwelling: house",
        "Municipality: Gent",
        "Number of bedrooms: 5",
        "For how many persons? 5",
        "Rent, in euros a month: €850",
        f"Available from: {date_format(date(2027, 3, 1), 'DATE_FORMAT')}",
        "For how many months? 24",
        "Is it adapted for someone with a disability? no",
    ]


def test_the_answer_to_a_question_with_rows_is_plain_data_that_can_be_written_back(application):
    for field, kind in ROWS.items():
        kept = row_groups.answer(application, field, kind)
        assert kept
        row_groups.write(application, field, kind, kept)
        assert row_groups.answer(Application.objects.get(pk=application.pk), field, kind) == kept


# ── The task list ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_task_list_tells_how_far_each_section_is(lead, application):
    page = client_of(lead.user).get(f"/en/applications/{application.uuid}/").content.decode()
    assert "Cannot start yet" not in page
    assert "In progress" not in page
    application.dwellings.all().delete()
    Application.objects.filter(pk=application.pk).update(declared=False)
    page = client_of(lead.user).get(f"/en/applications/{application.uuid}/").content.decode()
    assert page.count("In progress") == 1
    assert page.count("Not started") == 1
    assert page.count("Cannot start yet") == 1


# ── Queries ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_section_takes_few_queries_however_many_dwellings(lead, application, code):
    client = client_of(lead.user)
    address = reverse("applications:section", args=[application.uuid, code])

    def posted(number: int) -> dict[str, str]:
        if code != "stay":
            return {
                "contact_name": "A",
                "remarks": "B",
                "guide_languages": "C",
                "experience": "D",
                "consultations": "E",
            }
        return {name: value for index in range(number) for name, value in dwelling(index).items()}

    def queries(act) -> int:
        """How many; savepoints, which stand for transactions in a test, do not count."""
        with CaptureQueriesContext(connection) as captured:
            assert act().status_code in (200, 302)
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    client.get(address)
    read, saved = queries(lambda: client.get(address)), queries(lambda: client.post(address, posted(1)))
    # Two of them, for the frame and the menu, a server asks once a minute.
    assert (read <= 11, saved <= 15) == (True, True), (read, saved)
    client.post(address, posted(49))
    assert queries(lambda: client.post(address, posted(50))) <= saved
    client.get(address)
    assert queries(lambda: client.get(address)) <= read
    assert code != "stay" or Dwelling.objects.count() == 50
