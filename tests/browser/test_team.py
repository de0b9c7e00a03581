"""An officer is away: what comes in goes to the deputy, who reads the notice, in a real browser."""

from datetime import timedelta

from playwright.sync_api import expect

from portal import clock


def looks_right_at_desk(person, *paths: str) -> None:
    """The desk's own words may be of any language."""
    for path in paths:
        person.page.goto(person.site.address + path)
        person.is_right()


def test_a_submission_goes_to_the_deputy_who_reads_the_notice(person, site):
    officer = person("officer").sign_in().enter_second_code()
    page = officer.page
    page.goto(f"{site.address}/admin/absence/")
    today = clock.today()
    officer.fill({"first_day": today.isoformat()})
    page.keyboard.press("Escape")
    officer.fill({"last_day": (today + timedelta(days=7)).isoformat()})
    page.keyboard.press("Escape")
    officer.fill({"deputy": "Second officer"})
    officer.save_at_desk()
    expect(page.locator("form[action$='/end/']")).to_have_count(1)
    looks_right_at_desk(officer, "/admin/absence/", "/admin/notices/choices/", "/admin/applications/hand-over/")

    reference = site.prepare("from_limburg")
    deputy = person("officer2").sign_in().enter_second_code()
    assert reference in site.mail(deputy.email, reference)["subject"]
    page = deputy.page
    looks_right_at_desk(deputy, "/admin/notices/")
    page.get_by_role("link", name=reference).first.click()
    page.wait_for_url("**/admin/applications/*/")
    dossier = page.url.removeprefix(site.address)
    deputy.sees("Second officer")
    looks_right_at_desk(deputy, dossier, f"{dossier}give/")
    page.goto(f"{site.address}{dossier}give/")
    page.locator("form[action$='/give-back/'] button").click()
    page.wait_for_url(f"**{dossier}")

    officer.page.goto(f"{site.address}/admin/absence/")
    officer.page.locator("form[action$='/end/'] button").click()
    expect(officer.page.locator("form[action$='/end/']")).to_have_count(0)
    assert officer.errors == deputy.errors == []
