"""What the tests of the editor need in the running site's database."""

from wagtail.models import Page
from wagtail.rich_text import RichText

LONG = "Wij vragen u om " + "heel " * 25 + "snel te antwoorden."
STEPS = [{"title": "Eerst", "who": "", "text": "Lees."}, {"title": "Dan", "who": "", "text": "Schrijf."}]


def pages_of_each_kind() -> dict[str, tuple[int, str]]:
    """Key and title of a live Dutch page, by the name of its kind."""
    pages = Page.objects.filter(locale__language_code="nl", depth__gt=1, live=True)
    return {page.specific_class.__name__: (page.pk, page.title) for page in pages}


def skip_a_heading() -> int:
    """Draft a page that begins with steps: headings of the third level, without one of the second before them."""
    page = Page.objects.get(url_path="/nl/contact/").specific
    page.body = [("steps", STEPS)]
    page.save_revision()
    return page.pk


def write_carelessly() -> int:
    """Draft a page with a fault of each kind that our own checks find in its texts."""
    page = Page.objects.get(url_path="/nl/contact/").specific
    page.intro = "U krijgt € 3.000."
    page.body = [("text", RichText('<p>Lees <a href="https://www.fedasil.be/">hier</a> de noot.</p>')), ("note", LONG)]
    page.save_revision()
    return page.pk
