"""The access matrix as data: who gets what at each of our addresses. A new address needs a row here.

`about` names what stands in the address; what that is, one's own and others', is made in objects.py.
"""

from dataclasses import dataclass, field

VISITOR = "visitor"
APPLICANTS = {"stranger", "manager", "contributor", "viewer", "signatory", "partner", "invited", "colleague"}
GROUPS = {
    "editor": "Editors",
    "publisher": "Publishers",
    "translator": "Translators",
    "officer": "Officers",
    "decider": "Deciders",
    "administrator": "Administrators",
}
FEDASIL = set(GROUPS)
SIGNED_IN = APPLICANTS | FEDASIL
EVERYONE = {VISITOR} | SIGNED_IN
NOBODY: set[str] = set()
WRITERS = {"editor", "publisher", "translator"}
DESK = {"officer", "decider"}
ORGANISERS = {"officer", "publisher"}
WORKERS = {"manager", "contributor"}
WITH_PASSKEY = {"manager", "stranger"}
OF_LEAD = WORKERS | {"viewer", "signatory"}
OF_PARTIES = OF_LEAD | {"partner"}

# Whose object stands in the address.
OWN = "own"
OTHER_DOSSIER = "of another dossier"  # of the same lead; the stranger is its partner, and the officer withdrew from it
OTHER_ORGANISATION = "of another organisation"  # or person; the stranger manages it
MIXED = "of another dossier in one's own"


@dataclass(frozen=True)
class Row:
    """Who gets a page by GET, and who gets through by POST, with an object of their own in the address."""

    get: set[str]
    post: set[str]
    about: str = ""
    # Who gets through with an object of somebody else, where that does not follow from `get` and `post`.
    others: dict[str, set[str]] = field(default_factory=dict)
    # GET leads on to another page.
    leads_on: bool = False
    # Another method than POST that writes.
    writes_by: str = "post"
    # Not to be had by anyone, whatever their rights.
    off: bool = False
    # Methods by which Wagtail, once it let someone through, stumbles over the empty form of the test.
    breaks: set[str] = field(default_factory=set)

    def allowed(self, method: str, whose: str) -> set[str]:
        """The roles that get through, with `whose` object in the address.

        What belongs to another dossier is for those who may have their own (but for the officer, who withdrew), with
        the stranger as its partner; what belongs to another organisation, for Fedasil, and the stranger as its manager.
        """
        roles = self.get if method == "get" else self.post
        if whose == MIXED:
            return NOBODY
        if whose == OWN or roles == NOBODY or roles >= SIGNED_IN:
            return roles
        if whose in self.others:
            return self.others[whose]
        if whose == OTHER_DOSSIER:
            stranger = {"stranger"} if "partner" in roles else NOBODY
            return roles & ((OF_LEAD | FEDASIL | {VISITOR}) - {"officer"}) | stranger
        return roles & (FEDASIL | {VISITOR}) | ({"stranger"} if "manager" in roles else NOBODY)


def row(get, post=None, about="", *, dossier=None, organisation=None, **more):
    """`dossier`, `organisation`: who gets through with what is of another one, where `allowed` does not say it."""
    others = {OTHER_DOSSIER: dossier, OTHER_ORGANISATION: organisation}
    others = {whose: roles for whose, roles in others.items() if roles is not None}
    return Row(get, get if post is None else post, about, others, **more)


