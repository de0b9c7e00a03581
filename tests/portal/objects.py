"""What stands in our addresses, made as the portal makes it: each function gives the values of parameters, by kind.

What belongs to a dossier or an organisation is made by one function for one's own and for those of others.
"""

from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from wagtail.models import Page

from applications.attachments import services as attachments_services
from applications.change_requests import services as change_requests_services
from applications.communication import messages
from applications.internal import advice, notes
from applications.models import Application, Decision, Letter, Party, PrivateMessage
from applications.parties import services as parties_services
from applications.versions import snapshots
from home.content.source import fixed_id
from home.models import InformationPage, Session
from home.sessions import services as sessions_services
from partners.finder import conversations, notices
from partners.interest import services as interest_services
from partners.models import Capacity, FinderConversation, FinderNotice, Membership, Organisation
from partners.organisations import claims
from partners.partnerships import services as partnerships_services
from partners.people import services as people_services
from portal import clock
from portal.confirmations import services as confirmations_services
from portal.documents import pdf
from portal.files import store
from portal.files.validation import judge
from portal.models import Absence, User
from portal.staff import absences
from tests.factories import (
    InterestFactory,
    MembershipFactory,
    UserFactory,
    application_in_review,
    attach,
    complete_application,
    prepared,
    review_assigned,
    small_pdf,
)
from tests.passkeys import SoftPasskey

NOTICE = {
    "seeks": ["stay"],
    "offers": ["guidance"],
    "area": "province",
    "province": "40000",
    "municipalities": [],
    "words": "We guide families.",
    "agreed": True,
}
# The values of an address's parameters, by name.
Values = dict[str, object]


# ── Of a dossier, for its parties ─────────────────────────────────────────────────────────────────────────────────────
def of_parties(
    lead: Membership, partner: Membership, invited: str, officer: User, decider: User, *, version: int = 1
) -> dict[str, Values]:
    """A draft, a decided application and one with which Fedasil waits for answers; `version` is the last one's number.

    Only the decided one has no partner: what its letter and receipt hold is for the lead alone.
    """
    draft, joined = with_partner(lead, partner)
    attachment = attach(draft.joined_parties[0], "decision", two_pages() if version == 2 else None)
    attachments_services.draw_previews(attachment, attachment.stored.read())
    draft.refresh_from_db()
    waiting = parties_services.invite(draft, lead.user, name="Other", email=invited, language="nl")

    alone = complete_application(lead)
    for _number in range(version):
        snapshots.freeze(alone, lead.user)
    decision, letter = decided_once_and_again(alone, officer, decider)

    asked, _joined = with_partner(lead, partner)
    asked = submitted(asked, state="in_review")
    snapshots.freeze(asked, lead.user)
    change_requests_services.ask(asked, officer, asked={"5.2": "How many?"}, due_on=clock.today())
    message = messages.send(asked, lead.user, "A question.", party=asked.joined_parties[0])
    return {
        "draft": {"uuid": draft.uuid, "code": "guidance"},
        "draft_answers": {"uuid": draft.uuid, "form": "docx"},
        "attachment": {"uuid": attachment.uuid},
        "preview": {"uuid": attachment.uuid, "page": version},
        "lead_party": {"uuid": draft.parties.get(is_lead=True).uuid},
        "partners_party": {"uuid": joined.uuid},
        "invited_party": {"uuid": waiting.uuid},
        "lead_receipt": {"uuid": alone.uuid, "number": version},
        "lead_council": {"uuid": alone.parties.get().uuid, "body": "college", "form": "docx"},
        "letter": {"uuid": letter.uuid},
        "decision": {"pk": decision.pk},
        "letter_at_desk": {"pk": decision.pk, "party_pk": letter.party_id},
        "asked": {"uuid": asked.uuid, "pk": asked.pk},
        "change_request": {"pk": asked.change_requests.get().pk},
        "message_of_lead": {"uuid": asked.uuid, "pk": message.pk},
    }


