"""The access matrix of Wagtail's own addresses. What stands in them is made in wagtail_objects.py."""

from dataclasses import replace

from tests.addresses import Address

from .matrix import FEDASIL, NOBODY, ORGANISERS, OURS, VISITOR, WRITERS, Row, row

AUTHORS = {"editor", "publisher"}
PUBLISHER = {"publisher"}
ADMINISTRATOR = {"administrator"}
FIGURES = {"publisher", "administrator"}
PLANNERS = AUTHORS | ORGANISERS
NOTHING: frozenset[str] = frozenset()


def viewset(name: str, about: str, roles: set[str], may: str = "", off: str = "") -> dict[str, Row]:
    """Wagtail's pages for the rows of one table: these roles see the list, and `may` names what else they do.

    `off` names the pages that are not there for anyone.
    """

    def who(*actions: str) -> set[str]:
        return roles if set(actions) & set(may.split()) else NOBODY

    rows = {
        "index": row(roles, NOBODY),
        "index_results": row(roles, NOBODY),
        "add": row(who("add")),
        "edit": row(who("change"), about=about),
        "delete": row(who("delete"), about=about),
        "history": row(who("add", "change", "delete"), NOBODY, about=about),
        "history_results": row(who("add", "change", "delete"), NOBODY, about=about),
        "usage": row(who("change"), NOBODY, about=about),
    }
    if "copy" in may:
        rows["copy"] = row(who("copy"), about=about)
    rows |= {page: replace(rows[page], off=True) for page in off.split()}
    return {f"{name}:{page}": found for page, found in rows.items()}


def snippet(
    name: str,
    breaks=NOTHING,
    *,
    app="home",
    pages="",
    about="",
    listed_for=WRITERS,
    readers=WRITERS,
    authors=AUTHORS,
    publishers=PUBLISHER,
) -> dict[str, Row]:
    """The same for texts and data with drafts, and the windows in which one is chosen.

    listed_for: who sees the list; readers: who sees each row; authors: who adds and changes.
    """
    pages, chooser = pages or f"wagtailsnippets_{app}_{name}", f"wagtailsnippetchoosers_{app}_{name}"
    about, approval = about or name, f"{name}_approval"
    return {
        f"{pages}:list": row(listed_for, NOBODY),
        f"{pages}:list_results": row(listed_for, NOBODY),
        f"{pages}:add": row(authors),
        f"{pages}:edit": row(authors, about=about),
        f"{pages}:delete": row(NOBODY, about=about),
        f"{pages}:usage": row(readers, NOBODY, about=about),
        f"{pages}:history": row(readers, NOBODY, about=about),
        f"{pages}:history_results": row(readers, NOBODY, about=about),
        f"{pages}:preview_on_add": row(authors),
        f"{pages}:preview_on_edit": row(readers, about=about),
        f"{pages}:revisions_view": row(readers, NOBODY, about=about),
        f"{pages}:revisions_revert": row(authors, about=about, breaks=breaks),
        f"{pages}:revisions_compare": row(readers, NOBODY, about=about),
        f"{pages}:revisions_unschedule": row(publishers, about=about),
        f"{pages}:workflow_action": row(PUBLISHER, about=approval),
        f"{pages}:collect_workflow_action_data": row(PUBLISHER, about=approval),
        f"{pages}:confirm_workflow_cancellation": row(FEDASIL, about=approval),  # asks; changes nothing
        f"{pages}:workflow_preview": row(PUBLISHER, NOBODY, about=approval),
        f"{pages}:workflow_history": row(readers, NOBODY, about=approval),
        f"{pages}:workflow_history_detail": row(readers, NOBODY, about=approval),
        f"{chooser}:choose": row(FEDASIL, NOBODY),
        f"{chooser}:choose_results": row(FEDASIL, NOBODY),
        f"{chooser}:chosen": row(FEDASIL, NOBODY, about=about),
        f"{chooser}:chosen_multiple": row(FEDASIL, NOBODY),
        f"{chooser}:create": row(authors, breaks={"post"}),
    }


def text(name: str, breaks=NOTHING) -> dict[str, Row]:
    """A snippet in several languages."""
    pages = f"wagtailsnippets_home_{name}"
    return {
        **snippet(name, breaks),
        f"{pages}:copy": row(AUTHORS, about=name),
        f"{pages}:unpublish": row(PUBLISHER, about=name),
    }


