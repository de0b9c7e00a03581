"""Two decisions that wait: looked at, released at once, and one party reads its letter. In Dutch."""

from playwright.sync_api import expect

from tests.readers import language_of, poppler


def test_two_decisions_are_released_at_once_and_a_party_reads_its_letter(person, site):
    uuid, reference, pk, _uuid, other, _pk = site.prepare("two_prepared").split()
    application = f"{site.address}/nl/applications/{uuid}/"
    applicant = person("huis@gand.example").sign_in()
    applicant.page.goto(application)
    expect(applicant.page.locator("#decision-title")).to_have_count(0)

    decider = person("decider").sign_in().enter_second_code()
    page = decider.page
    page.goto(f"{site.address}/admin/decisions/")
    decider.is_right()
    decider.leave_by(page.locator(f"a[href$='/decisions/{pk}/']"))
    decider.sees("Wij lazen alles van vzw Huis (voorbeeld).")
    decider.is_right()
    decider.leave_by(page.locator("a[href$='/change/']"))
    expect(page.locator("[name=reasons_nl]")).to_be_visible()
    decider.is_right()
    page.goto(f"{site.address}/admin/decisions/")
    for box in page.locator("[name=decision]").all():
        box.check()
    decider.leave_by(page.locator("form[action$='/release/'] button.button"))
    decider.sees(reference)
    decider.sees(other)
    decider.is_right()
    decider.leave_by(page.locator("form[method=post][action$='/release/'] button"))
    expect(page.locator("main li[id^=result-]")).to_have_count(2)
    decider.is_right()
    decider.leave_by(page.locator("main li[id^=result-] a").first)
    expect(page.locator("main")).to_contain_text("Wij lazen alles van")

    mail = site.mail(applicant.email, f"Goedgekeurd: aanvraag {reference}")
    assert "Wij lazen" not in mail.get_body(("plain",)).get_content()
    page = applicant.page
    page.reload()
    applicant.sees("Wij lazen alles van vzw Huis (voorbeeld).")
    applicant.looks_right()
    with page.expect_download() as letter:
        page.locator("a[href*='/letters/']").click()
    content = letter.value.path().read_bytes()
    assert language_of(content) == "nl"
    assert "vzw Huis (voorbeeld)" in poppler("pdftotext", content)
    assert applicant.errors == decider.errors == []
