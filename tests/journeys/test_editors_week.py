"""A page through a week and more: written, sent back, live on time, translated, corrected, moved, expired, restored."""

import re
from datetime import datetime

from playwright.sync_api import Locator, expect

from .life import Person

TITLE = "Buren die helpen"
VISITOR = "visitor@reader.example"
AS_TYPED = "%Y-%m-%d %H:%M"


# ── What editors and publishers do ────────────────────────────────────────────────────────────────────────────────────
def choose(person: Person, action: str) -> None:
    """One of the actions beside *Save draft*."""
    person.page.locator("[data-w-dropdown-target=toggle]").last.click()
    person.leave_by(person.page.locator(action).first)


def add_block(editor: Person, kind: str) -> Locator:
    """A new piece at the end of the page."""
    editor.page.locator("button.c-sf-add-button").last.click()
    editor.page.get_by_role("option", name=kind, exact=True).click()
    return editor.page.locator("[data-streamfield-child]").last


def type_text(editor: Person, text: str) -> None:
    """At the end of the last text of the page."""
    editor.page.locator("[data-streamfield-child]").get_by_role("textbox").last.click()
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(text)
    # The form has it a moment later.
    expect(editor.page.locator("input[type=hidden][name$='-value']").last).to_have_value(re.compile(re.escape(text)))


def write(editor: Person) -> None:
    """A page below the first one, looked at as on a phone, and submitted."""
    page = editor.page
    page.goto(f"{editor.site.address}/admin/pages/")
    editor.leave_by(page.get_by_role("link", name="Geef een gezin een thuis").first)
    page.goto(page.url.replace("/edit/", "/add_subpage/"))
    editor.leave_by(page.locator("main").get_by_role("link", name="Informatiepagina").first)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=intro]").fill("Buren helpen een gezin op weg.")
    add_block(editor, "titel").get_by_role("textbox").fill("Wat buren doen")
    add_block(editor, "tekst")
    type_text(editor, "Ze tonen de weg naar de school.")
    page.locator("[data-side-panel-toggle=preview]").click()
    page.locator("[name=preview-size][value=mobile]").check(force=True)
    expect(page.frame_locator("#w-preview-iframe").locator("main")).to_contain_text("Ze tonen de weg")
    choose(editor, "[name=action-submit]")


def send_back(publisher: Person, comment: str) -> None:
    page = publisher.page
    publisher.follow_mail(TITLE, "/edit/")
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    page.locator("[data-workflow-action-name=reject]").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(comment)
    publisher.leave_by(dialog.locator("[type=submit]"))


def set_times(editor: Person, **times: datetime) -> None:
    page = editor.page
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for name, moment in times.items():
        page.locator(f"[name={name}]").fill(moment.strftime(AS_TYPED))
        # It opens after a moment, over what stands below, and closes at a click beside it.
        expect(calendar).to_have_count(1)
        page.locator("#schedule-publishing-dialog h2").first.click()
        expect(calendar).to_have_count(0)
    editor.leave_by(page.locator("#schedule-publishing-dialog [type=submit]"))


def approve(publisher: Person, title: str = TITLE) -> None:
    publisher.follow_mail(title, "/edit/")
    choose(publisher, "[data-workflow-action-name=approve]")
