"""Every block with content as extreme as its limits allow, made from the blocks themselves: new ones are in it too."""

import io
import re
import uuid

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import Document
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import Image

from home.blocks import BodyBlock
from home.blocks.base import AddressBlock, KeyBlock, LanguageBlock
from home.blocks.overviews import MOST_COLUMNS, MOST_ROWS
from home.blocks.ways import QuestionBlock
from home.models import Question

# A word of sixty letters that no dictionary divides; all that fits; only what is required; as many items as allowed.
VARIANTS = ("one word", "long", "bare", "many")
WORD = "Wxqz" * 15
SENTENCE = "Een gezin woont een jaar lang in een woning die de gemeente voor hen vond. "
SIZES = {"one word": (600, 1800), "long": (3000, 300), "bare": (40, 40), "many": (1600, 900)}
LONGEST_PROSE = 1500


class Extremes:
    """Values for one variant; `language` is that of the questions."""

    def __init__(self, variant: str, language: str = "nl"):
        self.variant, self.language, self.texts = variant, language, 0

    def body(self) -> list[dict]:
        """A stream with each kind of block, an image in a text among them."""
        return [{"type": name, "value": self.value(block)} for name, block in BodyBlock().child_blocks.items()]

    def value(self, block):
        """For a block, by what it is."""
        match block:
            case TypedTableBlock():
                return self.table(block)
            case blocks.StructBlock():
                return {name: self.value(child) for name, child in block.child_blocks.items()}
            case blocks.ListBlock():
                values = [self.value(block.child_block) for _number in self.numbers(block)]
                return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]
            case ImageChooserBlock():
                return self.image().pk
            case DocumentChooserBlock():
                return self.document().pk
            case QuestionBlock():
                questions = Question.objects.filter(locale__language_code=self.language, live=True)
                return questions.order_by("?").values_list("pk", flat=True)[0]
            case blocks.PageChooserBlock() | blocks.StaticBlock():
                return None
            case KeyBlock():
                return (
                    "{years.arrived}" if re.match(block.field.regex, "{years.arrived}") else "{example.12-5-9.direct.2}"
                )
            case AddressBlock():
                return f"https://www.{'a' * 50}.example/{'b' * 100}"
            case LanguageBlock():
                return "de"
            case blocks.ChoiceBlock():
                choices = [value for value, _label in block.field.choices if value]
                return "" if self.variant == "bare" and not block.required else choices[-1]
            case blocks.BooleanBlock():
                return False
            case blocks.IntegerBlock():
                return block.field.max_value
            case blocks.RichTextBlock():
                return self.prose("image" in (block.features or []))
            case blocks.CharBlock() | blocks.TextBlock():
                return self.text(block.field.max_length) if block.required or self.variant != "bare" else ""
        raise AssertionError(f"no extreme value for {block!r}")

    def numbers(self, block: blocks.ListBlock) -> range:
        least = block.meta.min_num or 1
        return range(
            block.meta.max_num if self.variant == "many" else least if self.variant == "bare" else max(3, least)
        )

    def text(self, longest: int) -> str:
        """No two are the same: regions of a page have names of their own."""
        self.texts += 1
        mark = "".join(chr(ord("a") + int(digit)) for digit in f"{self.texts:04}")
        match self.variant:
            case "one word":
                return f"{mark}{WORD}"[: min(longest, len(WORD))]
            case "long":
                return f"{mark} {SENTENCE * 20}"[:longest].strip()
        return f"Woning {mark}"

    def prose(self, with_image: bool) -> str:
        text = self.text(LONGEST_PROSE)
        html = f"<p>{text} <b>{text[:80]}</b></p><ul><li>{text[:200]}</li></ul>"
        html += f'<p><a href="https://x.example/">{text}</a></p>'
        if with_image:
            html += f'<embed embedtype="image" format="whole" id="{self.image().pk}" alt="{text[:100]}"/>'
        return html

    def table(self, block) -> dict:
        columns, rows = (MOST_COLUMNS, MOST_ROWS) if self.variant == "many" else (3, 3)
        cell = self.text(block.child_blocks["cell"].field.max_length)
        return {
            "caption": cell,
            "columns": [{"type": "cell", "heading": cell} for _number in range(columns)],
            "rows": [{"values": [cell] * columns} for _number in range(rows)],
        }

    def image(self) -> Image:
        content = io.BytesIO()
        Pixels.new("RGB", SIZES[self.variant], "teal").save(content, "PNG")
        return Image.objects.create(title=self.variant, file=ContentFile(content.getvalue(), "image.png"))

    def document(self) -> Document:
        return Document.objects.create(title="x", file=ContentFile(b"x", f"{'d' * 60}.pdf"))
