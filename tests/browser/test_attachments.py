"""Attachments on the running site: chosen, refused, waiting, clean, seen small, saved and removed; on a phone too."""

import re

import pytest
from playwright.sync_api import expect

from tests.clamav import EICAR
from tests.factories import small_pdf
from tests.hostile import image, jpeg_with

from .site import wait_until

# The worker that was stopped has to come up again.
AFTER_A_START = 90


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def fits(person) -> None:
    person.finds_nothing_wrong()
    assert person.page.evaluate("document.documentElement.scrollWidth") <= person.page.viewport_size["width"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_file_is_sent_waits_is_clean_and_comes_back_the_same(person, site, width):
    ngo = person("ngo", width=width).sign_in()
    page = ngo.page
    ngo.go("applications/start/")
    page.get_by_label("vzw Thope").check()
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    section = f"{page.url}sections/attachments/"
    page.goto(section)
    fits(ngo)

    # Refused at its field; what is good is kept, and waits while nobody scans.
    site.stop("worker", "due")
    try:
        page.locator("[name^='statutes-']").set_input_files(
            [file("statuten.pdf", small_pdf()), file("tekening.svg", b"<svg/>")]
        )
        page.locator("[name^='representation-']").set_input_files(file("b" * 90 + ".png", image("PNG")))
        ngo.leave_by(page.locator("main form button").first)
        expect(page.locator(".govuk-error-summary")).to_contain_text("tekening.svg")
        expect(page.locator(".files__file")).to_have_count(2)
        expect(page.locator("#waiting")).to_be_visible()
        fits(ngo)
    finally:
        site.start("worker", "due")
    wait_until(
        "the virus check",
        lambda: page.goto(section) and page.locator(".files__preview").count() >= 2,
        AFTER_A_START,
    )
    expect(page.locator("#waiting")).to_have_count(0)
    page.locator(".files__preview img").first.scroll_into_view_if_needed()
    wait_until(
        "the preview", lambda: page.locator(".files__preview img").first.evaluate("picture => picture.naturalWidth")
    )
    fits(ngo)
    with page.expect_download() as download:
        page.get_by_role("link", name="statuten.pdf").first.click()
    assert download.value.suggested_filename == "statuten.pdf"
    assert download.value.path().read_bytes() == small_pdf()

    # What the scanner finds is said; then it is taken out, after a question.
    page.locator("[name^='budget-']").set_input_files(file("begroting.jpg", jpeg_with(EICAR)))
    ngo.leave_by(page.locator("main form button").first)
    wait_until("the refusal", lambda: page.goto(section) and page.locator(".govuk-tag--red").count() == 1)
    fits(ngo)
    ngo.leave_by(page.locator(".files__file:has(.govuk-tag--red) a").last)
    fits(ngo)
    ngo.leave_by(page.locator("main form button").last)
    expect(page.locator(".govuk-tag--red")).to_have_count(0)
    fits(ngo)
    assert ngo.errors == []


def test_it_works_without_scripts(browser, site, person):
    ngo = person("ngo").sign_in()
    context = browser.new_context(java_script_enabled=False, storage_state=ngo.page.context.storage_state())
    page = context.new_page()
    ngo.go("applications/")
    draft = ngo.page.locator("a[href*='/applications/']").evaluate_all(
        "links => links.map(link => link.href).find(link => /[0-9a-f-]{36}\\/$/.test(link))"
    )
    page.goto(f"{draft}sections/attachments/")
    page.locator("[name^='accounts-']").set_input_files(file("rekeningen.pdf", small_pdf("accounts")))
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert page.get_by_text("rekeningen.pdf").count() >= 1
    context.close()
