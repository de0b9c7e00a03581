"""The faults of a page or snippet, of one kind each. A rule a kind reports them in the panel of checks (panel.py)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

from django.apps import apps
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..numbers import TOKEN, Numbers
from ..typed_numbers import typed_numbers
from .texts import Part, parts_of
from .wording import forbidden_in

# Plain language: how many words a sentence may have. French needs more small ones, German makes long ones of two.
MOST_WORDS = {"nl": 25, "fr": 28, "de": 25, "en": 25}
SHOWN = 60
# What ends a sentence: not the point of an abbreviation or an initial, nor one within a number.
SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])(?<!\bart)(?<!\bz\.\sB)(?<!\bp\.\sex)(?<!\bbv)(?<!\bnr)[.;!?…]+[”»“’)]*\s+")
WORD = re.compile(r"\w[\w’'.,/+@-]*")
# Link texts that say nothing without the text around them.
EMPTY_LINKS = {
    "nl": "hier|klik hier|lees meer|meer|meer info|meer informatie|link|deze link|deze pagina",
    "fr": "ici|cliquez ici|lire la suite|lire plus|plus|plus d’infos|en savoir plus|lien|ce lien|cette page",
    "de": "hier|klicken sie hier|mehr|mehr lesen|mehr erfahren|weiterlesen|link|dieser link|diese seite",
    "en": "here|click here|more|read more|learn more|more info|more information|link|this link|this page",
}
ADDRESS = re.compile(r"https?://\S+")
BARE_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
FILE_NAME = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$|_", re.IGNORECASE)
BLOCKS = {"p", "li", "br", "h2", "h3", "h4", "ul", "ol", "blockquote", "hr", "td", "th"}


class Kind(models.TextChoices):
    """What may be wrong; the value names the rule in the panel of checks."""

    HEADING = "heading-level", gettext_lazy("A heading skips a level")
    LINK = "link-text", gettext_lazy("A link does not say where it leads")
    SENTENCE = "sentence-length", gettext_lazy("A sentence is long")
    NUMBER = "typed-number", gettext_lazy("A number is typed")
    IMAGE = "missing-alternative", gettext_lazy("An image has no alternative text")
    WORD = "forbidden-word", gettext_lazy("Another word is used on this site")


HELP = {
    Kind.HEADING: gettext_lazy("Put a heading above it."),
    Kind.LINK: gettext_lazy("Write the title of the page to which it leads, or what readers can do there."),
    Kind.SENTENCE: gettext_lazy("Make two sentences of it, or a list."),
    Kind.NUMBER: gettext_lazy("Write the key of the number in braces; then every page shows the same one."),
    Kind.IMAGE: gettext_lazy("Say what the image shows, or mark it as decorative."),
    Kind.WORD: gettext_lazy("One word for one thing: use the one that the note names."),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, in the words of the active language, and the block of the body in which it stands."""

    kind: Kind
    message: str
    block_id: str = ""

    @property
    def help_text(self) -> str:
        return str(HELP[self.kind])


def faults_of(instance: models.Model) -> list[Fault]:
    """All faults of a page or snippet with a language, in the order of its texts; facts and rates are read once."""
    language = instance.locale.language_code
    known = KnownNumbers()
    parts = list(parts_of(instance))
    found = [fault for part in parts for fault in _faults_in(part, language, known)]
    return [*_skipped_levels(parts), *found]


class KnownNumbers:
    """The numbers that have a key, read when the first typed one is found."""

    @cached_property
    def numbers(self) -> Numbers:
        facts = apps.get_model("home", "Fact")._default_manager.values_list("key", flat=True)
        return Numbers({*facts, "rate.", "years.each"})


def _skipped_levels(parts: Iterable[Part]) -> Iterator[Fault]:
    level = 1
    for part in parts:
        for next_level in part.levels:
            if next_level > level + 1:
                said = _("A heading of level %(below)s follows one of level %(above)s.")
                yield Fault(Kind.HEADING, said % {"below": next_level, "above": level}, part.block_id)
            level = next_level


