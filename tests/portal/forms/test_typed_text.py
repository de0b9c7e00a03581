"""Typed text is cleaned in every form and on every save, whoever wrote the form; and exports hold what is stored."""

import importlib
import io
import pkgutil

import openpyxl
import pytest
from django import forms
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation

import applications
import home
import partners
import portal
from partners.models import Capacity, Interest, Organisation
from portal import clock, text
from portal.models import User
from portal.text import OUR_APPS
from tests.clients import client_of
from tests.factories import InterestFactory, MembershipFactory, OrganisationFactory, UserFactory, submitted_application

# As pasted from Word, typed on a Mac, copied from a PDF, or written by someone who wants a name to be read otherwise.
DIRTY = "Cafe\u0301\u000bA\u202eB\u200b\u00ad\r\nC\td"
NAME, LINE, LINES = "Café AB C d", "Café AB\u200b\u00ad C d", "Café AB\u200b\u00ad\nC\td"
PACKAGES = (applications, home, partners, portal)
FORM_LIBRARIES = (
    "allauth.account.forms",
    "allauth.mfa.webauthn.forms",
    "wagtail.users.forms",
    "wagtail.admin.forms.search",
)


def every_form() -> list[type[forms.BaseForm]]:
    """Each form of ours, and those of the libraries that people of Fedasil and applicants meet."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not any(part in module.name for part in (".settings", ".migrations", ".management", "wsgi")):
                importlib.import_module(module.name)
    for name in FORM_LIBRARIES:
        importlib.import_module(name)
    found, waiting = {}, [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            found[f"{form.__module__}.{form.__qualname__}"] = form
    return [form for name, form in sorted(found.items()) if not name.startswith("django.")]


def text_fields(form_class) -> list[str]:
    found = getattr(form_class, "base_fields", {})
    return [name for name, field in found.items() if isinstance(field, forms.CharField) and not field.disabled]


def as_cleaned(form_class, name: str, typed: str) -> str:
    """What this field of the form makes of it; the form's own renderer, without what it needs to be made."""
    shape = {"default_renderer": form_class.default_renderer, "bound_field_class": form_class.bound_field_class}
    bare = type("Bare", (forms.Form,), {name: form_class.base_fields[name], **shape})
    field = bare({name: typed})[name]
    return field.data


def test_each_text_field_of_each_form_is_cleaned():
    walked, wrong = 0, []
    for form_class in every_form():
        for name in text_fields(form_class):
            field = form_class.base_fields[name]
            if not isinstance(field.widget, forms.TextInput | forms.Textarea | forms.HiddenInput):
                continue
            walked += 1
            cleaned = as_cleaned(form_class, name, DIRTY)
            allowed = {NAME, LINE, NAME.lower()} if isinstance(field.widget, forms.TextInput) else {NAME, LINES}
            if cleaned not in allowed:
                wrong.append((form_class, name, cleaned))
    assert not wrong
    assert walked > 100


@pytest.mark.parametrize("name", ["login", "email", "invited_email", "contact_email"])
def test_an_address_is_one_address_in_each_form(name):
    asked = [form for form in every_form() if name in getattr(form, "base_fields", {})]
    for form_class in asked:
        if isinstance(form_class.base_fields[name], forms.EmailField):
            assert as_cleaned(form_class, name, " An.Voorbeeld@demo.example\u200b") == "an.voorbeeld@demo.example"


@pytest.mark.django_db
def test_each_text_field_of_each_model_is_stored_clean():
    walked, wrong = 0, []
    for model in (model for model in apps.get_models() if model._meta.app_label in OUR_APPS):
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or isinstance(field, StreamField):
                continue
            if field.choices or f"{model._meta.label_lower}.{field.name}" in text.NOT_TYPED:
                continue
            walked += 1
            instance = model(**{field.attname: DIRTY})
            text.clean_stored(sender=model, instance=instance)
            if getattr(instance, field.attname) not in {NAME, LINE, LINES, NAME.lower()}:
                wrong.append((model, field.name))
    assert not wrong
    assert walked > 100


