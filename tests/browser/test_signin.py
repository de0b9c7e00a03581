"""Signing in as a person does: by code, by passkey, elsewhere; and looking after one's account."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.oidc_provider.process import Provider

from .people import Person
from .site import RunningSite

CODE_MAIL = "code om u aan te melden|code pour vous connecter"
NEW_BROWSER_MAIL = "nieuwe browser|nouveau navigateur"
LANGUAGES = ["nl", "fr"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own, whose sign-in page has a button for the provider of the tests."""
    running = RunningSite(tmp_path_factory.mktemp("site"))
    provider = Provider(tmp_path_factory.mktemp("provider"), f"{running.address}/oidc/test/callback/")
    running.env["OIDC_PROVIDERS"] = json.dumps([provider.settings()])
    running.load()
    running.start()
    yield running
    running.stop()
    provider.stop()


def at(someone: Person, path: str) -> None:
    someone.page.wait_for_url(re.compile(rf"/{someone.language}/{path}(\?.*)?(#.*)?$"))
    someone.is_right()


def type_mailed_code(someone: Person, seen: int = 0) -> None:
    code = someone.site.code(someone.email, CODE_MAIL, seen)
    someone.page.get_by_role("textbox").fill(code)
    someone.press("Ga verder", "Continuer")


def make_account(someone: Person) -> None:
    someone.go("account/signup/")
    someone.is_right()
    someone.press("Stuur me een code", "M’envoyer un code")
    someone.is_right()
    someone.fill({"first_name": "Nieuwe", "last_name": "Collega", "email": someone.email})
    someone.press("Stuur me een code", "M’envoyer un code")
    at(someone, "account/login/code/")
    someone.page.get_by_role("textbox").fill("AAAA-AAAA")
    someone.press("Ga verder", "Continuer")
    expect(someone.page.locator(".govuk-error-summary")).to_be_visible()
    someone.is_right()
    type_mailed_code(someone)
    at(someone, "applications/")


def sign_out(someone: Person) -> None:
    someone.go("applications/")
    someone.page.locator(".account-nav a[href$='/account/logout/']").click()
    at(someone, "account/logout/")
    someone.page.locator("main form button").click()
    someone.page.wait_for_url(f"{someone.site.address}/")


