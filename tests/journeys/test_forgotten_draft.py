"""Someone begins an application and forgets it: two reminders, then the draft ends."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from .life import A_DAY, A_WEEK, Life, Person

REMINDER = "nog niet ingediend"
ENDED = "Uw ontwerp is vervallen"
LASTS = timedelta(days=365)


def begin(applicant: Person) -> str:
    """A draft with one answer; its address."""
    applicant.sign_in()
    applicant.go("applications/start/")
    applicant.submit()
    applicant.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    application = applicant.page.url
    applicant.page.goto(f"{application}sections/who/")
    applicant.fill({"contact_name": "Sofie", "contact_email": applicant.email})
    applicant.leave_by(applicant.page.locator("form[data-autosave] .govuk-button-group button").first)
    return application


def desk_sees_nothing(officer: Person) -> None:
    """A draft is its parties' own: nothing of it waits at the desk, before and after its end."""
    for link in officer.page.locator("[id*=first-things] li").all():
        assert link.inner_text().endswith(" 0")
    officer.page.goto(f"{officer.site.address}/admin/applications/?work=all")
    expect(officer.page.locator("main")).not_to_contain_text("Thope")


def test_a_forgotten_draft_ends_after_two_reminders(life: Life):
    ngo, end = life.person("ngo"), life.now + LASTS
    application, day = begin(ngo), ngo.in_words(end)
    announced = f"Deze aanvraag is al lang niet gewijzigd. Zonder wijziging vervalt ze op {day}."
    # Until then nothing falls due.
    life.travel_to(end - timedelta(days=31), A_WEEK)
    ngo = life.person("ngo").sign_in()
    assert ngo.mails(REMINDER) == []
    expect(ngo.page.locator("main")).not_to_contain_text(announced)
    for number, days in enumerate((30, 7), start=1):
        life.travel_to(end - timedelta(days=days, hours=1), A_DAY)
        assert len(life.person("ngo").mails(REMINDER)) == number - 1
        life.travel_to(end - timedelta(days=days, hours=-1))
        ngo = life.person("ngo").sign_in()
        assert len(ngo.mails(REMINDER)) == number
        assert day in ngo.read(REMINDER)
        ngo.sees(announced)
        ngo.follow_mail(REMINDER, "/applications/")
        expect(ngo.page).to_have_url(application)
        ngo.sees(announced)
    life.travel_to(end - timedelta(hours=1))
    assert life.person("ngo").mails(ENDED) == []
    desk_sees_nothing(life.officer())
    life.travel_to(end + timedelta(hours=1))
    ngo = life.person("ngo").sign_in()
    expect(ngo.page.locator("main")).not_to_contain_text(announced)
    ngo.follow_mail(ENDED, "/applications/")
    ngo.sees("vervallen")
    expect(ngo.page.locator("form")).to_have_count(0)
    desk_sees_nothing(life.officer())