@pytest.mark.django_db
def test_what_comes_by_no_form_is_stored_clean():
    interest = InterestFactory(
        contact_name=DIRTY,
        email="AN@town.example\u200b",
        message=DIRTY,
        created_at=clock.now(),
        follow_up_on=clock.today(),
    )
    assert (interest.contact_name, interest.email, interest.message) == (NAME, "an@town.example", LINES)
    translated = StringTranslation(data=DIRTY)
    text.clean_stored(sender=StringTranslation, instance=translated)
    assert translated.data == LINES


def blocks_in(block) -> list[blocks.Block]:
    children = list(getattr(block, "child_blocks", {}).values())
    children += [block.child_block] if hasattr(block, "child_block") else []
    return [block, *(inner for child in children for inner in blocks_in(child))]


def test_each_text_of_a_page_is_cleaned():
    streams = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model._meta.app_label == "home" and isinstance(field, StreamField)
    ]
    walked = 0
    for block in (block for stream in streams for block in blocks_in(stream.stream_block)):
        if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
            walked += 1
            cleaned = block.value_from_form(DIRTY)
            assert (cleaned.source if isinstance(cleaned, RichText) else cleaned) in {LINE, LINES}, block
    assert walked > 20


@given(st.text())
def test_what_is_cleaned_stays_as_it_is(typed):
    for cleaning in (text.clean, text.clean_line, text.clean_name, text.clean_address, text.clean_number):
        cleaned = cleaning(typed)
        assert cleaning(cleaned) == cleaned
        assert not text.CONTROLS.search(cleaned)
        cleaned.encode()


@pytest.mark.parametrize(
    "typed",
    [
        "an.claes@town.example",
        " An.Claes@Town.example ",
        "An Claes <an.claes@town.example>",
        '"Claes, An" <an.claes@town.example>;',
        "mailto:an.claes@town.example",
        "<an.claes@town.example>",
        "an.claes@town.example.",
        "an.claes@town.example, ",
        "ａｎ.claes@town.example",
    ],
)
def test_an_address_is_cleaned_of_what_it_was_copied_with(typed):
    assert text.clean_address(typed) == "an.claes@town.example"


def test_searching_forgives_capitals_accents_and_apostrophes():
    assert text.fold("L’Étape") == text.fold("l'etape") == "l'etape"
    assert text.fold("Straße") == text.fold("STRASSE")


# ── By the front door ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_name_pasted_from_word_is_kept_without_its_line_break():
    client = client_of(UserFactory())
    sent = {"name": "Stad\u000bVoor\u202ebeeld", "enterprise_number": "BTW BE 0207.451.227", "letter_language": "nl"}
    municipality = OrganisationFactory().municipality.pk
    client.post("/nl/organisations/new/non_profit/", {**sent, "municipality": municipality})
    assert Organisation.objects.get(enterprise_number="0207451227").name == "Stad Voorbeeld"


DIRTY_STORED = "=1+1\u000bStad\u202e"


@pytest.mark.django_db
def test_no_export_fails_on_what_is_stored():
    """Rows from before cleaning, or from a restored backup: written past save()."""
    officer = UserFactory(groups=["Officers"])
    submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE))
    InterestFactory(created_at=clock.now(), follow_up_on=clock.today())
    Interest.objects.update(name=DIRTY_STORED, state="new", follow_up_on="2027-01-01")
    Organisation.objects.update(name=DIRTY_STORED)
    User.objects.filter(pk=officer.pk).update(last_name=DIRTY_STORED)
    client = client_of(officer)
    for address in ("/admin/applications/?work=all&", "/admin/organisations/?", "/admin/interests/?"):
        sheet = b"".join(client.get(f"{address}export=xlsx").streaming_content)
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(sheet)).active.values for cell in row]
        assert "=1+1 Stad" in cells, address
        lines = b"".join(client.get(f"{address}export=csv").streaming_content).decode()
        assert "'=1+1 Stad" in lines, address
