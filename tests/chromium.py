"""The browser of the tests: Chromium without windows where it is there, for its pages begin in a fifth of the time."""

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium-headless-shell", "chromium")


def launch(playwright: Playwright) -> Browser:
    executable = next(filter(None, map(shutil.which, NAMES)))
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-sync"]
    return playwright.chromium.launch(executable_path=executable, args=quiet)
