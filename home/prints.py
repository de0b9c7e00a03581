"""Pages, brochure and questions as PDF: asked for, made by the worker, kept, made anew when what they show changed."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from portal import clock
from portal.documents.docx import docx
from portal.documents.download import CONTENT_TYPES
from portal.documents.pdf import pdf, printed_html, static_text
from portal.files import store
from portal.mail import outbox
from portal.mail.ceilings import TooManyMails
from portal.models import Mail
from portal.text import clean_address

from . import council_pack
from .frame import frame_for
from .models import HomePage, InformationPage, PrintedPage, PrintRequest, QuestionsPage, SitePage, StoryPage
from .models.printed import BOARD_PACK, BROCHURE, COUNCIL_PACK, COUNCIL_ZIP, DOCUMENTS, QUESTIONNAIRE

# How one begins, on the last page of the brochure.
WAYS_IN = (council_pack.DECIDE, council_pack.PREPARE, council_pack.APPLY)
PRINTABLE = (InformationPage, StoryPage)
# A task that was asked for this long ago and has not ended got lost.
LOST_AFTER = timedelta(minutes=10)
# How the keys of mails to those who asked for one begin.
MAIL_KEY = "print:"
DATE_MARK = "@@printed-on@@"


# ── What is printed ───────────────────────────────────────────────────────────────────────────────────────────────────
def printable(key: str, language: str) -> SitePage | None:
    """The live page with this translation key, if it is of a kind that can be printed."""
    for kind in PRINTABLE:
        if page := kind.objects.live().filter(translation_key=key, locale__language_code=language).first():
            return page
    return None


def chapters(language: str) -> list[SitePage]:
    """The pages of the brochure, in the order of the site."""
    wanted = {"in_brochure": True, "locale__language_code": language}
    return sorted((page for kind in PRINTABLE for page in kind.objects.live().filter(**wanted)), key=lambda p: p.path)


def faq(pages: list[SitePage], language: str) -> dict | None:
    """The page of questions, with those that no chapter answers already."""
    page = QuestionsPage.objects.live().filter(locale__language_code=language).first()
    if page is None:
        return None
    context = page.get_context(None)
    told = set().union(*(page.chosen_questions() for page in pages))
    left = [(theme, [each for each in group if each.translation_key not in told]) for theme, group in context["themes"]]
    return {**context, "themes": [(theme, group) for theme, group in left if group]}


def html_of(key: str, language: str) -> tuple[str, str] | None:
    """Title and HTML of what is printed under this key, with a mark for today's date; None where there is none."""
    with translation.override(language):
        if key == BROCHURE:
            pages, cover = chapters(language), HomePage.objects.live().filter(locale__language_code=language).first()
            if not pages or not cover:
                return None
            title, template = _("Partners for resettlement"), "print/brochure.html"
            context = {
                "chapters": [page.get_context(None) for page in pages],
                "cover": cover.get_context(None),
                "faq": faq(pages, language),
                "beginning": [page for name in WAYS_IN if (page := council_pack.shipped(name, language))],
            }
        elif key == QUESTIONNAIRE:
            context = council_pack.questionnaire_context(language)
            title, template = context["title"], "print/questionnaire.html"
        elif key in (COUNCIL_PACK, COUNCIL_ZIP):
            context = {"parts": council_pack.parts(language)}
            if not context["parts"]:
                return None
            title, template = _("Pack for your council"), "print/council_pack.html"
        else:
            is_board = key == BOARD_PACK
            page = council_pack.shipped(council_pack.BOARD_NOTE, language) if is_board else printable(key, language)
            if page is None:
                return None
            title, context = page.title, page.get_context(None)
            template = "print/board_pack.html" if is_board else "print/page.html"
    return title, framed(template, title, context, language)


def sample_html_of(key: str, language: str) -> tuple[str, str] | None:
    """Title and HTML of the sample text of this page, to fill in; None where it has none."""
    page = printable(key, language)
    if page is None or not page.has_sample:
        return None
    with translation.override(language):
        return page.title, framed("print/sample.html", page.title, page.get_context(None), language)