class Authenticator:
    """Chromium's own authenticator in software: what a telephone's fingerprint reader is to a page."""

    def __init__(self, someone: Person):
        self.session = someone.page.context.new_cdp_session(someone.page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
        }
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def recognises(self, person: bool) -> None:
        """False: the finger is not the owner's."""
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": person})


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_first_code_to_a_passkey_alone(person, language):
    newcomer = person(f"passkey-{language}@town.example", language=language)
    authenticator = Authenticator(newcomer)
    page = newcomer.page
    make_account(newcomer)
    page.locator(".account-nav a[href$='/account/security/']").click()
    at(newcomer, "account/security/")
    page.locator("a[href$='/account/passkeys/add/']").click()
    at(newcomer, "account/passkeys/add/")
    authenticator.recognises(False)
    page.locator("#passkey_add").click()
    expect(page.locator("#passkey-error")).to_be_focused()
    newcomer.is_right()
    authenticator.recognises(True)
    page.locator("[name='name']").fill("Laptop")
    page.locator("#passkey_add").click()
    at(newcomer, "account/recovery-codes/")
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    newcomer.go("account/security/")
    expect(page.locator("[data-passkey-name='Laptop']")).to_be_visible()
    newcomer.is_right()
    sign_out(newcomer)
    newcomer.go("account/login/")
    expect(page.locator("#passkey-error")).to_be_hidden()
    newcomer.is_right()
    authenticator.recognises(False)
    page.locator("#passkey_login").click()
    expect(page.locator("#passkey-error")).to_be_focused()
    newcomer.is_right()
    authenticator.recognises(True)
    page.locator("#passkey_login").click()
    at(newcomer, "applications/")
    # Rename it, then take it off; the recovery codes go with it.
    newcomer.go("account/security/")
    newcomer.leave_by(page.locator("[data-passkey-name='Laptop'] a").first)
    newcomer.is_right()
    page.locator("[name='name']").fill("Oude laptop")
    page.locator("main form button").click()
    at(newcomer, "account/security/")
    newcomer.leave_by(page.locator("[data-passkey-name='Oude laptop'] a").last)
    newcomer.is_right()
    page.locator("main form button").click()
    at(newcomer, "account/security/")
    expect(page.locator("[data-passkey-name]")).to_have_count(0)
    expect(page.locator("#recovery-codes")).to_have_count(0)
    assert newcomer.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passkey_or_a_recovery_code_after_the_mailed_code(person, language):
    newcomer = person(f"second-{language}@town.example", language=language)
    Authenticator(newcomer)
    page = newcomer.page
    make_account(newcomer)
    newcomer.go("account/passkeys/add/")
    page.locator("#passkey_add").click()
    at(newcomer, "account/recovery-codes/")
    code = page.locator(".recovery-codes li").first.inner_text()
    for way in ("passkey", "code"):
        sign_out(newcomer)
        newcomer.sign_in(by_code=True)
        at(newcomer, "account/second-step/")
        if way == "passkey":
            page.locator("#passkey_authenticate").click()
        else:
            page.locator("[name='code']").fill("00000000")
            page.locator("[name='code']").press("Enter")
            expect(page.locator(".govuk-error-summary")).to_be_visible()
            newcomer.is_right()
            page.locator("[name='code']").fill(code)
            page.locator("[name='code']").press("Enter")
        at(newcomer, "applications/")
    newcomer.go("account/second-step/again/passkey/")
    newcomer.is_right()
    page.locator("#passkey_authenticate").click()
    at(newcomer, "applications/")
    assert newcomer.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_looks_after_the_second_step(person, language):
    officer = person({"nl": "officer", "fr": "officer2"}[language], language=language)
    officer.sign_in(by_code=True)
    at(officer, "account/second-step/")
    expect(officer.page.locator("#passkey_authenticate")).to_have_count(0)
    officer.enter_second_code()
    officer.page.wait_for_url("**/admin/")
    officer.go("account/security/")
    officer.is_right()
    officer.go("account/second-step/off/")
    expect(officer.page.locator(".govuk-error-summary")).to_be_visible()
    officer.is_right()
    officer.go("account/recovery-codes/new/")
    officer.is_right()
    officer.leave_by(officer.page.locator("main form button"))
    at(officer, "account/recovery-codes/")
    officer.go("account/second-step/again/")
    officer.is_right()
    assert officer.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_applicant_switches_the_app_on(person, language):
    newcomer = person(f"app-{language}@town.example", language=language)
    make_account(newcomer)
    newcomer.go("account/second-step/set-up/")
    newcomer.is_right()
    newcomer.page.get_by_role("textbox").fill("000000")
    newcomer.leave_by(newcomer.page.locator("main form button"))
    expect(newcomer.page.locator(".govuk-error-summary")).to_be_visible()
    newcomer.is_right()
    newcomer.go("account/security/")
    newcomer.page.locator("[name='first_name']").fill("")
    newcomer.page.locator("[name='language']").select_option("de")
    newcomer.press("Bewaar", "Enregistrer")
    newcomer.is_right()
    newcomer.page.locator("[name='first_name']").fill("Andere")
    newcomer.press("Bewaar", "Enregistrer")
    expect(newcomer.page.locator(".govuk-notification-banner--success")).to_be_visible()
    newcomer.is_right()
    assert newcomer.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_browser_is_told_and_signed_out_from_the_first(person, language):
    name = {"nl": "ngo", "fr": "ocmw"}[language]
    first = person(name, language=language).sign_in(by_code=True)
    at(first, "applications/")
    seen = len(first.site.mails(first.email, NEW_BROWSER_MAIL))
    second = person(name, language=language).sign_in(by_code=True)
    at(second, "applications/")
    notice = first.site.mail(first.email, NEW_BROWSER_MAIL, seen).get_body(("plain",)).get_content()
    assert "Chrome, Linux" in notice
    first.go(re.search(r"http\S+#sessions", notice)[0])
    expect(first.page.locator("#sessions ~ .means li")).to_have_count(2)
    first.is_right()
    first.leave_by(first.page.locator("#sessions ~ .means form button"))
    expect(first.page.locator("#sessions ~ .means li")).to_have_count(1)
    first.is_right()
    second.go("applications/")
    at(second, "account/login/")
    assert first.errors + second.errors == []


@pytest.mark.parametrize(("language", "name"), [("nl", "ann"), ("fr", "city")])
def test_signing_in_elsewhere(person, language, name):
    """The first time the address is proved by a mailed code; from then on the provider is enough."""
    email = {"ann": "ann@elsewhere.example", "city": "city@demo.example"}[name]
    someone = person(email, language=language)
    someone.go("account/login/")
    someone.is_right()
    someone.page.get_by_role("button", name="Test login").click()
    someone.page.get_by_role("button", name=name, exact=True).click()
    at(someone, "account/login/code/")
    type_mailed_code(someone)
    at(someone, "applications/")
    sign_out(someone)
    someone.go("account/login/")
    someone.page.get_by_role("button", name="Test login").click()
    at(someone, "applications/")
    someone.go(f"{someone.site.address}/oidc/test/callback/?state=made-up&code=made-up")
    someone.is_right()
    assert [error for error in someone.errors if "401" not in error] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_there_is_the_code(browser, site, language):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    someone = Person(site, context.new_page(), "mayor", language)
    someone.go("account/login/")
    someone.sees("JavaScript")
    expect(someone.page.locator("#passkey_login")).to_be_hidden()
    someone.sign_in(by_code=True)
    someone.page.wait_for_url(f"**/{language}/applications/")
    someone.go("account/passkeys/add/")
    someone.sees("JavaScript")
    expect(someone.page.locator("#passkey_add")).to_be_hidden()
    context.close()
