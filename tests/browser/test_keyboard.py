"""Someone new signs up, registers an organisation and begins an application, in French, with the keyboard alone."""

import re

from playwright.sync_api import expect

LONGEST_WAY = 60


class KeyboardPerson:
    """Moves by Tab only, and sees where the focus is."""

    def __init__(self, person):
        self.person, self.page = person, person.page

    def tab_to(self, text: str) -> None:
        """Tab until the focus stands on the control of this name; each stop has to be visible."""
        for _step in range(LONGEST_WAY):
            self.page.keyboard.press("Tab")
            name = self.page.evaluate(
                """() => {
                    const here = document.activeElement;
                    const group = here.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
                    const label = here.labels?.[0]?.innerText ?? here.innerText ?? "";
                    return label + " | " + group;
                }"""
            )
            if text in name:
                return
        raise AssertionError(f"{text!r} is not reached by Tab on {self.page.url}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)


def test_from_nothing_to_a_draft(person, site):
    newcomer = person("newcomer@commune.example", language="fr", width=360)
    keyboard = KeyboardPerson(newcomer)
    newcomer.go("")
    keyboard.tab_to("Posez votre candidature")
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/account/login/**")
    keyboard.tab_to("Créer un compte")
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/account/signup/**")
    newcomer.finds_nothing_wrong()
    keyboard.tab_to("Prénom")
    keyboard.type("Nouvelle")
    keyboard.tab_to("Nom")
    keyboard.type("Collaboratrice")
    keyboard.tab_to("Adresse e-mail")
    keyboard.type(newcomer.email)
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/account/login/code/")
    code = site.code(newcomer.email)
    keyboard.tab_to("Code")
    keyboard.type(code)
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/applications/**")
    keyboard.tab_to("Enregistrer votre organisation")
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/organisations/new/**")
    newcomer.finds_nothing_wrong()
    keyboard.tab_to("De quel type")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/organisations/new/pcsw/**")
    newcomer.finds_nothing_wrong()
    keyboard.tab_to("Quelle commune")
    keyboard.type("Ottignies")
    keyboard.tab_to("Numéro d’entreprise")
    keyboard.type("0212.214.199")
    keyboard.press("Enter")

    # The number is wrong: the summary has the focus and leads to the field; what was typed is still there.
    summary = newcomer.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    newcomer.finds_nothing_wrong()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(newcomer.page.locator("[name=enterprise_number]")).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("0200.000.043")
    keyboard.press("Enter")
    expect(newcomer.page.locator("[name=name]")).to_have_value(re.compile("CPAS d’Ottignies"))
    newcomer.finds_nothing_wrong()
    keyboard.tab_to("Nom de l’organisation")
    keyboard.press("Enter")
    newcomer.sees("CPAS d’Ottignies")
    keyboard.tab_to("| Quelle organisation")
    keyboard.press("Space")
    keyboard.press("Enter")
    newcomer.page.wait_for_url("**/applications/*-*/")
    newcomer.finds_nothing_wrong()
    assert newcomer.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert newcomer.errors == []
