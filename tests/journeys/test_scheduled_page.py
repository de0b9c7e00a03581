"""A page that goes live on a morning and expires a week later, while those who made it do something else."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from .life import Life, Person

TITLE = "Winteropvang aan zee"
VISITOR = "visitor@reader.example"
# The search follows within ten minutes (decision 11).
UNTIL_FOUND = timedelta(minutes=11)
AS_TYPED = "%Y-%m-%d %H:%M"


def write(editor: Person, go_live: datetime, expire: datetime) -> None:
    """A page below the first one, with its times, submitted to the publishers."""
    page = editor.page
    page.goto(f"{editor.site.address}/admin/pages/")
    editor.leave_by(page.get_by_role("link", name="Geef een gezin een thuis").first)
    page.goto(page.url.replace("/edit/", "/add_subpage/"))
    editor.leave_by(page.locator("main").get_by_role("link", name="Informatiepagina").first)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=intro]").fill("Gezinnen wonen een winter lang aan zee.")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for name, moment in (("go_live_at", go_live), ("expire_at", expire)):
        page.locator(f"[name={name}]").fill(moment.strftime(AS_TYPED))
        # It opens after a moment, over what stands below, and closes at a click beside it.
        expect(calendar).to_have_count(1)
        page.locator("#schedule-publishing-dialog h2").first.click()
        expect(calendar).to_have_count(0)
    editor.leave_by(page.locator("#schedule-publishing-dialog [type=submit]"))
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    editor.leave_by(page.locator("[name=action-submit]").first)


def approve(publisher: Person) -> None:
    publisher.follow_mail(TITLE, "/edit/")
    publisher.page.locator("[data-w-dropdown-target=toggle]").last.click()
    publisher.leave_by(publisher.page.locator("[data-workflow-action-name=approve]").first)
    # There is no French page yet.
    publisher.page.locator("[name=reason]").fill("Alleen voor Vlaamse gemeenten.")
    publisher.leave_by(publisher.page.locator("form:has([name=reason]) button").first)


def finds(visitor: Person) -> bool:
    """Whether someone who searches finds the page, and can read it."""
    visitor.go("search/?q=winteropvang")
    found = visitor.page.locator("main").get_by_role("link", name=TITLE)
    if not found.count():
        return False
    visitor.leave_by(found)
    expect(visitor.page.locator("h1")).to_have_text(TITLE)
    return True


def test_a_page_is_there_in_its_time(life: Life):
    go_live, expire = life.now + timedelta(days=3, hours=-1), life.now + timedelta(days=10, hours=6)
    write(life.officer("editor"), go_live, expire)
    life.travel(1)
    approve(life.officer("publisher"))
    assert TITLE in life.person("editor").read(TITLE)
    assert not finds(life.person(VISITOR))
    life.travel_to(go_live - UNTIL_FOUND)
    assert not finds(life.person(VISITOR))
    life.travel_to(go_live + UNTIL_FOUND)
    visitor = life.person(VISITOR)
    assert finds(visitor)
    address = visitor.page.url
    life.travel_to(expire - UNTIL_FOUND)
    assert finds(life.person(VISITOR))
    life.travel_to(expire)
    assert life.person(VISITOR).page.request.get(address).status == 404
    life.travel_to(expire + UNTIL_FOUND)
    assert not finds(life.person(VISITOR))
