"""An editor sees the page beside the form, with what is wrong with it, and submits it; a publisher answers."""

import re

from playwright.sync_api import expect

from .site import wait_until


def open_panel(page, name: str) -> None:
    page.locator(f"[data-side-panel-toggle={name}]").click()


def choose_action(page, selector: str) -> None:
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    page.locator(selector).first.click()


def type_introduction(page, text: str) -> None:
    """Wagtail begins to notice what is typed some seconds after a form was opened; here it is told at once."""
    page.locator("#id_intro").fill(text)
    page.evaluate("() => document.dispatchEvent(new CustomEvent('w-unsaved:add'))")


def test_the_panel_shows_each_kind_of_page_and_its_faults(person, site):
    page = person("editor").sign_in().enter_second_code().page
    for pk, title in site.call("editing_world", "pages_of_each_kind").values():
        page.goto(f"{site.address}/admin/pages/{pk}/edit/")
        open_panel(page, "preview")
        expect(page.frame_locator("#w-preview-iframe").locator("main h1")).to_have_text(title)
    pk = site.call("editing_world", "skip_a_heading")
    page.goto(f"{site.address}/admin/pages/{pk}/edit/")
    open_panel(page, "checks")
    expect(page.locator("[data-checks-panel]")).to_contain_text("h3")
    expect(page.locator("[data-content-checker-count]")).to_have_text("1")


def test_our_own_checks_are_reported_and_shown_at_their_place(person, site):
    page = person("editor").sign_in().enter_second_code().page
    pk = site.call("editing_world", "write_carelessly")
    page.goto(f"{site.address}/admin/pages/{pk}/edit/")
    open_panel(page, "checks")
    expect(page.locator("[data-content-checker-count]")).to_have_text("4")
    for name in ("Een getal is ingetypt", "Een link zegt niet waarheen", "ander woord", "Een zin is lang"):
        expect(page.locator("[data-checks-panel]")).to_contain_text(name)
    # Where each is, in words.
    expect(page.locator("[data-checks-panel]")).not_to_contain_text(".fault")
    expect(page.frame_locator("#w-preview-iframe").locator("[data-fault=link-text]")).to_contain_text("hier")


def test_a_publisher_answers_what_an_editor_submits(person, site):
    editor = person("editor").sign_in().enter_second_code()
    pk = site.call("editing_world", "skip_a_heading")
    editor.page.goto(f"{site.address}/admin/pages/{pk}/edit/")
    choose_action(editor.page, "[name=action-submit]")
    publisher = person("publisher").sign_in().enter_second_code()
    asked = site.mail(publisher.email, "Contact")
    publisher.page.goto(re.search(r"http\S+/edit/", asked.get_body(("plain",)).get_content())[0])
    choose_action(publisher.page, "[data-workflow-action-name=reject]")
    dialog = publisher.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Zet er een kop boven.")
    publisher.leave_by(dialog.locator("[type=submit]"))
    answer = site.mail(editor.email, "Contact")
    assert "Zet er een kop boven." in answer.get_body(("plain",)).get_content()

    editor.page.goto(f"{site.address}/admin/pages/{pk}/edit/")
    choose_action(editor.page, "[name=action-submit]")
    wait_until("a second mail", lambda: len(site.mails(publisher.email, "Contact")) == 2)
    publisher.page.goto(f"{site.address}/admin/")
    row = publisher.page.locator("#awaiting-review-content, [id*=awaiting-review]").get_by_role("row", name="Contact")
    row.locator("[data-w-dropdown-target=toggle]").click()
    with publisher.page.expect_navigation():
        publisher.page.locator("[data-workflow-action-url*='/approve/']:not([data-launch-modal])").click()
    # The French page is not translated anew.
    publisher.page.locator("[name=reason]").fill("Het Frans volgt morgen.")
    publisher.leave_by(publisher.page.locator("form:has([name=reason]) button").first)
    site.mail(editor.email, "Contact", seen=1)
    editor.go("contact/")
    expect(editor.page.locator("main")).to_contain_text("Schrijf.")


def test_the_checks_count_nothing_where_they_did_not_run(person, site):
    page = person("editor").sign_in().enter_second_code().page
    pk, _title = site.call("editing_world", "pages_of_each_kind")["InformationPage"]
    count, state = page.locator("[data-content-checker-count]"), page.locator("[data-checks-state]")
    page.goto(f"{site.address}/admin/pages/{pk}/edit/")
    expect(count).to_have_text("–")
    open_panel(page, "checks")
    expect(count).to_have_text(re.compile(r"\d+"))
    expect(state).to_be_hidden()
    # What is typed cannot be shown.
    type_introduction(page, "{no_such_number}")
    expect(state).to_contain_text("fouten in het formulier")
    expect(count).to_have_text("–")
    type_introduction(page, "Een inleiding.")
    expect(count).to_have_text(re.compile(r"\d+"))
    # The preview breaks.
    page.route("**/preview/?*in_preview_panel=true*", lambda route: route.fulfill(status=500, body="Sorry"))
    type_introduction(page, "Een andere inleiding.")
    expect(state).to_contain_text("kon niet worden getoond")
    expect(count).to_have_text("–")
