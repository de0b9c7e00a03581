"""Someone at a browser, who does what a person does: reads mails, types codes, follows links, presses buttons."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .site import RunningSite

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Person:
    def __init__(self, site: RunningSite, page: Page, name: str, language: str):
        self.site, self.page, self.language = site, page, language
        self.email = f"{name}@demo.example" if "@" not in name else name
        self.errors: list[str] = []
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def note(self, message) -> None:
        """Keep what the console complains about; a refusal (409) that the page explains is no mistake."""
        if message.type == "error" and "status of 409" not in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> None:
        """To an address of the site, or a path after the language."""
        self.page.goto(path if path.startswith("http") else f"{self.site.address}/{self.language}/{path}")

    def sign_in(self) -> "Person":
        self.go("account/login/")
        subject = "code om u aan te melden|code pour vous connecter"
        seen = len(self.site.mails(self.email, subject))
        self.page.get_by_role("textbox").fill(self.email)
        self.press("Stuur me een code", "M'envoyer un code")
        code = self.site.mail(self.email, subject, seen)["subject"].split()[0]
        self.page.get_by_role("textbox").fill(code)
        self.press("Ga verder", "Continuer")
        return self

    def enter_second_code(self) -> "Person":
        """The code that the demo page shows for this account."""
        other = self.page.context.new_page()
        other.goto(f"{self.site.address}/demo/")
        code = other.get_by_role("row").filter(has_text=self.email).get_by_role("cell").last.inner_text()
        other.close()
        self.page.get_by_role("textbox").fill(code)
        self.press("Meld u aan", "Se connecter")
        return self

    def press(self, *names: str) -> None:
        """Press the button, or follow the link that looks like one, with one of these names."""
        name = re.compile("^(" + "|".join(map(re.escape, names)) + ")")
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, *names: str) -> None:
        name = re.compile("|".join(map(re.escape, names)))
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def fill(self, answers: dict[str, str]) -> None:
        """Answer by the name of the field: text, a choice, a tick."""
        for name, value in answers.items():
            field = self.page.locator(f"[name='{name}']")
            kind = field.first.evaluate("field => field.type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"[name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.select_option(label=value)
            else:
                field.fill(value)

    def sign(self, link: str) -> None:
        """Read, ask for a code, type it."""
        subject = "code om te ondertekenen|code pour signer"
        seen = len(self.site.mails(self.email, subject))
        self.follow(link)
        self.press("Mail me een code", "M'envoyer un code")
        code = self.site.mail(self.email, subject, seen)["subject"].split()[0]
        self.page.get_by_role("textbox").fill(code)
        self.press("Onderteken", "Signer")

    def finds_nothing_wrong(self) -> None:
        """axe has no complaint about this page."""
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        results = Axe().run(self.page, options=options)
        violations = [
            (violation["id"], [node["target"] for node in violation["nodes"]][:5])
            for violation in results.response["violations"]
        ]
        assert violations == [], f"{self.page.url}: {violations}"
