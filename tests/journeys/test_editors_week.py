"""A page through a week and more: written, sent back, live on time, translated, corrected; moved, expired, restored."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import polib
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.site import wait_until

from .life import Life, Person

TITLE, STREET = "Buren die helpen", "Een straat met een school."
VISITOR = "visitor@reader.example"
AS_TYPED = "%Y-%m-%d %H:%M"
DUTCH = (
    "Buren die helpen",
    "Buren helpen een gezin op weg.",
    "Wat buren doen",
    STREET,
    "Ze tonen de weg naar de school. Vraag het uw gemeente.",
    "buren-die-helpen",
)
FRENCH = dict(
    zip(
        DUTCH,
        (
            "Des voisins qui aident",
            "Des voisins aident une famille.",
            "Ce que font les voisins",
            "Une rue avec une école.",
            "Ils montrent le chemin de l’école. Demandez à votre commune.",
            "voisins",
        ),
        strict=True,
    )
)
GERMAN = dict(
    zip(
        DUTCH,
        (
            "Nachbarn, die helfen",
            "Nachbarn helfen einer Familie.",
            "Was Nachbarn tun",
            "Eine Straße mit einer Schule.",
            "Sie zeigen den Weg zur Schule. Fragen Sie Ihre Gemeinde.",
            "nachbarn",
        ),
        strict=True,
    )
)
ENGLISH = dict(
    zip(
        DUTCH,
        (
            "Neighbours who help",
            "Neighbours help a family.",
            "What neighbours do",
            "A street with a school.",
            "They show the way to school. Ask your municipality.",
            "neighbours",
        ),
        strict=True,
    )
)
OTHER_WAYS = "Andere wegen: Community Sponsorship"
OLD = [
    "nl/wat-is-hervestiging/andere-wegen/",
    "fr/qu-est-ce-que-la-reinstallation/autres-voies/",
    "de/was-ist-umsiedlung/andere-wege/",
    "en/what-is-resettlement/other-ways/",
]
MOVED = [
    "nl/partner-worden/andere-wegen/",
    "fr/devenir-partenaire/autres-voies/",
    "de/partner-werden/andere-wege/",
    "en/become-a-partner/other-ways/",
]
ADDRESSES = ("nl/buren-die-helpen/", "fr/voisins/", "de/nachbarn/", "en/neighbours/")


def is_there(life: Life, path: str) -> bool:
    """Whether a reader finds a page at this address."""
    return life.person(VISITOR).page.request.get(f"{life.site.address}/{path}").ok


def text_at(life: Life, path: str) -> str:
    visitor = life.person(VISITOR)
    visitor.page.goto(f"{life.site.address}/{path}")
    return visitor.page.locator("main").inner_text()


def landing(life: Life, path: str) -> str:
    """The path at which a reader lands who goes to this one."""
    answer = life.person(VISITOR).page.request.get(f"{life.site.address}/{path}")
    assert answer.ok, path
    return answer.url.removeprefix(f"{life.site.address}/")


# ── What editors and publishers do ────────────────────────────────────────────────────────────────────────────────────
def choose(person: Person, action: str) -> None:
    """One of the actions beside *Save draft*."""
    person.page.locator("[data-w-dropdown-target=toggle]").last.click()
    person.leave_by(person.page.locator(action).first)


def add_block(editor: Person, kind: str) -> Locator:
    """A new piece at the end of the page."""
    editor.page.locator("button.c-sf-add-button").last.click()
    # The list from before may still be on its way out.
    editor.page.get_by_role("option", name=kind, exact=True).last.click()
    return editor.page.locator("[data-streamfield-child]").last


def type_text(editor: Person, text: str) -> None:
    """At the end of the last text of the page."""
    box = editor.page.locator("[data-streamfield-child]").get_by_role("textbox").last
    # The list of blocks takes the focus back when it closes.
    focused = "box => box === document.activeElement"
    wait_until("the text to be typed in", lambda: box.click() or box.evaluate(focused), patience=20)
    editor.page.keyboard.press("Control+End")
    editor.page.keyboard.type(text)
    # The form has it a moment later.
    expect(editor.page.locator("input[type=hidden][name$='-value']").last).to_have_value(re.compile(re.escape(text)))


def add_image(editor: Person, alternative: str) -> None:
    """One that is sent in the window in which images are chosen."""
    page, block = editor.page, add_block(editor, "beeld")
    block.get_by_role("button", name="Kies een afbeelding").click()
    page.get_by_role("tab", name="Uploaden").click()
    picture = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(picture, "PNG")
    file = {"name": "street.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator(".modal-content [name$=title]").fill("Straat")
    page.locator(".modal-content input[type=file]").set_input_files(file)
    page.locator(".modal-content [type=submit]:visible").click()
    expect(page.locator(".modal-content")).to_have_count(0)
    block.locator("[name$=alt_text]").fill(alternative)


def write(editor: Person) -> None:
    """A page below the first one, looked at as on a phone, and submitted."""
    page = editor.page
    page.goto(f"{editor.site.address}/admin/pages/")
    editor.leave_by(page.get_by_role("link", name="Geef een gezin een thuis").first)
    page.goto(page.url.replace("/edit/", "/add_subpage/"))
    editor.leave_by(page.locator("main").get_by_role("link", name="Informatiepagina").first)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=intro]").fill("Buren helpen een gezin op weg.")
    add_block(editor, "kop").get_by_role("textbox").fill("Wat buren doen")
    add_image(editor, STREET)
    add_block(editor, "tekst")
    type_text(editor, "Ze tonen de weg naar de school.")
    page.locator("[data-side-panel-toggle=preview]").click()
    page.locator("[name=preview-size][value=mobile]").check(force=True)
    expect(page.frame_locator("#w-preview-iframe").locator("main")).to_contain_text("Ze tonen de weg")
    choose(editor, "[name=action-submit]")
    expect(page.locator("main [role=status]").first).to_contain_text("ingediend")


def send_back(publisher: Person, comment: str) -> None:
    page = publisher.page
    publisher.follow_mail(TITLE, "/edit/")
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    page.locator("[data-workflow-action-name=reject]").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(comment)
    publisher.leave_by(dialog.locator("[type=submit]"))


def open_page(person: Person, title: str) -> None:
    """By the search of the first page."""
    page = person.page
    page.goto(f"{person.site.address}/admin/")
    page.locator("main [name=q]").fill(title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.leave_by(page.locator("main").get_by_role("link", name=title, exact=True).first)


def move(publisher: Person, below: str) -> None:
    page = publisher.page
    page.goto(page.url.replace("/edit/", "/move/"))
    page.locator("main [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Kies een andere pagina").click()
    page.locator(".modal-content [name=q]").fill(below)
    page.locator(".modal-content").get_by_role("link", name=below, exact=True).first.click()
    publisher.leave_by(page.locator("main form [type=submit]").first)
    publisher.leave_by(page.locator("main form [type=submit]").first)


def set_times(editor: Person, **times: datetime | None) -> None:
    page = editor.page
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    for name, moment in times.items():
        page.locator(f"[name={name}]").fill(moment.strftime(AS_TYPED) if moment else "")
        # It opens after a moment, over what stands below, and closes at a click beside it.
        expect(calendar).to_have_count(1)
        page.locator("#schedule-publishing-dialog h2").first.click()
        expect(calendar).to_have_count(0)
    editor.leave_by(page.locator("#schedule-publishing-dialog [type=submit]"))


def approve(publisher: Person, title: str = TITLE) -> None:
    publisher.follow_mail(title, "/edit/")
    choose(publisher, "[data-workflow-action-name=approve]")
    publish_alone(publisher)


def publish_alone(publisher: Person) -> None:
    """The other language follows."""
    publisher.page.locator("[name=reason]").fill("De vertaling volgt.")
    publisher.leave_by(publisher.page.locator("form:has([name=reason]) button").first)


# ── What translators do ───────────────────────────────────────────────────────────────────────────────────────────────
def open_waiting(translator: Person, language: str) -> None:
    """From the first page to the text that waits in this language."""
    page = translator.page
    page.goto(f"{translator.site.address}/admin/")
    row = page.locator("#texts-to-translate-section").get_by_role("row").filter(has_text=language)
    translator.leave_by(row.get_by_role("link"))


def translate_each(translator: Person, texts: dict[str, str]) -> None:
    """Text by text."""
    page = translator.page
    for source, text in texts.items():
        item = page.locator("li.incomplete", has_text=source).filter(has=page.get_by_role("button", name="Vertaal"))
        if not item.first.is_visible():
            page.get_by_role("tab", name="Eigenschappen").click()
        item.first.get_by_role("button", name="Vertaal").click()
        page.locator(".js-translation-editor textarea:visible").fill(text)
        page.locator(".js-translation-editor button:visible", has_text="Opslaan").first.click()
        expect(page.locator("li:not(.incomplete):visible", has_text=text).first).to_be_visible()


def translate_file(translator: Person, texts: dict[str, str], folder: Path) -> None:
    """By a PO file that another program writes."""
    page = translator.page
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PO-bestand").first.click()
    po = polib.pofile(download.value.path())
    for entry in po:
        entry.msgstr = texts[entry.msgid]
    po.save(folder / "page.po")
    with page.expect_navigation():
        page.locator("input[type=file]").first.set_input_files(folder / "page.po")


def submit_translation(translator: Person) -> None:
    translator.leave_by(translator.page.get_by_role("button", name="Ter goedkeuring indienen"))


def approve_translation(publisher: Person, title: str) -> None:
    publisher.follow_mail(title, "/edit/")
    publisher.leave_by(publisher.page.get_by_role("button", name="Goedkeuren en publiceren"))


# ── The week ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_page_through_a_week(life: Life, tmp_path):
    # Monday to Thursday: written, sent back, approved for a morning to come.
    write(life.officer("editor"))
    life.travel(1)
    send_back(life.officer("publisher"), "Zet erbij wie u wat vraagt.")
    life.travel(1)
    editor = life.officer("editor")
    assert "Zet erbij wie u wat vraagt." in editor.read(TITLE)
    editor.follow_mail(TITLE, "/edit/")
    type_text(editor, " Vraag het uw gemeente.")
    go_live = life.now + timedelta(days=2, hours=-1)
    set_times(editor, go_live_at=go_live)
    choose(editor, "[name=action-submit]")
    life.travel(1)
    publisher = life.officer("publisher")
    approve(publisher)
    publisher.page.goto(f"{life.site.address}/admin/")
    expect(publisher.page.locator("main")).to_contain_text("Gaat live")
    assert not is_there(life, "nl/buren-die-helpen/")
    life.travel_to(go_live + timedelta(minutes=2))
    visitor = life.person(VISITOR)
    visitor.go("buren-die-helpen/")
    picture = visitor.page.get_by_role("img", name=STREET)
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    # The next morning those who translate have a mail.
    life.travel(1)
    translator = life.officer("translator")
    assert "Français" in translator.read("wachten op vertaling")
    open_waiting(translator, "Français")
    translate_each(translator, FRENCH)
    submit_translation(translator)
    open_waiting(translator, "Deutsch")
    translate_file(translator, GERMAN, tmp_path)
    submit_translation(translator)
    open_waiting(translator, "English")
    translate_file(translator, ENGLISH, tmp_path)
    submit_translation(translator)
    life.travel(1)
    publisher = life.officer("publisher")
    for title in ("Des voisins qui aident", "Nachbarn, die helfen", "Neighbours who help"):
        approve_translation(publisher, title)
    for path in ADDRESSES:
        assert is_there(life, path), path

    # The source is corrected; what readers of the other languages see stays until they are corrected too.
    open_page(publisher, TITLE)
    type_text(publisher, " Of bel ons.")
    choose(publisher, "[name=action-publish]")
    publish_alone(publisher)
    assert "Of bel ons." in text_at(life, ADDRESSES[0])
    life.travel(1)
    translator = life.officer("translator")
    assert "Français" in translator.read("wachten op vertaling")
    open_waiting(translator, "Français")
    translate_each(translator, {"Of bel ons.": "Ils montrent le chemin. Ou appelez-nous."})
    submit_translation(translator)
    publisher = life.officer("publisher")
    assert "appelez-nous" not in text_at(life, ADDRESSES[1])
    approve_translation(publisher, "Des voisins qui aident")
    assert "appelez-nous" in text_at(life, ADDRESSES[1])
    publisher.page.goto(f"{life.site.address}/admin/")
    expect(publisher.page.locator("#texts-to-translate-section")).to_contain_text("Deutsch")


def test_a_page_moves_expires_and_is_restored(life: Life):
    """With its translations, and its old addresses lead on."""
    publisher = life.officer("publisher")
    open_page(publisher, OTHER_WAYS)
    move(publisher, "Partner worden")
    assert [landing(life, path) for path in OLD] == MOVED
    open_page(publisher, OTHER_WAYS)
    expire = life.now + timedelta(days=3)
    set_times(publisher, expire_at=expire)
    choose(publisher, "[name=action-publish]")
    publisher.page.goto(f"{life.site.address}/admin/")
    expect(publisher.page.locator("main")).to_contain_text("Verdwijnt van de site")
    life.travel_to(expire + timedelta(minutes=2))
    assert not any(is_there(life, path) for path in MOVED)

    # Whoever wants it back publishes it; German and English come back with it, French as the publisher decides.
    publisher = life.officer("publisher")
    open_page(publisher, OTHER_WAYS)
    set_times(publisher, expire_at=None)
    choose(publisher, "[name=action-publish]")
    publisher.leave_by(publisher.page.locator("form:has([value=both]) button"))
    assert all(is_there(life, path) for path in MOVED)
