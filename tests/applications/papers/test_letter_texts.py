"""The texts of letters: what may stand between braces, who keeps them, which office sends, and what ships."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Decision, LetterTemplate, Office
from applications.models.letter import IN_BODY, NEEDED, PLACEHOLDERS
from applications.papers import letters
from partners.models import Capacity, Municipality
from portal.shipped_texts import check_placeholders, filled
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    prepared,
    reviewed,
)

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=20)
NAMES = st.sampled_from(sorted(PLACEHOLDERS))


@given(st.lists(st.tuples(WORDS, NAMES), max_size=6), st.sets(NAMES), st.sets(NAMES, max_size=2))
def test_a_text_that_is_accepted_can_be_filled(pieces, allowed, needed):
    text = "".join(f"{words}{{{name}}}" for words, name in pieces)
    used = {name for _words, name in pieces}
    if used <= allowed and needed <= used:
        check_placeholders(text, allowed, needed)
        known = {name: f"[{{{name}}}]" for name in allowed}
        # A value that looks like a placeholder stays as it is.
        assert filled(text, known) == "".join(f"{words}[{{{name}}}]" for words, name in pieces)
    else:
        with pytest.raises(ValidationError) as refused:
            check_placeholders(text, allowed, needed)
        assert all(f"{{{name}}}" in refused.value.messages[0] for name in allowed)


@given(WORDS, st.sampled_from(["{", "}", "{}", "{ reasons }", "{{reasons", "{no_such}", "{Reasons}"]), WORDS)
def test_braces_that_nothing_fills_are_refused(before, braces, after):
    with pytest.raises(ValidationError):
        check_placeholders(before + braces + after, {"reasons"})


@pytest.mark.parametrize("group", ["Editors", "Administrators", "Publishers"])
def test_editors_keep_the_texts_and_a_wrong_placeholder_is_told_at_its_field(group):
    client = Client()
    client.force_login(UserFactory(groups=[group]))
    text = LetterTemplate.objects.get(outcome="decline", language="fr")
    edit = reverse("desk_letter_templates:edit", args=[text.pk])
    assert b"{replaced_on}" in client.get(edit).content
    good = {"subject": "Candidature {reference}", "body": "Non : {reasons}", "correction": "Remplace {replaced_on}."}
    for field, wrong in (
        ("subject", "Candidature"),
        ("body", "Non."),
        ("body", "Non : {reasons} {estimate}"),
        ("correction", "Remplace l’autre."),
    ):
        answer = client.post(edit, {**good, field: wrong})
        errors = answer.context["form"].errors
        assert errors.keys() == {field}
        assert "{reference}" in str(errors[field])
    assert client.post(edit, good).status_code == 302
    text.refresh_from_db()
    assert (text.body, text.sample) == ("Non : {reasons}", False)
    # An upgrade keeps it, and says so where it brings a newer one.
    LetterTemplate.objects.filter(pk=text.pk).update(shipped_digest="older")
    assert [kept.pk for kept in letters.load_letter_texts()] == [text.pk]
    assert client.get(reverse("desk_offices:index")).status_code == 200
    officer = Client()
    officer.force_login(UserFactory(groups=["Officers"]))
    assert officer.get(edit).url == "/admin/"


def test_each_outcome_ships_in_three_languages_as_a_marked_sample():
    call_command("load_letter_texts", verbosity=0)
    assert LetterTemplate.objects.filter(sample=True).count() == 9
    assert set(Office.objects.values_list("region", "sample")) == {("", True)}
    for text in LetterTemplate.objects.all():
        text.full_clean()
        assert set(re.findall(r"\{(\w+)\}", text.body)) >= NEEDED[text.outcome]
        assert set(re.findall(r"\{(\w+)\}", text.body)) <= IN_BODY[text.outcome]
    assert len(set(LetterTemplate.objects.values_list("body", flat=True))) == 9
    # What Fedasil has to confirm stands between brackets.
    assert all("[" in office.appeal for office in Office.objects.all())


def test_a_region_may_have_an_office_of_its_own():
    own = Office.objects.get(language="fr")
    own.pk, own.region, own.name, own.place = None, Office.Region.BRUSSELS, "Bureau de Bruxelles", "Schaerbeek"
    own.save()
    officers = [UserFactory(groups=["Officers"]) for _number in range(2)]
    sent = {}
    for region in ("brussels", "wallonia"):
        town = Municipality.objects.filter(region=region, merged_into=None).exclude(language="de").first()
        organisation = OrganisationFactory(municipality=town, letter_language="fr")
        lead = MembershipFactory(organisation=organisation, capacity=Capacity.REPRESENTATIVE)
        dossier = application_in_review(lead, officers[0])
        for officer in officers:
            reviewed(dossier, officer)
        decision = Decision.objects.get(pk=prepared(dossier, officers[0]).pk)
        sent[region] = letters.written(decision)[0].html
    assert "Bureau de Bruxelles" in sent["brussels"]
    assert "Bureau de Bruxelles" not in sent["wallonia"]
    assert "Bruxelles, " in sent["wallonia"]
