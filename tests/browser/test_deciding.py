"""Two decisions that wait: looked at, released at once, and one party reads its letter. In Dutch."""

from playwright.sync_api import expect

from tests.readers import language_of, poppler

from .people import WIDTHS


def is_right(someone) -> None:
    """At the desk: axe finds nothing, and nothing sticks out, at both widths."""
    for width in WIDTHS:
        someone.page.set_viewport_size({"width": width, "height": 900})
        someone.finds_nothing_wrong()
        assert someone.page.evaluate("document.documentElement.scrollWidth") <= width, (someone.page.url, width)
    someone.page.set_viewport_size({"width": 1280, "height": 900})


def test_two_decisions_are_released_at_once_and_a_party_reads_its_letter(person, site):
    uuid, reference, pk, _uuid, other, _pk = site.prepare("two_prepared").split()
    application = f"{site.address}/nl/applications/{uuid}/"
    applicant = person("huis@gand.example").sign_in()
    applicant.page.goto(application)
    expect(applicant.page.locator("#decision-title")).to_have_count(0)

    decider = person("decider").sign_in().enter_second_code()
    page = decider.page
    page.goto(f"{site.address}/admin/decisions/")
    is_right(decider)
    decider.leave_by(page.locator(f"a[href$='/decisions/{pk}/']"))
    decider.sees("Wij lazen alles van vzw Huis (voorbeeld).")
    is_right(decider)
    decider.leave_by(page.locator("a[href$='/change/']"))
    expect(page.locator("[name=reasons_nl]")).to_be_visible()
    is_right(decider)
    page.goto(f"{site.address}/admin/decisions/")
    for box in page.locator("[name=decision]").all():
        box.check()
    decider.leave_by(page.locator("form[action$='/release/'] button.button"))
    decider.sees(reference)
    decider.sees(other)
    is_right(decider)
    decider.leave_by(page.locator("form[method=post][action$='/release/'] button"))
    expect(page.locator("main li[id^=result-]")).to_have_count(2)
    is_right(decider)
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
