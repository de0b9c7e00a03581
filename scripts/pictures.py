"""`make pictures`: the pictures of docs/officer.md anew: a site of its own with made-up applications, in English."""

import tempfile
from pathlib import Path

from inside import run
from prepare import ROOT, say

TARGET = ROOT / "docs" / "officer"
SIZE = {"width": 1280, "height": 900}
# Beside the made-up crowd, two whole dossiers with a prepared decision; and a desk that speaks English.
MADE = """
from portal.models import User
from wagtail.users.models import UserProfile
from applications.review import assignment
from applications.models import Application, Decision
from tests.browser import consortia
consortia.two_prepared()
officer = User.objects.get(email="officer@demo.example")
UserProfile.objects.update_or_create(user=officer, defaults={"preferred_language": "en"})
decision = Decision.objects.filter(state="prepared").first()
assignment.assign_to(decision.application, officer, officer)
print("MADE", decision.application_id, decision.pk)
"""


def main() -> None:
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    from tests import chromium
    from tests.browser.people import Person
    from tests.browser.site import RunningSite

    TARGET.mkdir(exist_ok=True)
    site = RunningSite(Path(tempfile.mkdtemp(prefix="portal-pictures-")))
    site.load()
    site.manage("make_applications", "--number", "60", "--seed", "1", "--verbosity", "0")
    dossier, decision = site.shell(MADE).split()
    site.start()
    try:
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            officer = Person(site, browser.new_context(viewport=SIZE, locale="nl").new_page(), "officer", "nl")
            officer.sign_in().enter_second_code()
            desk = f"{site.address}/admin/"
            for name, address in {
                "first-page": desk,
                "inbox": f"{desk}applications/?work=team",
                "dossier": f"{desk}applications/{dossier}/",
                "decision": f"{desk}decisions/{decision}/",
                "notices": f"{desk}notices/",
            }.items():
                officer.page.goto(address)
                path = TARGET / f"{name}.png"
                officer.page.screenshot(path=path)
                say(str(path.relative_to(ROOT)))
            browser.close()
    finally:
        site.stop()


if __name__ == "__main__":
    run(__file__, main)
