"""Someone at a browser, who does what a person does: reads mails, types codes, follows links, presses buttons."""

import re
from itertools import cycle

from playwright.sync_api import Locator, Page, expect

from tests.factories import small_pdf

from . import axe
from .site import RunningSite, wait_until

# The narrowest telephone, and a desk.
WIDTHS = (320, 1280)
CODE_TO_SIGN_IN = "code om u aan te melden|code pour vous connecter|Code zum Anmelden"
CODE_TO_SIGN = "code om te ondertekenen|code pour signer|Code zum Unterschreiben"
# Words that an English sentence hardly does without, and that Dutch, French and German do not have.
ENGLISH = re.compile(r"\b(the|and|you|your|with|this|which|from)\b", re.IGNORECASE)
NAMES = "General director of city and OCMW"


SETTLED = """() => Promise.allSettled(
    document.getAnimations()
        .filter((one) => isFinite(one.effect.getComputedTiming().endTime))
        .map((one) => one.finished)
)"""


# What was kept is dated in the language of the page (14.30 uur, 14 h 30); what comes, by its script (14:30).
CLOCK = re.compile(r"\d\d:\d\d|\d\d?(\.\d\d)?\s(uur|h)")


class Person:
    def __init__(self, site: RunningSite, page: Page, name: str, language: str):
        self.site, self.page, self.language = site, page, language
        self.email = f"{name}@demo.example" if "@" not in name else name
        self.errors: list[str] = []
        self.turns = cycle(WIDTHS)
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def note(self, message) -> None:
        """Keep what the console complains about; a refusal (409) that the page explains is no mistake."""
        if message.type == "error" and "status of 409" not in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> None:
        """To an address of the site, or a path after the language."""
        self.page.goto(path if path.startswith("http") else f"{self.site.address}/{self.language}/{path}")

    def sign_in(self, by_code: bool = False) -> "Person":
        """Sign in by a mailed code; the second time, unless `by_code`, with a copy of the session of the first."""
        if not by_code and self.has_copied_session():
            self.go("applications/")
            return self
        self.go("account/login/")
        seen = len(self.site.mails(self.email, CODE_TO_SIGN_IN))
        self.page.get_by_role("textbox").fill(self.email)
        self.press("Stuur me een code", "M’envoyer un code", "Schicken Sie mir einen Code")
        self.type_mailed_code(CODE_TO_SIGN_IN, seen)
        self.press("Ga verder", "Continuer", "Weiter")
        self.page.wait_for_url(re.compile("/(applications|account/second-step)/"))
        self.remember_session()
        return self

    def remember_session(self) -> None:
        """Keep a copy of this session as it begins; where the second step is still to come, there is none yet."""
        if "second-step" not in self.page.url:
            key = self.site.call("sessions", "copy", self.session_key)
            cookies = self.page.context.cookies()
            self.site.signed_in[self.email] = [
                {**cookie, "value": key} if cookie["name"] == "sessionid" else cookie for cookie in cookies
            ]

    def has_copied_session(self) -> bool:
        """Whether someone signed in with this address before, on this site; then this browser gets a copy."""
        cookies = self.site.signed_in.get(self.email, [])
        session = [cookie for cookie in cookies if cookie["name"] == "sessionid"]
        if not session or not (key := self.site.call("sessions", "copy", session[0]["value"])):
            return False
        others = [cookie for cookie in cookies if cookie["name"] != "sessionid"]
        self.page.context.add_cookies([*others, {**session[0], "value": key}])
        return True

    def was_away(self, seconds: int) -> None:
        """As if that long had passed since this person did anything."""
        self.site.call("sessions", "age", self.session_key, seconds, True)

    def was_here(self, seconds: int) -> None:
        """As if the session had lasted that much longer, with something done all the while."""
        self.site.call("sessions", "age", self.session_key, seconds, False)

    @property
    def session_key(self) -> str:
        return next(cookie["value"] for cookie in self.page.context.cookies() if cookie["name"] == "sessionid")

    def type_mailed_code(self, subject: str, seen: int) -> None:
        code = self.site.code(self.email, subject, seen)
        self.page.get_by_role("textbox").fill(code)

    def enter_second_code(self) -> "Person":
        """The code that the demo page shows for this account; nothing to do where a copied session has it behind it."""
        if "second-step" not in self.page.url:
            return self
        other = self.page.context.new_page()
        other.goto(f"{self.site.address}/demo/")
        code = other.get_by_role("row").filter(has_text=self.email).get_by_role("cell").last.inner_text()
        other.close()
        self.page.get_by_role("textbox").fill(code)
        self.press("Meld u aan", "Se connecter")
        expect(self.page).not_to_have_url(re.compile("second-step"))
        self.remember_session()
        return self

    def leave_by(self, way: Locator) -> None:
        """Click what leads to another page, and wait until that has come: a click alone does not."""
        with self.page.expect_navigation():
            way.click()

    def press(self, *names: str) -> None:
        """Press the button, or follow the link that looks like one, with one of these names."""
        name = re.compile("^(" + "|".join(map(re.escape, names)) + ")")
        self.leave_by(self.page.get_by_role("button", name=name).first)

    def submit(self, form: str = "main form") -> None:
        """Press the main button of the page's form, whatever it is called."""
        self.leave_by(self.page.locator(f"{form} button.govuk-button").first)

    def follow(self, *names: str) -> None:
        name = re.compile("|".join(map(re.escape, names)))
        self.leave_by(self.page.get_by_role("link", name=name).first)

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def fill(self, answers: dict[str, str]) -> None:
        """Answer by the name of the field: text, a choice, a tick."""
        for name, value in answers.items():
            field = self.page.locator(f"[name='{name}']")
            self.unfold(field.first)
            kind = field.first.evaluate("field => field.type")
            if kind == "checkbox" and field.count() == 1:
                field.check()
            elif kind in ("radio", "checkbox"):
                self.page.locator(f"[name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.select_option(label=value)
            else:
                field.fill(value)

    def unfold(self, field) -> None:
        """Open the part of the page in which the field waits folded, if it does."""
        folded = self.page.locator("details:not([open])").filter(has=field)
        if folded.count():
            folded.locator("summary").click()

    # ── Applying ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def open_invitation(self, subject: str) -> None:
        """Sign in, and follow the link in the mail that invites."""
        self.sign_in()
        text = self.site.mail(self.email, subject).get_body(("plain",)).get_content()
        self.go(re.search(r"http\S+/applications/invitations/\S+", text)[0])

    def join(self, subject: str, *aims: str) -> None:
        """Take part, with the only organisation that one works for, and take on these aims."""
        self.open_invitation(subject)
        self.looks_right()
        self.page.get_by_role("radio").check()
        for aim in aims:
            self.fill({"aims": aim})
        self.leave_by(self.page.locator("form[action$='/accept/'] button"))
        self.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))

    def give_papers(self, application: str, *kinds: str) -> None:
        """Choose a file of each kind, send them, and wait until the virus check is done."""
        page = self.page
        page.goto(f"{application}sections/attachments/")
        self.looks_right()
        for kind in kinds:
            file = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": small_pdf(kind)}
            page.locator(f"[name^='{kind}-']").set_input_files(file)
        self.submit()
        wait_until("the virus check", lambda: page.reload() and page.locator(".files__preview").count() >= len(kinds))
        self.looks_right()

    def open_signing(self, application: str, name: str) -> None:
        self.page.goto(application)
        self.leave_by(self.page.locator("a[href$='/sign/']").filter(has_text=name))

    def sign(self, application: str, name: str) -> None:
        """Read what is signed for this organisation, ask for a code, type it."""
        seen = len(self.site.mails(self.email, CODE_TO_SIGN))
        self.open_signing(application, name)
        self.submit("form[action$='/sign/mail-code/']")
        self.type_mailed_code(CODE_TO_SIGN, seen)
        self.submit("form[action$='/sign/by-code/']")
        self.page.wait_for_url(application)
        self.sees(name)

    # ── At the desk ──────────────────────────────────────────────────────────────────────────────────────────────────
    def take_up(self, reference: str) -> str:
        """Find it in the list and begin the review; the address of the dossier."""
        self.page.goto(f"{self.site.address}/admin/applications/?work=all")
        self.follow(reference)
        dossier = self.page.url
        self.leave_by(self.page.locator("form[action$='/begin-review/'] button"))
        return dossier

    def save_at_desk(self) -> None:
        self.leave_by(self.page.locator("#w-editor-form button[type=submit]:not([name])"))

    def ask(self, dossier: str, asked: dict[str, str], party: str = "") -> None:
        """Ask for a change of these questions, by number; look at it as the parties will, and send it."""
        self.page.goto(f"{dossier}request-changes/")
        self.fill({f"ask-{number}": text for number, text in asked.items()})
        if party:
            self.fill({"party": party})
        self.page.locator("[name=due_on]").fill("2099-01-31")
        self.page.keyboard.press("Escape")
        self.save_at_desk()
        for text in asked.values():
            self.sees(text)
        self.looks_right()
        self.leave_by(self.page.locator("form[action$='/request-changes/send/'] button:not([formaction])"))
        self.page.wait_for_url(dossier)

    # ── How it looks ─────────────────────────────────────────────────────────────────────────────────────────────────
    def looks_right(self, *addresses: str) -> None:
        """This page, or these, are right, and no English is left in them."""
        for address in addresses or [self.page.url]:
            if addresses:
                self.go(address)
            self.is_right()
            text = self.page.locator("main").inner_text().replace(NAMES, "")
            left = [line for line in text.splitlines() if ENGLISH.search(line)]
            assert self.language == "en" or left == [], f"{self.page.url}: {left}"

    def is_right(self) -> None:
        """Nothing sticks out of this page at either width, and axe finds nothing at one: it takes long, so in turn."""
        size = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (self.page.url, width)
        self.page.set_viewport_size({"width": next(self.turns), "height": 900})
        self.finds_nothing_wrong()
        self.page.set_viewport_size(size)

    def finds_nothing_wrong(self) -> None:
        """axe has no complaint about this page, or had none about one that looks the same (but with --all)."""
        look = axe.look_of(self.page)
        if look not in self.site.looks_without_faults:
            # What is still fading in has too little contrast for a moment.
            self.page.evaluate(SETTLED)
            found = axe.complaints(self.page)
            assert found == [], f"{self.page.url}: {found}"
            if not self.site.everything:
                self.site.looks_without_faults.add(look)