OURS = {
    # What anyone may open
    "choose_language": row(EVERYONE, NOBODY),
    "demo": row(EVERYONE, NOBODY),
    "page": row(EVERYONE, NOBODY, about="page_path"),
    "wagtail_serve": row(EVERYONE, NOBODY, about="page_path"),  # never reached: ours stands before it
    "news_feed": row(EVERYONE, NOBODY),
    "calculator": row(EVERYONE, NOBODY),
    "calculation_pdf": row(EVERYONE, NOBODY, about="calculation"),
    "eligibility": row(EVERYONE, NOBODY),
    "search": row(EVERYONE, NOBODY),
    "figures_csv": row(EVERYONE, NOBODY),
    "brochure": row(EVERYONE),
    "printed": row(EVERYONE, about="printable"),
    "questionnaire": row(EVERYONE),
    "council_pack": row(EVERYONE),
    "council_zip": row(EVERYONE),
    "board_pack": row(EVERYONE),
    "questionnaire_docx": row(EVERYONE, NOBODY),
    "sample_docx": row(EVERYONE, NOBODY, about="sample"),
    "print_asked": row(EVERYONE, NOBODY),
    "interest": row(EVERYONE),
    "interest_received": row(EVERYONE, NOBODY),
    "session_register": row(EVERYONE, about="session"),
    "session_registered": row(EVERYONE, NOBODY, about="session"),
    "session_registration": row(EVERYONE, about="registration"),
    "session_calendar": row(EVERYONE, NOBODY, about="registration"),
    "not_translated": row(EVERYONE, NOBODY, about="untranslated"),
    "image": row(EVERYONE, NOBODY, about="rendition"),
    "wagtaildocs_serve": row(EVERYONE, NOBODY, about="public_document"),
    "share_image": row(EVERYONE, NOBODY, about="home"),
    "sitemap": row(EVERYONE, NOBODY),
    "robots": row(EVERYONE, NOBODY),
    "components": row(EVERYONE, NOBODY),
    "account_login": row(EVERYONE),
    "account_confirm_login_code": row(EVERYONE, leads_on=True),
    "mfa_login_webauthn": row(EVERYONE, leads_on=True),
    "socialaccount_login_cancelled": row(EVERYONE, leads_on=True),
    "openid_connect_login": row(NOBODY, about="provider", off=True),  # no provider is configured: not found
    "openid_connect_callback": row(EVERYONE, NOBODY, about="provider", leads_on=True),
    "account_logout": row(EVERYONE),
    "account_signup": row(EVERYONE),
    "account_email": row(EVERYONE, leads_on=True),
    "mfa_list_webauthn": row(EVERYONE, leads_on=True),
    "mfa_index": row(EVERYONE, leads_on=True),
    "account_inactive": row(EVERYONE, NOBODY),
    "admin_login": row({VISITOR} | FEDASIL, leads_on=True),
    "page_login": row(EVERYONE, leads_on=True),
    "mfa_authenticate": row(EVERYONE, leads_on=True),
    "wagtailcore_login": row(EVERYONE, leads_on=True),  # never reached: ours stands before it
    "wagtailcore_authenticate_with_password": row(NOBODY, about="private_page", off=True),
    # What anyone who signed in may open
    "portal_start": row(SIGNED_IN, leads_on=True),
    "account_security": row(SIGNED_IN),
    "account_end_session": row(NOBODY, {"manager"}, about="managers_session"),
    "account_end_other_sessions": row(NOBODY, SIGNED_IN),
    "mfa_activate_totp": row(SIGNED_IN, leads_on=True),
    "mfa_deactivate_totp": row(FEDASIL),
    "mfa_reauthenticate": row(FEDASIL | WITH_PASSKEY),
    "mfa_reauthenticate_webauthn": row(FEDASIL | WITH_PASSKEY, leads_on=True),
    "mfa_view_recovery_codes": row(WITH_PASSKEY, NOBODY),
    "mfa_generate_recovery_codes": row(SIGNED_IN),
    "mfa_download_recovery_codes": row(WITH_PASSKEY, NOBODY),
    "mfa_add_webauthn": row(SIGNED_IN),
    "mfa_edit_webauthn": row({"manager"}, about="managers_passkey"),
    "mfa_remove_webauthn": row({"manager"}, about="managers_passkey"),
    "applications:list": row(SIGNED_IN),
    "applications:start": row(SIGNED_IN),
    "partners:new": row(SIGNED_IN),
    "partners:informal": row(SIGNED_IN),
    "partners:new_details": row(SIGNED_IN, about="kind"),
    "partners:switch": row(SIGNED_IN),
    # An application, for its parties
    "applications:application": row(OF_PARTIES, about="draft"),
    "applications:parties": row(WORKERS, about="draft"),
    "applications:invite": row(SIGNED_IN, WORKERS, about="draft", leads_on=True),
    "applications:add_other_body": row(SIGNED_IN, WORKERS, about="draft", leads_on=True),
    "applications:invite_registered": row(SIGNED_IN, WORKERS, about="draft", leads_on=True),
    "applications:section": row(WORKERS | {"partner"}, about="draft"),
    "applications:keep_section": row(SIGNED_IN, WORKERS | {"partner"}, about="draft", leads_on=True),
    "applications:discard_section": row(SIGNED_IN, WORKERS | {"partner"}, about="draft", leads_on=True),
    "applications:attachments": row(WORKERS | {"partner"}, about="draft"),
    "applications:attachment": row(OF_LEAD, NOBODY, about="attachment"),
    "applications:attachment_remove": row(WORKERS, about="attachment"),
    "applications:attachment_preview": row(OF_LEAD, NOBODY, about="preview"),
    "applications:check": row(OF_PARTIES, about="draft"),
    "applications:summary": row(OF_PARTIES, about="draft"),
    "applications:answers": row(OF_PARTIES, about="draft_answers"),
    "applications:submit": row(OF_PARTIES, WORKERS, about="draft"),
    "applications:submitted": row(OF_PARTIES, about="asked"),
    "applications:receipt": row(OF_LEAD, about="lead_receipt"),
    "applications:withdraw": row(WORKERS, about="draft"),
    "applications:copy": row(WORKERS, about="draft"),
    "applications:download": row(OF_PARTIES, NOBODY, about="draft"),
    "applications:requests": row(OF_PARTIES, NOBODY, about="asked"),
    "applications:messages": row(OF_PARTIES, WORKERS | {"partner"}, about="asked"),
    "applications:keep_message": row(SIGNED_IN, WORKERS | {"partner"}, about="asked", leads_on=True),
    "applications:erase_message": row(NOBODY, WORKERS, about="message_of_lead"),
    # Visitors read who invites, and sign in.
    "applications:invitation": row({VISITOR, "invited"}, {"invited"}, about="invited_party"),
    "applications:accept_invitation": row(SIGNED_IN, {"invited"}, about="invited_party", leads_on=True),
    "applications:decline_invitation": row(SIGNED_IN, {"invited"}, about="invited_party", leads_on=True),
    "applications:party": row(WORKERS, about="partners_party"),
    "applications:send_invitation_again": row(SIGNED_IN, WORKERS, about="invited_party", leads_on=True),
    "applications:withdraw_invitation": row(SIGNED_IN, WORKERS, about="invited_party", leads_on=True),
    "applications:set_visibility": row(SIGNED_IN, WORKERS, about="partners_party", leads_on=True),
    "applications:offer_lead": row(SIGNED_IN, WORKERS, about="partners_party", leads_on=True),
    "applications:take_back_lead": row(SIGNED_IN, WORKERS, about="partners_party", leads_on=True),
    "applications:remove_party": row(SIGNED_IN, WORKERS, about="partners_party", leads_on=True),
    "applications:replace_party": row(SIGNED_IN, WORKERS, about="partners_party", leads_on=True),
    "applications:leave": row({"partner"}, about="partners_party"),
    "applications:take_lead": row({"partner"}, about="partners_party"),
    "applications:refuse_lead": row(SIGNED_IN, {"partner"}, about="partners_party", leads_on=True),
    "applications:sign": row({"signatory"}, about="lead_party"),
    "applications:mail_signing_code": row(SIGNED_IN, {"signatory"}, about="lead_party", leads_on=True),
    "applications:sign_by_code": row(SIGNED_IN, {"signatory"}, about="lead_party", leads_on=True),
    "applications:ask_passkey": row(SIGNED_IN, {"signatory"}, about="lead_party", leads_on=True),
    "applications:sign_by_passkey": row(SIGNED_IN, {"signatory"}, about="lead_party", leads_on=True),
    "applications:signed_content": row(OF_PARTIES, about="lead_party"),
    "applications:letter": row(OF_LEAD, about="letter"),
    "applications:council": row(OF_LEAD, about="lead_party"),
    "applications:council_document": row(OF_LEAD, about="lead_council"),
    # An organisation, for its people
    "partners:organisation": row(OF_LEAD, about="lead"),
    "partners:finder_start": row(SIGNED_IN, leads_on=True),
    "partners:finder": row(OF_LEAD, about="lead"),
    "partners:finder_own": row({"manager"}, about="lead"),
    "partners:finder_renew": row(SIGNED_IN, {"manager"}, about="lead", leads_on=True),
    "partners:finder_take_down": row(SIGNED_IN, {"manager"}, about="lead", leads_on=True),
    "partners:finder_notice": row(OF_LEAD | {"stranger"}, {"manager", "stranger"}, about="finder_notice"),
    "partners:finder_conversation": row(OF_LEAD, {"manager"}, about="finder_conversation"),
    **{
        f"partners:finder_{step}": row(SIGNED_IN, {"manager"}, about="finder_conversation", leads_on=True)
        for step in ("agree", "decline", "close", "share", "report")
    },
    "partners:change": row({"manager"}, about="lead"),
    "partners:signing_rule": row({"manager"}, about="lead"),
    "partners:signatories": row({"manager"}, about="lead"),
    "partners:invite": row({"manager"}, about="lead"),
    # Their names are public; who belongs to the organisation is led to its page.
    "partners:join": row(SIGNED_IN, about="lead", leads_on=True),
    "partners:claim": row(SIGNED_IN, about="lead", leads_on=True),
    "partners:absence": row(OF_LEAD, about="lead"),
    "partners:leave": row(OF_LEAD, about="lead"),
    "partners:end_absence": row(NOBODY, {"viewer"}, about="absence"),
    "partners:person": row({"manager"}, about="viewer_membership"),
    "partners:paper": row({"manager", "signatory", "officer"}, about="signatory_membership"),
    "partners:remove": row({"manager"}, about="viewer_membership"),
    "partners:join_request": row({"manager"}, about="join_request"),
    "partners:invitation": row({VISITOR, "colleague"}, {"colleague"}, about="invitation"),
    "partners:withdraw_invitation": row(NOBODY, {"manager"}, about="invitation"),
    # The desk
    "desk_applications:index": row(DESK, NOBODY),
    "desk_applications:index_results": row(DESK, NOBODY),
    "desk_applications:inspect": row(DESK, NOBODY, about="in_review"),
    "desk_applications:open_draft": row(NOBODY, {"officer"}, about="interest"),
    "desk_interests:index": row({"officer"}, NOBODY),
    "desk_interests:index_results": row({"officer"}, NOBODY),
    "desk_interests:add": row({"officer"}),
    "desk_interests:inspect": row({"officer"}, NOBODY, about="interest"),
    "desk_interests:follow_up": row({"officer"}, about="interest"),
    "desk_interests:close": row({"officer"}, about="interest"),
    "desk_interests:reopen": row(NOBODY, {"officer"}, about="interest"),
    "desk_applications:begin_review": row(NOBODY, {"officer"}, about="in_review"),
    "desk_applications:request_changes": row({"officer"}, about="in_review"),
    "desk_applications:edit_request": row({"officer"}, about="in_review", leads_on=True),
    "desk_applications:send_request": row({"officer"}, about="in_review", leads_on=True),
    "desk_applications:cancel_request": row({"officer"}, about="change_request"),
    "desk_applications:extend_request": row({"officer"}, about="change_request"),
    "desk_applications:messages": row(DESK, {"officer"}, about="in_review"),
    "desk_applications:erase_message": row(NOBODY, {"officer"}, about="message_of_lead"),
    "desk_applications:download": row(DESK, NOBODY, about="in_review"),
    "desk_applications:private": row(DESK, about="in_review"),
    "desk_applications:erase_private": row(NOBODY, {"officer"}, about="private_message"),
    "desk_applications:write_note": row(DESK, about="in_review_question"),
    "desk_applications:change_note": row({"officer"}, about="officers_note"),
    "desk_applications:erase_note": row(NOBODY, {"officer"}, about="officers_note"),
    "desk_applications:ask_advice": row({"officer"}, about="in_review"),
    "desk_applications:advice_list": row(FEDASIL, NOBODY),
    "desk_applications:advice": row({"editor"}, about="advice", dossier={"publisher"}),
    "desk_applications:cancel_advice": row(NOBODY, {"officer"}, about="advice"),
    "desk_applications:differences": row(DESK, NOBODY, about="in_review"),
    "desk_applications:pdf": row(DESK, NOBODY, about="in_review"),
    "desk_applications:assign": row({"officer"}, about="in_review"),
    "desk_applications:take_back": row(NOBODY, {"officer"}, about="review"),
    "desk_applications:review": row({"officer"}, about="in_review"),
    "desk_applications:settle": row({"officer"}, about="in_review"),
    "desk_applications:recuse": row(DESK, about="in_review"),
    "desk_applications:visit": row({"officer"}, about="in_review"),
    "desk_applications:give": row({"officer"}, about="in_review"),
    "desk_applications:take": row(NOBODY, {"officer"}, about="in_review"),
    "desk_applications:give_back": row(NOBODY, {"officer"}, about="in_review"),
    "desk_applications:hand_over": row({"officer"}),
    "desk_session": row(FEDASIL),
    "admin_discard_typed": row(NOBODY, FEDASIL),
    "desk_notices": row(DESK, NOBODY),
    "desk_notices_read": row(NOBODY, DESK),
    "desk_notice": row({"officer"}, NOBODY, about="officers_notice", organisation={"decider"}, leads_on=True),
    "desk_notice_choices": row(DESK),
    "desk_absence": row(DESK),
    "desk_absence_end": row(NOBODY, {"officer"}, about="officers_absence", organisation={"decider"}),
    "desk_applications:prepare_decision": row(DESK, about="in_review"),
    "desk_decisions:index": row(DESK, NOBODY),
    "desk_decisions:index_results": row(DESK, NOBODY),
    "desk_decisions:release_many": row({"decider"}, leads_on=True),
    "desk_decisions:inspect": row(DESK, NOBODY, about="decision"),
    "desk_decisions:change": row(DESK, about="decision"),
    "desk_decisions:discard": row(NOBODY, DESK, about="decision"),
    "desk_decisions:release": row(NOBODY, {"decider"}, about="decision"),
    "desk_decisions:letter": row(DESK, NOBODY, about="letter_at_desk"),
    "desk_organisations:index": row(DESK, NOBODY),
    "desk_organisations:index_results": row(DESK, NOBODY),
    "desk_organisations:inspect": row(DESK, NOBODY, about="lead"),
    "desk_organisations:verify": row({"officer"}, about="lead"),
    "desk_organisations:restore_access": row({"officer"}, about="lead"),
    "desk_organisations:answer_claim": row({"officer"}, about="claim"),
    "desk_organisations:ask_signatories": row(NOBODY, {"officer"}, about="lead"),
    "desk_sessions:registrations": row(ORGANISERS, NOBODY, about="session"),
    "desk_sessions:cancel": row(ORGANISERS, about="session"),
    "desk_confirmations:index": row({"administrator", "officer"}, NOBODY),
    "desk_confirmations:index_results": row({"administrator", "officer"}, NOBODY),
    "desk_confirmations:inspect": row({"administrator"}, NOBODY, about="confirmation"),
    # Whoever asked for it confirms and refuses nothing, and nobody else withdraws it.
    "desk_confirmations:confirm": row(NOBODY, {"administrator"}, about="confirmation", organisation=NOBODY),
    "desk_confirmations:refuse": row({"administrator"}, about="confirmation", organisation=NOBODY),
    "desk_confirmations:withdraw": row(NOBODY, {"administrator"}, about="own_confirmation", organisation=NOBODY),
    "redirects": row({"editor", "publisher"}, NOBODY),
    "redirects_results": row({"editor", "publisher"}, NOBODY),
    "redirects_import": row(NOBODY, off=True),
    "redirects_import_process": row(NOBODY, off=True),
    "desk_reviews": row({"editor", "publisher"}, NOBODY),
    "desk_reviews_results": row({"editor", "publisher"}, NOBODY),
    "desk_review": row({"editor", "publisher"}, about="wagtail_page"),
    "desk_review_confirm": row(NOBODY, {"editor", "publisher"}, about="wagtail_page"),
    "desk_broken_links": row(WRITERS, NOBODY),
    "desk_broken_links_results": row(WRITERS, NOBODY),
    "guide": row(WRITERS, NOBODY, leads_on=True),
    "guide_chapter": row(WRITERS, NOBODY, about="chapter"),
    "guide_picture": row(WRITERS, NOBODY, about="picture_of_guide"),
    "desk_log": row({"administrator"}, NOBODY),
    "desk_log_results": row({"administrator"}, NOBODY),
    "desk_organisations:finder_block": row({"officer"}, about="lead"),
    "desk_finder:index": row({"officer"}, NOBODY),
    "desk_finder:index_results": row({"officer"}, NOBODY),
    "desk_finder:inspect": row({"officer"}, NOBODY, about="notice_at_desk"),
    "desk_finder:remove": row({"officer"}, about="notice_at_desk"),
    "desk_finder:introduce": row({"officer"}),
    "desk_finder_conversations:index": row({"officer"}, NOBODY),
    "desk_finder_conversations:index_results": row({"officer"}, NOBODY),
    "desk_finder_conversations:inspect": row({"officer"}, NOBODY, about="conversation_at_desk"),
    "desk_finder_conversations:release": row(NOBODY, {"officer"}, about="conversation_at_desk"),
    "desk_finder_conversations:block": row(NOBODY, {"officer"}, about="conversation_at_desk"),
    "desk_partnerships:index": row(DESK, NOBODY),
    "desk_partnerships:index_results": row(DESK, NOBODY),
    "desk_partnerships:inspect": row(DESK, NOBODY, about="partnership"),
    "desk_partnerships:consent": row(NOBODY, {"officer"}, about="partnership"),
}
