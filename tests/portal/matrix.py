"""The access matrix as data: who gets what at each address. A new address needs a row here."""

from dataclasses import dataclass

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
OF_LEAD = WORKERS | {"viewer", "signatory"}
OF_PARTIES = OF_LEAD | {"partner"}


@dataclass(frozen=True)
class Row:
    """Who gets a page by GET, and who gets through by POST; `about` names what stands in the address."""

    get: set[str]
    post: set[str]
    about: str = ""


def row(get, post=None, about=""):
    return Row(get, get if post is None else post, about)


OURS = {
    # What anyone may open
    "choose_language": row(EVERYONE, NOBODY),
    "demo": row(EVERYONE, NOBODY),
    "page": row(EVERYONE, NOBODY),
    "wagtail_serve": row(EVERYONE, NOBODY),  # never reached: ours stands before it
    "news_feed": row(EVERYONE, NOBODY),
    "calculator": row(EVERYONE, NOBODY),
    "eligibility": row(EVERYONE, NOBODY),
    "search": row(EVERYONE, NOBODY),
    "figures_csv": row(EVERYONE, NOBODY),
    "brochure": row(EVERYONE),
    "printed": row(EVERYONE, about="printable"),
    "questionnaire": row(EVERYONE),
    "questionnaire_docx": row(EVERYONE, NOBODY),
    "sample_docx": row(EVERYONE, NOBODY, about="sample"),
    "print_asked": row(EVERYONE, NOBODY),
    "interest": row(EVERYONE),
    "interest_received": row(EVERYONE, NOBODY),
    "session_register": row(EVERYONE, about="session"),
    "session_registered": row(EVERYONE, NOBODY, about="session"),
    "session_registration": row(EVERYONE, about="registration"),
    "session_calendar": row(EVERYONE, NOBODY, about="registration"),
    "not_translated": row(EVERYONE, NOBODY, about="home"),
    "share_image": row(EVERYONE, NOBODY, about="home"),
    "sitemap": row(EVERYONE, NOBODY),
    "robots": row(EVERYONE, NOBODY),
    "components": row(EVERYONE, NOBODY),
    "account_login": row(EVERYONE),
    "account_confirm_login_code": row(EVERYONE),
    "mfa_login_webauthn": row(EVERYONE),
    "socialaccount_login_cancelled": row(EVERYONE),
    "openid_connect_login": row(NOBODY),  # no provider is configured: not found
    "openid_connect_callback": row(EVERYONE, NOBODY),
    "account_logout": row(EVERYONE),
    "account_signup": row(EVERYONE),
    "account_email": row(EVERYONE),
    "mfa_list_webauthn": row(EVERYONE),
    "mfa_index": row(EVERYONE),
    "account_inactive": row(EVERYONE, NOBODY),
    "admin_login": row({VISITOR} | FEDASIL),
    "page_login": row(EVERYONE),
    "mfa_authenticate": row(EVERYONE),
    "wagtailcore_login": row(EVERYONE),  # never reached: ours stands before it
    "wagtailcore_authenticate_with_password": row(NOBODY),
    # What anyone who signed in may open
    "portal_start": row(SIGNED_IN),
    "account_security": row(SIGNED_IN),
    "account_end_session": row(NOBODY, {"manager"}, about="managers_session"),
    "account_end_other_sessions": row(NOBODY, SIGNED_IN),
    "mfa_activate_totp": row(SIGNED_IN),
    "mfa_deactivate_totp": row(FEDASIL),
    "mfa_reauthenticate": row(FEDASIL | {"manager"}),
    "mfa_reauthenticate_webauthn": row(FEDASIL | {"manager"}),
    "mfa_view_recovery_codes": row({"manager"}, NOBODY),
    "mfa_generate_recovery_codes": row(SIGNED_IN),
    "mfa_download_recovery_codes": row({"manager"}),
    "mfa_add_webauthn": row(SIGNED_IN),
    # Who has a second step is asked for it before anything else; another's passkey is not found after that.
    "mfa_edit_webauthn": row(FEDASIL | {"manager"}, about="managers_passkey"),
    "mfa_remove_webauthn": row(FEDASIL | {"manager"}, about="managers_passkey"),
    "applications:list": row(SIGNED_IN),
    "applications:start": row(SIGNED_IN),
    "partners:new": row(SIGNED_IN),
    "partners:informal": row(SIGNED_IN),
    "partners:new_details": row(SIGNED_IN, about="kind"),
    "partners:switch": row(SIGNED_IN),
    # An application, for its parties
    "applications:application": row(OF_PARTIES, about="draft"),
    "applications:parties": row(WORKERS, about="draft"),
    "applications:section": row(WORKERS | {"partner"}, about="draft"),
    "applications:attachments": row(WORKERS | {"partner"}, about="draft_alone"),
    "applications:attachment": row(OF_LEAD, NOBODY, about="attachment"),
    "applications:attachment_remove": row(WORKERS, about="attachment"),
    "applications:attachment_preview": row(OF_LEAD, NOBODY, about="preview"),
    "applications:check": row(OF_PARTIES, about="draft"),
    "applications:summary": row(OF_PARTIES, about="draft"),
    "applications:answers": row(OF_PARTIES, about="draft_answers"),
    "applications:submit": row(OF_PARTIES, WORKERS, about="draft"),
    "applications:submitted": row(OF_PARTIES, about="draft"),
    "applications:receipt": row(OF_LEAD, about="lead_receipt"),
    "applications:withdraw": row(WORKERS, about="draft"),
    "applications:copy": row(WORKERS, about="draft"),
    "applications:download": row(OF_PARTIES, NOBODY, about="draft"),
    "applications:requests": row(OF_PARTIES, NOBODY, about="asked"),
    "applications:messages": row(OF_PARTIES, WORKERS | {"partner"}, about="asked"),
    "applications:erase_message": row(NOBODY, WORKERS, about="message_of_lead"),
    # Visitors read who invites, and sign in.
    "applications:invitation": row({VISITOR, "invited"}, {"invited"}, about="invited_party"),
    "applications:party": row(WORKERS, about="partners_party"),
    "applications:leave": row({"partner"}, about="partners_party"),
    "applications:take_lead": row({"partner"}, about="partners_party"),
    "applications:sign": row({"signatory"}, about="lead_party"),
    "applications:signed_content": row(OF_PARTIES, about="lead_party"),
    "applications:letter": row(OF_LEAD, about="letter"),
    "applications:council": row(OF_LEAD, about="lead_party"),
    "applications:council_document": row(OF_LEAD, about="lead_council"),
    # An organisation, for its people
    "partners:organisation": row(OF_LEAD, about="lead"),
    "partners:change": row({"manager"}, about="lead"),
    "partners:signing_rule": row({"manager"}, about="lead"),
    "partners:signatories": row({"manager"}, about="lead"),
    "partners:invite": row({"manager"}, about="lead"),
    "partners:join": row(SIGNED_IN, about="lead"),  # its name is public; who belongs to it is led to its page
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
    "desk_leads:index": row({"officer"}, NOBODY),
    "desk_leads:index_results": row({"officer"}, NOBODY),
    "desk_leads:add": row({"officer"}),
    "desk_leads:inspect": row({"officer"}, NOBODY, about="interest"),
    "desk_leads:follow_up": row({"officer"}, about="interest"),
    "desk_leads:close": row({"officer"}, about="interest"),
    "desk_leads:reopen": row(NOBODY, {"officer"}, about="interest"),
    "desk_applications:begin_review": row(NOBODY, {"officer"}, about="in_review"),
    "desk_applications:request_changes": row({"officer"}, about="in_review"),
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
    "desk_applications:advice": row({"editor"}, about="advice"),
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
    "desk_applications:hand_over": row({"officer"}),
    "desk_session": row(FEDASIL),
    "desk_discard_typed": row(NOBODY, FEDASIL),
    "desk_notices": row(DESK, NOBODY),
    "desk_notices_read": row(NOBODY, DESK),
    "desk_notice": row({"officer"}, NOBODY, about="officers_notice"),
    "desk_notice_choices": row(DESK),
    "desk_absence": row(DESK),
    "desk_absence_end": row(NOBODY, {"officer"}, about="officers_absence"),
    "desk_applications:prepare_decision": row(DESK, about="in_review"),
    "desk_decisions:index": row(DESK, NOBODY),
    "desk_decisions:index_results": row(DESK, NOBODY),
    "desk_decisions:release_many": row({"decider"}),
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
    "desk_organisations:ask_signatories": row(NOBODY, {"officer"}, about="lead"),
    "desk_sessions:registrations": row(ORGANISERS, NOBODY, about="session"),
    "desk_sessions:cancel": row(ORGANISERS, about="session"),
    "desk_confirmations:index": row({"administrator", "officer"}, NOBODY),
    "desk_confirmations:index_results": row({"administrator", "officer"}, NOBODY),
    "desk_confirmations:inspect": row({"administrator"}, NOBODY, about="confirmation"),
    "desk_confirmations:confirm": row(NOBODY, {"administrator"}, about="confirmation"),
    "desk_confirmations:refuse": row({"administrator"}, about="confirmation"),
    "desk_confirmations:withdraw": row(NOBODY, {"administrator"}, about="own_confirmation"),
    "desk_log": row({"administrator"}, NOBODY),
    "desk_log_results": row({"administrator"}, NOBODY),
    "desk_partnerships:index": row(DESK, NOBODY),
    "desk_partnerships:index_results": row(DESK, NOBODY),
    "desk_partnerships:inspect": row(DESK, NOBODY, about="partnership"),
    "desk_partnerships:consent": row(NOBODY, {"officer"}, about="partnership"),
}
# Wagtail's own addresses, by the beginning of their names: who may get anything there.
WAGTAILS = {
    "desk_rates:": {"administrator"},
    "desk_council_texts:": {"administrator", "publisher"},
    "desk_letter_templates:": {"administrator", "publisher", "editor"},
    "desk_offices:": {"administrator", "publisher", "editor"},
    "desk_intake:": {"administrator"},
    "desk_review_rules:": {"administrator"},
    "desk_assignment_rules:": {"administrator"},
    "desk_absences:": {"administrator"},
    "desk_handling_terms:": {"administrator"},
    "desk_criteria:": {"administrator"},
    "desk_decision_powers:": {"administrator"},
    "desk_sessions:": ORGANISERS,
    "empty_searches:": {"editor", "publisher"},
    "facts:": {"publisher", "administrator"},
    "year_figures:": {"publisher", "administrator"},
    "wagtailsnippets_home_": WRITERS,
    **{
        f"wagtailsnippets_home_{snippet}:confirm_workflow_cancellation": FEDASIL  # an empty answer
        for snippet in ("question", "term", "frame")
    },
    "wagtailsnippetchoosers_home_": FEDASIL,
    "django.views.generic.base.TemplateView": FEDASIL,  # Wagtail's samples of its error pages
    "wagtail.admin.views.home.default": NOBODY,
    "wagtail_bulk_action": NOBODY,
    "wagtail_localize:": WRITERS,
    "wagtail_localize:javascript_catalog": FEDASIL,
    "wagtail_localize:snippets_api": FEDASIL,
    "wagtail_localize:translations_report": FEDASIL,
    "wagtailadmin_": FEDASIL,  # the editor's own furniture; what it shows depends on page rights
    "wagtailadmin_api:": FEDASIL,
    "wagtailadmin_collections:": NOBODY,
    "wagtailadmin_error_test": NOBODY,
    "wagtailadmin_explore": WRITERS,
    "wagtailadmin_pages:": WRITERS,
    "wagtailadmin_pages:confirm_workflow_cancellation": FEDASIL,  # an empty answer
    "wagtailadmin_pages:move_confirm": FEDASIL,  # says that the slug is taken, before it looks at rights
    "wagtailadmin_pages:type_use": FEDASIL,
    "wagtailadmin_password_reset": NOBODY,
    "wagtailadmin_reports:": WRITERS,
    "wagtailadmin_reports:site_history": FEDASIL,
    "wagtailadmin_workflows:": NOBODY,
    "wagtailadmin_workflows:task_cho": FEDASIL,
    "wagtaildocs:": NOBODY,
    "wagtaildocs_chooser:": FEDASIL,
    "wagtailembeds:": FEDASIL,
    "wagtailimages:": {"editor", "publisher"},
    "wagtailimages_chooser:": FEDASIL,
    "wagtaillocales:": NOBODY,
    "wagtailredirects:": NOBODY,
    "wagtailsettings:": NOBODY,
    "wagtailsites:": NOBODY,
    "wagtailsnippets:": NOBODY,
    "wagtailusers_groups:": NOBODY,
    "wagtailusers_users:": {"administrator"},
}
# Open to anyone by their nature, or not to be had at all.
OPEN = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
