"""The chooser of blocks in the admin: groups, an example of each block in a frame, nothing that the policy refuses."""

import os

from playwright.sync_api import expect

SHOWN = {"beeld": "figure img", "tabel": ".table table", "citaat": "blockquote"}


def test_the_chooser_shows_each_block_before_one_takes_it(person, site):
    editor = person("editor").sign_in().enter_second_code()
    pages = site.call("editing_world", "pages_of_each_kind")
    page = editor.page
    page.goto(f"{site.address}/admin/pages/{pages['InformationPage'][0]}/edit/")
    page.locator("button.c-sf-add-button").first.click()
    for group in ("Teksten", "Beelden en bestanden", "Overzichten", "Cijfers", "Verder"):
        expect(page.locator(".w-combobox__optgroup-label", has_text=group).first).to_be_attached()
    for label, shown in SHOWN.items():
        row = page.locator(".w-combobox__option-row", has=page.get_by_role("option", name=label, exact=True))
        row.get_by_role("button").click()
        expect(page.frame_locator("iframe[src*='block-preview']").locator(shown).first).to_be_visible()
        if folder := os.environ.get("LOOKS"):
            page.screenshot(path=f"{folder}/chooser-{label}.png")
    page.get_by_role("option", name="tabel", exact=True).click()
    expect(page.get_by_text("Schrijf een titel en een kop voor elke kolom")).to_be_visible()
    assert editor.errors == []