def with_partner(lead: Membership, partner: Membership) -> tuple[Application, Party]:
    draft = complete_application(lead)
    joined = parties_services.invite(draft, lead.user, name="Partner", email=partner.user.email, language="nl")
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
    draft.refresh_from_db()
    return draft, joined


def submitted(draft: Application, *, state: str) -> Application:
    """As if it had been signed and submitted, in this state."""
    Application.objects.filter(pk=draft.pk).update(
        state=state,
        reference=f"HV-2026-{draft.pk:06}",
        submitted_at=clock.now(),
        led_by=draft.lead,
        clock_started_at=clock.now() if state == "in_review" else None,
    )
    return Application.objects.get(pk=draft.pk)


def decided_once_and_again(draft: Application, officer: User, decider: User) -> tuple[Decision, Letter]:
    """A correction that waits to be released, and a letter about the first decision."""
    application, now = submitted(draft, state="declined"), clock.now()
    first = Decision.objects.create(
        application=application,
        version=application.versions.last(),
        state="released",
        outcome="decline",
        reasons_nl="No.",
        prepared_by=officer,
        prepared_at=now,
        decider=decider,
        decided_at=now,
    )
    stored = store.store(b"%PDF-1.7", name="letter.pdf", content_type="application/pdf")
    letter = Letter.objects.create(decision=first, party=application.parties.get(), language="nl", stored=stored)
    return prepared(application, officer, "decline"), letter


@cache
def two_pages() -> bytes:
    return pdf.pdf(
        '<html lang="nl"><head><title>Decision</title></head>'
        '<body><p>One</p><p style="break-before: page">Two</p></body></html>'
    )


# ── Of a dossier, at the desk ─────────────────────────────────────────────────────────────────────────────────────────
def at_desk(officer: User, *, adviser: User) -> dict[str, Values]:
    """One in review, with what only Fedasil sees of it: the officer's review, note and question to a colleague."""
    application = application_in_review(MembershipFactory(capacity=Capacity.REPRESENTATIVE), officer)
    review = review_assigned(application, officer)
    note = notes.write(application, officer, "5.2", "Few hours.")
    asked = advice.ask(application, officer, of=adviser, sections=["stay"], question="Enough?", due_on=clock.today())
    among_us = PrivateMessage.objects.create(
        application=application, author=officer, text="Among us.", sent_at=clock.now()
    )
    return {
        "in_review": {"pk": application.pk},
        "in_review_question": {"pk": application.pk, "number": "5.2"},
        "review": {"pk": application.pk, "review_pk": review.pk},
        "officers_note": {"pk": note.pk},
        "private_message": {"pk": among_us.pk},
        "advice": {"pk": asked.pk},
    }


# ── Of an organisation, and of a person ───────────────────────────────────────────────────────────────────────────────
def of_organisation(manager: Membership, away: User, signs: User, invited: str) -> dict[str, Values]:
    organisation = manager.organisation
    of = {user: organisation.memberships.get(user=user) for user in (away, signs)}
    invitation = people_services.invite(organisation, manager.user, email=invited, language="nl", viewer=True)
    asking = people_services.ask_to_join(organisation, UserFactory())
    claimed = claims.claim(organisation, UserFactory(), "The number is ours.")
    absence = people_services.set_absence(of[away], clock.today(), clock.today(), None)
    people_services.keep_paper(of[signs], manager.user, judge(small_pdf(), "decision.pdf"))
    talk = conversation_with(manager)
    of[signs].refresh_from_db()
    people_services.settle_paper(of[signs], "")
    return {
        "lead": {"uuid": organisation.uuid, "pk": organisation.pk},
        "finder_conversation": {"uuid": talk.uuid},
        "conversation_at_desk": {"pk": talk.pk},
        "viewer_membership": {"uuid": of[away].uuid},
        "signatory_membership": {"uuid": of[signs].uuid},
        "absence": {"pk": absence.pk},
        "join_request": {"uuid": asking.uuid},
        "invitation": {"uuid": invitation.uuid},
        "claim": {"pk": organisation.pk, "claim_pk": claimed.pk},
    }


