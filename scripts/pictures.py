"""`make pictures`: the pictures of docs/officer.md (English) and of the guide in docs/editor (Dutch, French) anew.

They show a site of their own with made-up applications and texts. `make pictures ONLY=editor` makes one of both.
"""

import io
import os
import re
import tempfile
from pathlib import Path

from inside import run
from prepare import ROOT, say

OFFICER, EDITOR = ROOT / "docs" / "officer", ROOT / "docs" / "editor" / "pictures"
SIZE = {"width": 1280, "height": 900}
# Of the guide: beside its text a picture is at most 44rem wide, and few colours keep its file small.
SMALL = {"width": 1100, "height": 760}
COLOURS = 64


def main() -> None:
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    from tests import chromium
    from tests.browser.site import RunningSite

    site = RunningSite(Path(tempfile.mkdtemp(prefix="portal-pictures-")))
    site.load()
    only = os.environ.get("ONLY", "")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        try:
            if only != "editor":
                site.manage("make_applications", "--number", "60", "--seed", "1", "--verbosity", "0")
            site.start()
            if only != "editor":
                of_officer(site, browser)
            if only != "officer":
                of_editor(site, browser)
        finally:
            site.stop()
            browser.close()


def signed_in(site, browser, name: str, size: dict):
    from tests.browser.people import Person

    context = browser.new_context(viewport=size, locale="nl", reduced_motion="reduce")
    return Person(site, context.new_page(), name, "nl").sign_in().enter_second_code().page


def of_officer(site, browser) -> None:
    dossier, decision = site.call("pictures_world", "prepared_decision")
    page = signed_in(site, browser, "officer", SIZE)
    site.call("pictures_world", "speak", "officer", "en")
    OFFICER.mkdir(exist_ok=True)
    desk = f"{site.address}/admin/"
    for name, address in {
        "first-page": desk,
        "inbox": f"{desk}applications/?work=team",
        "dossier": f"{desk}applications/{dossier}/",
        "decision": f"{desk}decisions/{decision}/",
        "notices": f"{desk}notices/",
    }.items():
        page.goto(address)
        path = OFFICER / f"{name}.png"
        page.screenshot(path=path)
        say(str(path.relative_to(ROOT)))


def of_editor(site, browser) -> None:
    keys = site.call("pictures_world", "drafts")
    to_translate = site.call("pictures_world", "work_that_waits")
    people = {name: signed_in(site, browser, name, SMALL) for name in ("editor", "publisher", "translator")}
    for language, key in keys.items():
        for name in people:
            site.call("pictures_world", "speak", name, language)
        pictures = Guide(f"{site.address}/admin/", EDITOR / language, **people)
        pictures.of_first_page()
        pictures.of_writing(key)
        pictures.of_numbers()
        pictures.of_translating(to_translate)


class Guide:
    """Takes the pictures of one language."""

    def __init__(self, desk: str, folder: Path, editor, publisher, translator):
        self.desk, self.folder = desk, folder
        self.editor, self.publisher, self.translator = editor, publisher, translator
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, page, name: str, top=0, left=0, width=9999, height=9999) -> None:
        """A part of the window, as a small file."""
        from PIL import Image

        window = page.viewport_size
        width, height = min(width, window["width"] - left), min(height, window["height"] - top)
        clip = {"x": left, "y": top, "width": width, "height": height}
        image = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled", caret="hide")))
        path = self.folder / f"{name}.png"
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        say(f"{path.relative_to(ROOT)} ({path.stat().st_size // 1024 + 1} kB)")

    def keep_around(self, page, name: str, *places: str, margin: int = 12) -> None:
        """The part of the window in which these elements stand."""
        boxes = [page.locator(place).locator("visible=true").last.bounding_box() for place in places]
        top, left = (max(min(box[side] for box in boxes) - margin, 0) for side in ("y", "x"))
        right = max(box["x"] + box["width"] for box in boxes) + margin
        bottom = max(box["y"] + box["height"] for box in boxes) + margin
        self.keep(page, name, top, left, right - left, bottom - top)

    def of_first_page(self) -> None:
        page = self.publisher
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.goto(self.desk)
        page.wait_for_load_state("networkidle")
        self.keep(page, "first-page")

    def of_writing(self, key: int) -> None:
        page = self.editor
        page.goto(self.desk)
        # Wagtail opens the panels that were open before.
        page.evaluate("() => localStorage.clear()")
        page.goto(f"{self.desk}pages/{key}/edit/")
        page.wait_for_load_state("networkidle")
        self.keep(page, "new-page", left=200, height=600)

        page.locator("[data-w-dropdown-target=toggle]").last.click()
        self.keep_around(
            page, "submit", "[name=action-submit]", "[name=action-submit] >> xpath=ancestor::footer", margin=24
        )

        page.goto(f"{self.desk}pages/{key}/edit/")
        page.set_viewport_size({**SMALL, "height": 1000})
        plus = page.locator("button.c-sf-add-button").first
        plus.evaluate("button => button.scrollIntoView()")
        page.mouse.wheel(0, -120)
        plus.click()
        self.keep_around(page, "blocks", "[data-tippy-root]", "button.c-sf-add-button >> nth=0")
        page.set_viewport_size(SMALL)

        page.goto(f"{self.desk}pages/{key}/edit/")
        page.locator("[data-side-panel-toggle=preview]").click()
        page.locator("[name=preview-size][value=mobile]").check(force=True)
        page.frame_locator("#w-preview-iframe").locator("main h1").wait_for()
        page.wait_for_load_state("networkidle")
        self.keep(page, "preview", left=200)

        page.goto(f"{self.desk}pages/{key}/edit/")
        page.locator("[data-side-panel-toggle=status]").click()
        page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
        self.keep_around(page, "schedule", "#schedule-publishing-dialog .w-dialog__box")

    def of_numbers(self) -> None:
        page = self.editor
        page.goto(f"{self.desk}facts/")
        self.keep(page, "numbers", left=200, height=480)

    def of_translating(self, key: int) -> None:
        page = self.translator
        page.goto(f"{self.desk}pages/{key}/edit/")
        button = page.get_by_role("button", name=re.compile("^(Vertaal|Traduire)$")).first
        button.evaluate("button => button.scrollIntoView({block: 'center'})")
        button.click()
        self.keep(page, "translate", left=200)


if __name__ == "__main__":
    run(__file__, main)
