"""The signatory's page, and the same content as PDF. Who signs for several parties may do it on one page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Capacity
from partners.pages.access import person_of
from partners.people.person import Person
from portal.accounts import webauthn
from portal.accounts.decorators import service_action, service_page
from portal.documents.download import as_download
from portal.formats import time_of_day
from portal.workflow import Refused

from ..case.estimate import estimate_for
from ..checks.automatic_checks import doubts
from ..models import Party
from ..papers.signed_content import covered_answers, printed
from ..parties import signatures
from ..parties.signatures import ToSign
from ..permissions import may_read_covered, seen_attachments, signing_capacities
from ..questionnaire import file_requirements
from ..questionnaire.definition import Question, Section
from ..questionnaire.questions import covered_sections
from ..signing import coverage
from ..submission.readiness import waited_for
from .access import own_party
from .forms.parties import CodeForm

CHANGED = gettext_lazy("The application was changed after you opened this page. Read it again, then sign.")


def signatory(request, uuid) -> tuple[Party, list[Capacity]]:
    """A party, and the capacities in which this person signs for it."""
    party = own_party(request, uuid)
    capacities = [Capacity(code) for code in signing_capacities(person_of(request), party)]
    if not capacities:
        raise PermissionDenied
    return party, capacities


def awaited(party: Party, capacities: list[Capacity]) -> ToSign | None:
    """What this person signs for the party: in the first of these capacities in which a signature is missing."""
    waiting = coverage.missing_capacities(party)
    return next((ToSign(party, held) for held in capacities if held in waiting), None)


def elsewhere(person: Person, party: Party) -> list[ToSign]:
    """What this person can sign at the same time for other parties."""
    found = (
        awaited(other, [Capacity(code) for code in signing_capacities(person, other)])
        for other in party.application.joined_parties
        if other != party
    )
    return [one for one in found if one and not coverage.open_sections(one.party)]


@dataclass(frozen=True)
class Beside:
    """A signature for another party, as the page shows it: what it covers that this party's signature does not."""

    signing: ToSign
    more: list[tuple[Section, list[tuple[Question, str]]]]
    less: list[Section]

    @property
    def value(self) -> str:
        """As its box is sent: which party, and the content that was read."""
        return f"{self.signing.party.uuid}:{self.signing.content}"


def beside(party: Party, signing: ToSign) -> Beside:
    own, other = coverage.covered_hashes(party), coverage.covered_hashes(signing.party)
    return Beside(
        signing,
        [part for part in covered_answers(signing.party) if own.get(part[0].code) != other[part[0].code]],
        [section for section in covered_sections(party) if section.code not in other],
    )


@service_page
def sign(request, uuid):
    """A signatory reads exactly what is signed, and signs with a mailed code or a passkey."""
    return page(request, *signatory(request, uuid))


def page(request, party: Party, capacities: list[Capacity], *, form=None, refused: Refused | None = None):
    person, awaits = person_of(request), awaited(party, capacities)
    capacity = awaits and awaits.capacity
    has_passkey = webauthn.has_one(request.user)
    covered = covered_answers(party)
    others = [beside(party, one) for one in elsewhere(person, party)] if capacity else []
    code = signatures.open_code(party, request.user)
    context = {
        "application": party.application,
        "party": party,
        "capacity": capacity,
        "capacities": capacities,
        "sections": covered,
        "doubts": doubts(party.application, {section.code for section, _answers in covered}) if capacity else [],
        "attachments": [
            found for found in seen_attachments(person, party.application) if file_requirements.is_file_of(found, party)
        ],
        "content": coverage.content_hash(party),
        "estimate": estimate_for(party.application),
        "open_sections": coverage.open_sections(party),
        "waited_for": waited_for(party.application),
        "code_is_open": code is not None,
        "others": others,
        "others_with_code": signatures.have_one_code([one.signing for one in others], code, request.user)
        if code
        else [],
        "has_passkey": has_passkey,
        "passkey_question": has_passkey and signatures.passkey_question(party, request.user),
        "form": form or CodeForm(),
        "refused": refused,
    }
    return render(request, "applications/signing/sign.html", context, status=409 if refused else 200)


def act(request, uuid, change: Callable[[list[ToSign]], HttpResponse], form: CodeForm | None = None):
    """Do what a button asks, on the content that its page showed; or show that page again, with what is refused.

    `change` gets the signature for this party, then those for others whose boxes were ticked.
    """
    party, capacities = signatory(request, uuid)
    awaits = awaited(party, capacities)
    if awaits is None:
        return page(request, party, capacities)
    try:
        chosen = [awaits, *ticked(request, party)]
        if request.POST.get("content", awaits.content) != awaits.content:
            raise Refused(CHANGED)
        if form is not None and not form.is_valid():
            return page(request, party, capacities, form=form)
        return change(chosen)
    except Refused as refusal:
        return page(request, party, capacities, form=form, refused=refusal)


def ticked(request, party: Party) -> list[ToSign]:
    """The signatures for other parties whose boxes were ticked; Refused where one cannot be given as it was shown."""
    if not (wanted := request.POST.getlist("also")):
        return []
    possible = {f"{one.party.uuid}:{one.content}": one for one in elsewhere(person_of(request), party)}
    if any(value not in possible for value in wanted):
        raise Refused(CHANGED)
    return [possible[value] for value in dict.fromkeys(wanted)]


def back_to_signing(party: Party) -> HttpResponse:
    return redirect(reverse("applications:sign", args=[party.uuid]) + "#sign")


def signed(request, chosen: list[ToSign]) -> HttpResponse:
    for one in chosen:
        messages.success(request, _("Signed for %(name)s.") % {"name": one.party.name})
    return redirect("applications:application", chosen[0].party.application.uuid)


@service_action("applications:sign")
def mail_code(request, uuid):
    """Mail the code with which one signs."""

    def change(chosen: list[ToSign]) -> HttpResponse:
        sent = signatures.send_one_code(chosen, request.user)[0]
        times = {"sent": time_of_day(localtime(sent.created_at)), "ends": time_of_day(localtime(sent.expires_at))}
        messages.success(request, _("We mailed you a code at %(sent)s. It works until %(ends)s.") % times)
        return back_to_signing(chosen[0].party)

    return act(request, uuid, change)


@service_action("applications:sign")
def sign_by_code(request, uuid):
    """Sign with the code that was mailed."""
    form = CodeForm(request.POST)

    def change(chosen: list[ToSign]) -> HttpResponse:
        signatures.sign_together(chosen, request.user, form.cleaned_data["code"])
        return signed(request, chosen)

    return act(request, uuid, change, form)


@service_action("applications:sign")
def ask_passkey(request, uuid):
    """Begin to sign with a passkey: the page then asks the browser for it."""

    def change(chosen: list[ToSign]) -> HttpResponse:
        signatures.ask_passkey(chosen[0].party, request.user, chosen[0].capacity)
        return back_to_signing(chosen[0].party)

    return act(request, uuid, change)


@service_action("applications:sign")
def sign_by_passkey(request, uuid):
    """Sign with what the passkey answered."""

    def change(chosen: list[ToSign]) -> HttpResponse:
        only = chosen[0]
        signatures.sign_with_passkey(only.party, request.user, only.capacity, request.POST.get("credential", ""))
        return signed(request, [only])

    return act(request, uuid, change)


@service_page
def signed_content(request, uuid):
    """Exactly what a party signs, as it is now, with its hash: a PDF for those who may read it."""
    party = own_party(request, uuid)
    if not may_read_covered(person_of(request), party):
        raise PermissionDenied
    return as_download(printed(party), "application", "pdf", inline=True)
