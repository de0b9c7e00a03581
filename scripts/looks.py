"""`make looks`: a contact sheet of each kind of page, on a phone and two desktops, light and dark, in every language.

Writes var/looks/<kind>.png, one row a language. For looking, not for comparing pixels.
"""

import tempfile
from io import BytesIO
from pathlib import Path

from inside import run
from prepare import ROOT, say

TARGET = ROOT / "var" / "looks"
VIEWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark"), (1920, "light")]
ROW, GAP = 900, 12


def main() -> None:
    from PIL import Image
    from playwright.sync_api import sync_playwright

    from tests import chromium
    from tests.browser.site import RunningSite
    from tests.browser.test_reading import KINDS, LANGUAGES, alternates

    TARGET.mkdir(parents=True, exist_ok=True)
    site = RunningSite(Path(tempfile.mkdtemp(prefix="portal-looks-")))
    site.load()
    site.start()
    try:
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            for kind in KINDS:
                addresses = alternates(site, kind)
                rows = []
                for language in LANGUAGES:
                    pictures = []
                    for width, scheme in VIEWS:
                        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                        page.goto(addresses[language])
                        pictures.append(Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB"))
                        page.close()
                    rows.append(beside(pictures))
                sheet = below(rows)
                path = TARGET / f"{kind.strip('/').replace('/', '--') or 'home'}.png"
                sheet.save(path)
                say(str(path.relative_to(ROOT)))
            browser.close()
    finally:
        site.stop()


def beside(pictures):
    """Pictures at one height, side by side; long pages keep their beginning."""
    from PIL import Image

    cut = [picture.crop((0, 0, picture.width, min(picture.height, picture.width * 3))) for picture in pictures]
    small = [picture.resize((max(1, picture.width * ROW // picture.height), ROW)) for picture in cut]
    row = Image.new("RGB", (sum(picture.width + GAP for picture in small), ROW), "grey")
    left = 0
    for picture in small:
        row.paste(picture, (left, 0))
        left += picture.width + GAP
    return row


def below(rows):
    from PIL import Image

    sheet = Image.new("RGB", (max(row.width for row in rows), len(rows) * (ROW + GAP)), "grey")
    for number, row in enumerate(rows):
        sheet.paste(row, (0, number * (ROW + GAP)))
    return sheet


if __name__ == "__main__":
    run(__file__, main)