def data(
    name: str,
    authors: set[str],
    publishers: set[str],
    listed_for: set[str],
    breaks=NOTHING,
    *,
    app="home",
    pages="",
    about="",
) -> dict[str, Row]:
    """A snippet with one row for all languages, which nobody takes off the pages."""
    pages = pages or f"wagtailsnippets_{app}_{name}"
    return {
        **snippet(
            name,
            breaks,
            pages=pages,
            app=app,
            about=about,
            listed_for=listed_for,
            readers=authors,
            authors=authors,
            publishers=publishers,
        ),
        f"{pages}:unpublish": row(NOBODY, about=about or name, off=True),
    }


def nobody(beginning: str, pages: str, **more) -> dict[str, Row]:
    return {f"{beginning}{page}": row(NOBODY, **more) for page in pages.split()}


WAGTAILS: dict[str, Row] = {
    **viewset("desk_rates", "rate", ADMINISTRATOR, "add change delete"),
    **viewset("desk_council_texts", "council_text", FIGURES, "change"),
    **viewset("desk_letter_templates", "letter_template", AUTHORS | ADMINISTRATOR, "change"),
    **viewset("desk_offices", "office", AUTHORS | ADMINISTRATOR, "add change"),
    **viewset("desk_intake", "intake", ADMINISTRATOR, "add change"),
    **viewset("desk_review_rules", "review_rule", ADMINISTRATOR, "add change", off="delete"),
    **viewset("desk_assignment_rules", "assignment_rule", ADMINISTRATOR, "add change delete"),
    **viewset("desk_absences", "officers_absence", ADMINISTRATOR, "add change delete"),
    **viewset("desk_handling_terms", "handling_term", ADMINISTRATOR, "add change"),
    **viewset("desk_criteria", "criteria", ADMINISTRATOR, "add change copy"),
    **viewset("desk_decision_powers", "decision_power", ADMINISTRATOR, "add change", off="delete"),
    **data("session", PLANNERS, ORGANISERS, PLANNERS, pages="desk_sessions", about="session_draft"),
    # Who translates texts sees the numbers in them.
    **data("fact", AUTHORS | ADMINISTRATOR, FIGURES, WRITERS | ADMINISTRATOR),
    **data("checklisttemplate", AUTHORS | ADMINISTRATOR, FIGURES, WRITERS | ADMINISTRATOR, app="partners"),
    **data("yearfigure", AUTHORS | ADMINISTRATOR, FIGURES, WRITERS | ADMINISTRATOR, app="partners"),
    **data("sourcename", AUTHORS | ADMINISTRATOR, FIGURES, WRITERS | ADMINISTRATOR, breaks={"post"}),
    **viewset("official_terms", "official_term", AUTHORS, "add change delete"),
    **viewset("empty_searches", "empty_search", AUTHORS, off="add edit delete history history_results usage"),
    **viewset("synonyms", "synonym", AUTHORS, "add change delete"),
    **viewset("wagtailusers_users", "user", ADMINISTRATOR, "add change", off="delete"),
    **viewset(
        "wagtailusers_groups",
        "group",
        NOBODY,
        off="index index_results add edit delete history history_results usage",
    ),
    **viewset("wagtailsites", "site", NOBODY, "copy"),
    **viewset("wagtaillocales", "locale", NOBODY, "copy"),
    **text("question"),
    **text("term", breaks={"post"}),
    **text("frame", breaks={"post"}),
    **text("sitetext", breaks={"post"}),
    **text("sitenotice"),
    # The first page, and what its scripts ask for
    "wagtailadmin_home": row(FEDASIL, NOBODY),
    "wagtail.admin.views.home.default": row(NOBODY, off=True),
    "django.views.generic.base.TemplateView": row(FEDASIL, NOBODY),  # Wagtail's sample of its page for "not found"
    "wagtailadmin_error_test": row(FEDASIL, breaks={"get", "post"}),  # breaks on purpose
    "wagtailadmin_account": row(FEDASIL),
    "wagtailadmin_logout": row(NOBODY, FEDASIL),
    "wagtailadmin_login": row({VISITOR} | FEDASIL, leads_on=True),  # never reached: ours stands before it
    "wagtailadmin_dismissibles": row(FEDASIL, NOBODY),
    "wagtailadmin_editing_sessions:ping": row(NOBODY, AUTHORS, about="editing_session"),
    "wagtailadmin_editing_sessions:release": row(NOBODY, FEDASIL, about="editing_session"),  # one's own, if there is
    "wagtailadmin_block_preview": row(NOBODY, off=True),
    "wagtailadmin_javascript_catalog": row({VISITOR} | FEDASIL, NOBODY),
    "wagtailadmin_sprite": row({VISITOR} | FEDASIL),
    "wagtailadmin_tag_autocomplete": row(FEDASIL),
    "wagtailadmin_tag_model_autocomplete": row(FEDASIL, about="tag"),
    # Passwords: nobody has one
    "wagtailadmin_password_reset": row(NOBODY, off=True),
    "wagtailadmin_password_reset_done": row(NOBODY, off=True),
    "wagtailadmin_password_reset_confirm": row(NOBODY, about="reset", off=True),
    "wagtailadmin_password_reset_complete": row(NOBODY, off=True),
    # Pages
    "wagtailadmin_explore_root": row(WRITERS, NOBODY),
    "wagtailadmin_explore": row(WRITERS, NOBODY, about="wagtail_page"),
    "wagtailadmin_explore_results": row(WRITERS, NOBODY, about="wagtail_page"),
    "wagtail_bulk_action": row(FEDASIL, about="bulk_action"),  # leaves out the pages that one may not publish
    "wagtailadmin_pages:add": row(AUTHORS, about="wagtail_page", breaks={"post"}),
    "wagtailadmin_pages:preview_on_add": row(AUTHORS, about="wagtail_page"),
    "wagtailadmin_pages:type_use": row(WRITERS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:type_use_results": row(WRITERS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:choose_parent": row(FEDASIL, about="wagtail_page"),  # offers those below which one may write
    "wagtailadmin_pages:usage": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:edit": row(AUTHORS, about="wagtail_page", breaks={"post"}),
    "wagtailadmin_pages:preview_on_edit": row(AUTHORS, about="wagtail_page"),
    "wagtailadmin_pages:view_draft": row(AUTHORS, about="wagtail_page"),
    "wagtailadmin_pages:add_subpage": row(AUTHORS, about="wagtail_page"),
    "wagtailadmin_pages:delete": row(NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:unpublish": row(PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:convert_alias": row(AUTHORS, about="alias"),
    "wagtailadmin_pages:search": row(WRITERS, NOBODY),
    "wagtailadmin_pages:search_results": row(WRITERS, NOBODY),
    "wagtailadmin_pages:move": row(PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:move_confirm": row(FEDASIL, PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:set_page_position": row(PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:copy": row(AUTHORS, about="wagtail_page", breaks={"post"}),
    "wagtailadmin_pages:workflow_action": row(PUBLISHER, about="approval"),
    "wagtailadmin_pages:collect_workflow_action_data": row(PUBLISHER, about="approval"),
    "wagtailadmin_pages:confirm_workflow_cancellation": row(FEDASIL, about="approval"),  # asks; changes nothing
    "wagtailadmin_pages:workflow_preview": row(PUBLISHER, NOBODY, about="approval"),
    "wagtailadmin_pages:set_privacy": row(PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:lock": row(NOBODY, PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:unlock": row(NOBODY, PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:revisions_index": row(FEDASIL, about="wagtail_page", leads_on=True),
    "wagtailadmin_pages:revisions_view": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:revisions_revert": row(AUTHORS, about="wagtail_page", breaks={"post"}),
    "wagtailadmin_pages:revisions_unschedule": row(PUBLISHER, about="wagtail_page"),
    "wagtailadmin_pages:revisions_compare": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:workflow_history": row(AUTHORS, NOBODY, about="approval"),
    "wagtailadmin_pages:workflow_history_detail": row(AUTHORS, NOBODY, about="approval"),
    "wagtailadmin_pages:history": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_pages:history_results": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_reports:locked_pages": row(PUBLISHER, NOBODY),
    "wagtailadmin_reports:locked_pages_results": row(PUBLISHER, NOBODY),
    "wagtailadmin_reports:workflow": row(WRITERS, NOBODY),
    "wagtailadmin_reports:workflow_results": row(WRITERS, NOBODY),
    "wagtailadmin_reports:workflow_tasks": row(WRITERS, NOBODY),
    "wagtailadmin_reports:workflow_tasks_results": row(WRITERS, NOBODY),
    "wagtailadmin_reports:site_history": row(FEDASIL, NOBODY),
    "wagtailadmin_reports:site_history_results": row(FEDASIL, NOBODY),
    "wagtailadmin_reports:aging_pages": row(WRITERS, NOBODY),
    "wagtailadmin_reports:aging_pages_results": row(WRITERS, NOBODY),
    "wagtailadmin_reports:page_types_usage": row(WRITERS, NOBODY),
    "wagtailadmin_reports:page_types_usage_results": row(WRITERS, NOBODY),
    # Windows in which a link, a page, a picture or a video is chosen: they list what is public
    "wagtailadmin_choose_page": row(FEDASIL, NOBODY),
    "wagtailadmin_choose_page_child": row(FEDASIL, NOBODY, about="wagtail_page"),
    "wagtailadmin_choose_page_search": row(FEDASIL, NOBODY),
    "wagtailadmin_choose_page_chosen_multiple": row(FEDASIL, NOBODY),
    "wagtailadmin_choose_page_external_link": row(FEDASIL, breaks={"post"}),
    "wagtailadmin_choose_page_email_link": row(FEDASIL),
    "wagtailadmin_choose_page_phone_link": row(FEDASIL),
    "wagtailadmin_choose_page_anchor_link": row(FEDASIL),
    "wagtailembeds:chooser": row(FEDASIL),
    "wagtailembeds:chooser_upload": row(FEDASIL),
    # The lists behind these windows
    "wagtailadmin_api:pages:listing": row(FEDASIL, NOBODY),
    "wagtailadmin_api:pages:detail": row(AUTHORS, NOBODY, about="wagtail_page"),
    "wagtailadmin_api:pages:find": row(AUTHORS, NOBODY, about="page_to_find", leads_on=True),
    "wagtailadmin_api:pages:action": row(NOBODY, PUBLISHER, about="wagtail_page"),
    "wagtailadmin_api:images:listing": row(FEDASIL, NOBODY),
    "wagtailadmin_api:images:detail": row(FEDASIL, NOBODY, about="image"),
    "wagtailadmin_api:images:find": row(FEDASIL, NOBODY, about="image_to_find", leads_on=True),
    # Pictures
    "wagtailimages:index": row(AUTHORS, NOBODY),
    "wagtailimages:index_results": row(AUTHORS, NOBODY),
    "wagtailimages:edit": row(AUTHORS, about="image"),
    "wagtailimages:delete": row(AUTHORS, about="image"),
    "wagtailimages:url_generator": row(NOBODY, about="image", off=True),
    "wagtailimages:url_generator_output": row(NOBODY, about="image", off=True),
    "wagtailimages:preview": row(AUTHORS, about="image"),
    "wagtailimages:add": row(AUTHORS),
    "wagtailimages:image_usage": row(AUTHORS, NOBODY, about="image"),
    "wagtailimages:add_multiple": row(AUTHORS, NOBODY),  # a POST without a picture is refused
    "wagtailimages:edit_multiple": row(NOBODY, AUTHORS, about="image"),
    "wagtailimages:create_multiple_from_uploaded_image": row(NOBODY, {"editor"}, about="uploaded_image"),
    "wagtailimages:delete_multiple": row(NOBODY, AUTHORS, about="image"),
    "wagtailimages:delete_upload_multiple": row(NOBODY, {"editor"}, about="uploaded_image"),
    "wagtailimages_chooser:choose": row(FEDASIL, NOBODY),
    "wagtailimages_chooser:choose_results": row(FEDASIL, NOBODY),
    "wagtailimages_chooser:chosen": row(AUTHORS, NOBODY, about="image"),
    "wagtailimages_chooser:chosen_multiple": row(FEDASIL, NOBODY),
    "wagtailimages_chooser:create": row(AUTHORS),
    "wagtailimages_chooser:select_format": row(FEDASIL, about="image"),
    # Files
    "wagtaildocs:index": row(AUTHORS, NOBODY),
    "wagtaildocs:index_results": row(AUTHORS, NOBODY),
    "wagtaildocs:edit": row(AUTHORS, about="document"),
    "wagtaildocs:delete": row(AUTHORS, about="document"),
    "wagtaildocs:add": row(AUTHORS),
    "wagtaildocs:document_usage": row(AUTHORS, NOBODY, about="document"),
    "wagtaildocs:add_multiple": row(AUTHORS, NOBODY),  # a POST without a file is refused
    "wagtaildocs:edit_multiple": row(NOBODY, AUTHORS, about="document"),
    "wagtaildocs:create_multiple_from_uploaded_document": row(NOBODY, {"editor"}, about="uploaded_document"),
    "wagtaildocs:delete_multiple": row(NOBODY, AUTHORS, about="document"),
    "wagtaildocs:delete_upload_multiple": row(NOBODY, {"editor"}, about="uploaded_document"),
    "wagtaildocs_chooser:chosen": row(AUTHORS, NOBODY, about="document"),
    "wagtaildocs_chooser:create": row(AUTHORS),
    # Translations: ours stand before those of wagtail-localize
    "desk_translations": row(WRITERS, NOBODY),
    "desk_translations_results": row(WRITERS, NOBODY),
    "submit_translation": row(NOBODY, WRITERS, about="translation"),
    "preview_translation": row(WRITERS, NOBODY, about="translation"),
    "preview_translation_tablet": row(WRITERS, NOBODY, about="translation"),
    "preview_translation_phone": row(WRITERS, NOBODY, about="translation"),
    "translation_state": row(WRITERS, NOBODY, about="translation"),
    "publish_together": row(PUBLISHER, about="pair"),
    "translation": row(WRITERS, about="translation"),
    "convert_to_alias": row(NOBODY, about="translation", off=True),  # it would show Dutch as French
    "synchronise_translations": row(AUTHORS, about="translation"),
    "wagtail_localize:javascript_catalog": row(FEDASIL, NOBODY),
    "editor_catalog": row(FEDASIL, NOBODY),
    "wagtail_localize:submit_page_translation": row(AUTHORS, about="wagtail_page"),
    "wagtail_localize:submit_snippet_translation": row(AUTHORS, about="term"),
    "wagtail_localize:update_translations": row(AUTHORS, about="translation"),
    "wagtail_localize:edit_string_translation": row(
        NOBODY, WRITERS, about="translation", writes_by="put", breaks={"put"}
    ),
    "wagtail_localize:edit_override": row(NOBODY, WRITERS, about="override", writes_by="put", breaks={"put"}),
    "wagtail_localize:download_pofile": row(WRITERS, about="translation"),
    "wagtail_localize:upload_pofile": row(NOBODY, WRITERS, about="translation"),
    "wagtail_localize:machine_translate": row(NOBODY, about="translation", off=True),  # no such service is set up
    "wagtail_localize:preview_translation": row(WRITERS, about="translation"),
    "wagtail_localize:preview_translation <mode>": row(
        NOBODY, about="translation", off=True
    ),  # our pages have one way to look
    "wagtail_localize:stop_translation": row(NOBODY, PUBLISHER, about="translation"),
    "wagtail_localize:convert_to_alias": row(NOBODY, about="translation", off=True),
    "wagtail_localize:translations_report": row(FEDASIL, NOBODY),
    "wagtail_localize:translations_report_results": row(FEDASIL, NOBODY),
    "wagtail_localize:snippets_api_listing": row(FEDASIL, NOBODY, about="term"),
    "wagtail_localize:snippets_api_detail": row(FEDASIL, NOBODY, about="term"),
    # Ways to approval are set up by the command set_up
    "wagtailadmin_workflows:task_chooser": row(FEDASIL, NOBODY),
    "wagtailadmin_workflows:task_chooser_results": row(FEDASIL, NOBODY),
    "wagtailadmin_workflows:task_chooser_create": row(FEDASIL, NOBODY),
    "wagtailadmin_workflows:task_chosen": row(FEDASIL, about="workflow_task"),
    **nobody(
        "wagtailadmin_workflows:",
        "index index_results add select_task_type task_index task_index_results",
    ),
    **nobody("wagtailadmin_workflows:", "usage usage_results enable disable edit remove", about="workflow"),
    **nobody("wagtailadmin_workflows:", "edit_task enable_task disable_task add_task", about="workflow_task"),
    # Addresses that lead on
    "wagtailredirects:index": row(AUTHORS, NOBODY),
    "wagtailredirects:index_results": row(AUTHORS, NOBODY),
    "wagtailredirects:add": row(AUTHORS),
    "wagtailredirects:edit": row(AUTHORS, about="redirect"),
    "wagtailredirects:delete": row(PUBLISHER, about="redirect"),
    **nobody("wagtailredirects:", "start_import process_import", off=True),
    # Documents
    "wagtaildocs_chooser:choose": row(FEDASIL, NOBODY),
    "wagtaildocs_chooser:choose_results": row(FEDASIL, NOBODY),
    "wagtaildocs_chooser:chosen_multiple": row(FEDASIL, NOBODY),
    "wagtailadmin_api:documents:listing": row(FEDASIL, NOBODY),
    "wagtailadmin_api:documents:detail": row(FEDASIL, NOBODY, about="document"),
    "wagtailadmin_api:documents:find": row(FEDASIL, NOBODY, about="document_to_find", leads_on=True),
    # What Wagtail has and nobody here uses
    **nobody("wagtailadmin_collections:", "index add"),
    **nobody("wagtailadmin_collections:", "edit delete set_privacy", about="collection"),
    **nobody("wagtailsettings:", "edit preview_on_edit", about="settings", off=True),
    **nobody("wagtailsnippets:", "index", off=True),
}


def row_of(address: Address) -> tuple[str, Row | None]:
    """Its row in the matrix, and the name of that. Of two addresses with one name the second may have a row as well."""
    matrix = OURS | WAGTAILS
    names = [f"{address.name} <{address.parameters[-1]}>"] if address.parameters else []
    return next(((name, matrix[name]) for name in [*names, address.name] if name in matrix), (address.name, None))
