"""Pages of each kind with every block in extreme content, published on the running site."""

from wagtail.models import Page

from home import pictures
from home.models import InformationPage, NewsPage, StoryPage
from tests.extremes import VARIANTS, WORD, Extremes

KINDS = {
    "information": (InformationPage, "/nl/wat-is-hervestiging/", {}),
    "story": (StoryPage, "/nl/", {}),
    "news": (NewsPage, "/nl/nieuws/", {"date": "2026-11-30"}),
}


def pages() -> dict[str, str]:
    """The address of each variant on each kind of page."""
    addresses = {}
    for variant in VARIANTS:
        for kind, (model, parent, values) in KINDS.items():
            title = f"{WORD if variant == 'one word' else 'Titel'} {variant} {kind}"
            page = model(
                title=title, intro=Extremes(variant).text(300), slug=f"{variant}-{kind}".replace(" ", "-"), **values
            )
            page.body = page._meta.get_field("body").to_python(Extremes(variant).body())
            Page.objects.get(url_path=parent).add_child(instance=page)
            publish(page)
            addresses[f"{variant}/{kind}"] = page.url_path
    return addresses


def publish(page) -> None:
    page.save_revision().publish()
    pictures.make_for(page)


def remove(addresses: dict[str, str]) -> None:
    for page in Page.objects.filter(url_path__in=addresses.values()):
        page.delete()
