"""Pages of each kind with every block in extreme content, published on the running site."""

from wagtail.models import Page

from home import pictures
from home.models import HomePage, InformationPage, NewsPage, StoryPage
from tests.extremes import VARIANTS, WORD, Extremes

# First pages are those of the site: each variant stands on that of one language, and is taken off it again.
HOME = "home"
LANGUAGES = dict(zip(VARIANTS, ("nl", "fr", "de", "en"), strict=True))
MADE = {
    "information": (InformationPage, "/nl/wat-is-hervestiging/", {}),
    "story": (StoryPage, "/nl/", {}),
    "news": (NewsPage, "/nl/nieuws/", {"date": "2026-11-30"}),
}
KINDS = (*MADE, HOME)


def pages() -> dict[str, str]:
    """The address of each variant on each kind of page."""
    addresses = {}
    for variant in VARIANTS:
        home = HomePage.objects.get(locale__language_code=LANGUAGES[variant])
        home.save_revision()
        fill(home, variant)
        publish(home)
        addresses[f"{variant}/{HOME}"] = home.url_path
        for kind, (model, parent, values) in MADE.items():
            title = f"{WORD if variant == 'one word' else 'Titel'} {variant} {kind}"
            page = model(title=title, slug=f"{variant}-{kind}".replace(" ", "-"), **values)
            fill(page, variant)
            Page.objects.get(url_path=parent).add_child(instance=page)
            publish(page)
            addresses[f"{variant}/{kind}"] = page.url_path
    return addresses


def fill(page, variant: str) -> None:
    language = LANGUAGES[variant] if isinstance(page, HomePage) else "nl"
    page.intro = Extremes(variant).text(300)
    page.body = page._meta.get_field("body").to_python(Extremes(variant, language).body())


def publish(page) -> None:
    page.save_revision().publish()
    pictures.make_for(page)


def remove(addresses: dict[str, str]) -> None:
    """Delete what was made, and publish the first pages as they were."""
    for page in Page.objects.filter(url_path__in=addresses.values()).specific():
        if isinstance(page, HomePage):
            page.revisions.order_by("-pk")[1].as_object().save_revision().publish()
        else:
            page.delete()