def conversation_with(manager: Membership) -> FinderConversation:
    """The organisation wrote to another one."""
    return conversations.write_to(seeking(manager.user), manager.organisation, manager.user, "Good morning.")


def seeking(verifier: User) -> FinderNotice:
    """The notice of an organisation that was verified."""
    verified = {"organisation__verified_at": clock.now(), "organisation__verified_by": verifier}
    member = MembershipFactory(**verified)
    return notices.publish(member.organisation, member.user, **NOTICE, ends_on=clock.today() + timedelta(days=30))


def of_person(user: User) -> dict[str, Values]:
    passkey = SoftPasskey().kept_by(user)
    RecoveryCodes.activate(user)
    browser = UserSession.objects.create(
        user=user, session_key=f"elsewhere{user.pk}", ip="192.0.2.1", user_agent="Firefox"
    )
    return {"managers_passkey": {"pk": passkey.pk}, "managers_session": {"pk": browser.pk}}


def of_desk_person(user: User, deputy: User, in_days: int) -> dict[str, Values]:
    later = clock.today() + timedelta(days=in_days)
    away = Absence(user=user, first_day=later, last_day=later, deputy=deputy)
    absences.keep(away, user)
    return {"officers_absence": {"pk": away.pk}, "officers_notice": {"pk": user.notices.first().pk}}


def of_confirmations(asker: User, other: User, about: list[User]) -> tuple[dict[str, Values], dict[str, Values]]:
    """Acts that wait for a second person: what `asker` may confirm and withdraw, and the other way round."""
    asked = [
        confirmations_services.ask("account_groups", person, {"groups": ["Editors"]}, by, reason="New.")
        for person, by in zip(about, (asker, other), strict=True)
    ]
    own, others = ({"pk": confirmation.pk} for confirmation in asked)
    return (
        {"confirmation": others, "own_confirmation": own},
        {"confirmation": own, "own_confirmation": others},
    )


# ── What is nobody's own ──────────────────────────────────────────────────────────────────────────────────────────────
def of_everyone(officer: User, decider: User, lead: Organisation) -> dict[str, Values]:
    terms = partnerships_services.Terms("HV", [3], False, 1, date(2027, 3, 1), Decimal(9000))
    lead_terms = partnerships_services.PartyTerms(lead, lead=True, stay=True, guidance=True)
    partnership = partnerships_services.start([lead_terms], terms, officer, decider)
    session = sessions_services.plan(
        Session(name="Webinar", date=clock.today() + timedelta(days=9), start_time=time(14), seats=9), officer
    )
    registration = sessions_services.register(
        session, name="Visitor", email="visitor@town.example", organisation="", needs="", language="nl"
    )
    notice = seeking(officer)
    interest = interest_services.express(InterestFactory.build())
    return {
        "sample": {"key": fixed_id("council-note")},
        "calculation": {"key": "4d-3l.2"},
        "printable": {"key": InformationPage.objects.first().translation_key},
        "home": {"language": "nl", "key": Page.objects.get(url_path="/nl/").translation_key},
        "untranslated": {"key": not_in_dutch().translation_key},
        "page_path": {"_0": "wat-is-hervestiging/"},
        "kind": {"kind": "non_profit"},
        "chapter": {"language": "nl", "name": "01-first-day"},
        "picture_of_guide": {"language": "nl", "name": "first-page"},
        "provider": {"provider_id": "none-configured"},
        "finder_notice": {"uuid": notice.uuid},
        "notice_at_desk": {"pk": notice.pk},
        "interest": {"pk": interest.pk},
        "session": {"uuid": session.uuid, "pk": session.pk},
        "registration": {"uuid": registration.uuid},
        "partnership": {"pk": partnership.pk},
    }


def not_in_dutch() -> InformationPage:
    """A page whose Dutch translation is not published."""
    page = InformationPage.objects.filter(locale__language_code="nl").latest("pk")
    Page.objects.filter(pk=page.pk).update(live=False)
    return page