def _faults_in(part: Part, language: str, known: KnownNumbers) -> Iterator[Fault]:
    if part.is_image:
        if not part.is_decorative:
            yield from _faults_of_alternative(part.text, part.block_id)
        return
    rich = RichParser(part.text) if part.is_rich else None
    sentences = rich.sentences if rich else [part.text]
    for alternative in rich.alternatives if rich else ():
        # Wagtail's form leaves it empty only where the image was marked as decorative.
        if alternative != "":
            yield from _faults_of_alternative(alternative, part.block_id)
    links = rich.links if rich else ADDRESS.findall(part.text)
    for text in links:
        if _says_nothing(text, language):
            said = _("“%(text)s” does not say where the link leads.")
            yield Fault(Kind.LINK, said % {"text": Truncator(text).chars(SHOWN)}, part.block_id)
    for text in sentences:
        yield from _faults_of_text(text, part.block_id, language, known)


def _faults_of_alternative(text: str | None, block_id: str) -> Iterator[Fault]:
    if text is None or (not text.strip()):
        yield Fault(Kind.IMAGE, _("An image has no alternative text."), block_id)
    elif FILE_NAME.search(text):
        said = _("“%(text)s” is the name of a file, not what the image shows.")
        yield Fault(Kind.IMAGE, said % {"text": Truncator(text).chars(SHOWN)}, block_id)


def _says_nothing(text: str, language: str) -> bool:
    text = " ".join(text.replace("'", "’").split()).strip(" .:→»›")
    return not text or text.casefold() in EMPTY_LINKS.get(language, "").split("|") or bool(BARE_ADDRESS.fullmatch(text))


def _faults_of_text(text: str, block_id: str, language: str, known: KnownNumbers) -> Iterator[Fault]:
    most = MOST_WORDS.get(language, 25)
    for sentence in SENTENCE_END.split(text):
        number = len(WORD.findall(TOKEN.sub("0", sentence)))
        if number > most:
            said = ngettext(
                "“%(text)s” has %(number)s word, more than %(most)s.",
                "“%(text)s” has %(number)s words, more than %(most)s.",
                number,
            )
            shown = Truncator(sentence.strip()).chars(SHOWN)
            yield Fault(Kind.SENTENCE, said % {"text": shown, "number": number, "most": most}, block_id)
    if typed_numbers(text):
        for typed in typed_numbers(text, known.numbers):
            keys = ", ".join(f"{{{key}}}" for key in typed.keys)
            said = _("“%(text)s” is typed. Write: %(keys)s.") if keys else _("“%(text)s” is typed, and is no fact yet.")
            yield Fault(Kind.NUMBER, said % {"text": typed.text, "keys": keys}, block_id)
    for word, instead in forbidden_in(text, language):
        said = _("Write “%(instead)s” in place of “%(word)s”.")
        yield Fault(Kind.WORD, said % {"instead": instead, "word": word}, block_id)


class RichParser(HTMLParser):
    """A rich text as the database keeps it: its sentences by paragraph, texts of links, alternative texts of images."""

    def __init__(self, html: str):
        super().__init__()
        self.paragraphs: list[list[str]] = [[]]
        self.links: list[str] = []
        self.alternatives: list[str | None] = []
        self.in_link = False
        self.feed(html)
        self.close()

    @property
    def sentences(self) -> list[str]:
        return [text for paragraph in self.paragraphs if (text := "".join(paragraph).strip())]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in BLOCKS:
            self.paragraphs.append([])
        elif tag == "a":
            self.in_link = True
            self.links.append("")
        elif (tag == "embed" and attributes.get("embedtype") == "image") or tag == "img":
            self.alternatives.append(attributes.get("alt"))

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.paragraphs.append([])
        elif tag == "a":
            self.in_link = False

    def handle_data(self, data):
        self.paragraphs[-1].append(data)
        if self.in_link:
            self.links[-1] += data
