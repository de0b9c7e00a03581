"""The inbox by keyboard: filter, search, tick, assign; on a telephone and a desk, in two languages."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_officer_filters_searches_and_assigns_by_keyboard(site, person, language):
    reference = site.prepare("submitted_in", language).split()[0]
    officer = person("officer" if language == "nl" else "officer2", language=language).sign_in().enter_second_code()
    page, inbox = officer.page, f"{site.address}/admin/applications/"
    page.wait_for_url(re.compile("/(admin|applications)/"))
    officer.go(f"{inbox}?work=team")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        officer.finds_nothing_wrong()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Filter: open the filters, the second of them, and choose its first state.
    page.locator("#filters-drilldown button").first.focus()
    page.keyboard.press("Enter")
    page.locator("[aria-controls=drilldown-id_state]").focus()
    page.keyboard.press("Enter")
    page.locator("#drilldown-id_state input").first.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("state=submitted"))
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    # Search for one of them.
    page.goto(inbox)
    page.locator("#id_q").focus()
    page.keyboard.type(reference)
    expect(page.locator("td.title a")).to_have_count(1)
    expect(page).to_have_url(re.compile("q="))
    page.reload()
    # Tick it, and take it on oneself.
    page.locator("[data-bulk-action-checkbox]").focus()
    page.keyboard.press("Space")
    page.locator("[data-bulk-action-button]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/bulk/applications/application/assign/"))
    officer.finds_nothing_wrong()
    page.locator("form button[type=submit].button").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(inbox)))
    page.goto(f"{inbox}?work=mine&q={reference}")
    expect(page.locator("td.title a")).to_have_count(1)
    officer.go(f"{site.address}/admin/")
    officer.finds_nothing_wrong()
    assert officer.errors == []