def files_of_pack(language: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in the ZIP: a PDF a part, and a document of what is to be filled in."""
    for number, part in enumerate(council_pack.parts(language), start=1):
        name = f"{number}-{slugify(part.title)}"
        context = {"part": part, "source": part.source and part.source.public_url}
        html = dated(framed("print/part.html", part.title, context, language), language)
        yield f"{name}.pdf", pdf(html)
        if part.is_to_fill_in:
            found = sample_html_of(str(part.source.translation_key), language) if part.source else None
            yield f"{name}.docx", docx(dated(found[1], language) if found else html, part.title, language)


def framed(template: str, title: str, context: dict, language: str) -> str:
    """The HTML of a template with what all of them show."""
    context = {**context, "title": title, "frame": frame_for(language), "printed_on": DATE_MARK}
    context["site"] = settings.SITE_URL
    return printed_html(template, context, language)


def dated(html: str, language: str) -> str:
    """The HTML with today's date where the mark stood."""
    with translation.override(language):
        return html.replace(DATE_MARK, date_format(clock.today(), "DATE_FORMAT"))


# ── Asking and making ─────────────────────────────────────────────────────────────────────────────────────────────────
def ask(key: str, language: str) -> PrintedPage:
    """The kept PDF of this page, or a row that the worker is asked to fill."""
    printed, _created = PrintedPage.objects.get_or_create(key=key, language=language)
    queue(printed)
    return printed


def queue(printed: PrintedPage) -> bool:
    """Ask the worker, unless it was asked already. After mails: a PDF is less urgent than a code."""
    if not (printed.is_outdated or printed.queued_at):
        return False
    now = clock.now()
    due = Q(is_outdated=True, queued_at__isnull=True) | Q(queued_at__lte=now - LOST_AFTER)
    with transaction.atomic():
        if not PrintedPage.objects.filter(due, pk=printed.pk).update(queued_at=now):
            return False
        make_in_background.enqueue(printed.pk)
    return True


@task(priority=-50)
def make_in_background(printed_id: int) -> None:
    """What the worker runs."""
    make(PrintedPage.objects.get(pk=printed_id))


def make(printed: PrintedPage) -> None:
    """Make the PDF if what it shows changed, and tell those who asked for a mail."""
    # What changes from now on makes it outdated again.
    PrintedPage.objects.filter(pk=printed.pk).update(is_outdated=False)
    found = html_of(printed.key, printed.language)
    if found is None:
        discard(printed)
        return
    title, html = found
    digest = hashlib.sha256((html + static_text("portal/print.css")).encode()).hexdigest()
    if digest != printed.digest or printed.file is None:
        content, kind = content_of(printed, html)
        with store.all_or_nothing():
            locked = PrintedPage.objects.select_for_update().get(pk=printed.pk)
            old, locked.digest = locked.file, digest
            locked.file = store.store(content, name=f"{slugify(title)}.{kind}", content_type=CONTENT_TYPES[kind])
            locked.save(update_fields=["file", "digest"])
            if old:
                store.forget(old)
    PrintedPage.objects.filter(pk=printed.pk).update(queued_at=None)
    tell(printed)


def content_of(printed: PrintedPage, html: str) -> tuple[bytes, str]:
    """The file and the ending of its name."""
    if printed.key == COUNCIL_ZIP:
        return council_pack.zipped(files_of_pack(printed.language)), "zip"
    return pdf(dated(html, printed.language)), "pdf"


def discard(printed: PrintedPage) -> None:
    """The page is gone, and so is its PDF."""
    with transaction.atomic():
        old = printed.file
        printed.delete()
        if old:
            store.forget(old)


# ── Mails to those who did not want to wait ───────────────────────────────────────────────────────────────────────────
@transaction.atomic
def ask_for_mail(printed: PrintedPage, email: str) -> None:
    """A mail once it is ready; at once where it is."""
    PrintRequest.objects.get_or_create(printed=printed, email=clean_address(email), defaults={"asked_at": clock.now()})
    if PrintedPage.objects.filter(pk=printed.pk, file__isnull=False).exists():
        tell(printed)


@transaction.atomic
def tell(printed: PrintedPage) -> None:
    """Mail the link to those who asked, and forget them."""
    for request in printed.requests.select_for_update():
        with translation.override(printed.language):
            path = reverse(printed.key) if printed.key in DOCUMENTS else reverse("printed", args=[printed.key])
        # Anyone can write any address in the form.
        with suppress(TooManyMails):
            outbox.queue(
                key=f"{MAIL_KEY}{request.pk}:{request.asked_at.isoformat()}",
                to=request.email,
                language=printed.language,
                template="home/print_ready",
                context={"url": settings.SITE_URL + path},
                ceiling=Mail.Ceiling.FORM,
            )
        request.delete()


def forget_addresses() -> int:
    """Delete the mails of yesterday: their readers were told that we forget the address (a job of `run_due`)."""
    return outbox.forget(MAIL_KEY)


# ── What time and changes bring ───────────────────────────────────────────────────────────────────────────────────────
def outdate() -> None:
    """Something may have changed: each PDF is looked at again, and made anew where what it shows is different."""
    PrintedPage.objects.filter(is_outdated=False).update(is_outdated=True)


def keep_up() -> int:
    """Have the documents made before anyone asks, and whatever is outdated made anew (a job of `run_due`)."""
    for key in DOCUMENTS:
        for code, _name in settings.LANGUAGES:
            PrintedPage.objects.get_or_create(key=key, language=code)
    return sum(queue(printed) for printed in PrintedPage.objects.exclude(is_outdated=False, queued_at__isnull=True))
