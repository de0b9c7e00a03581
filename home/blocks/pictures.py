"""Blocks that show or hand out something: images, drawings, the map, files, videos."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .. import pictures
from . import base
from .base import AddressBlock, LanguageBlock, PlainBlock, TitleBlock

DRAWINGS = [
    ("path", _("a path to a door")),
    ("aims", _("three strands that become one")),
    ("towers", _("the three towers of Ghent in the evening")),
    ("ghent", _("the three partners of Ghent")),
    ("two_ways", _("two ways to a home")),
    ("stations", _("a table, a house and an open door")),
    ("two_years", _("from the preparation to the second year")),
]


class AlternativeBlock(ImageBlock):
    """Wagtail's image with its alternative text, or decorative; what is typed is cleaned, as everywhere."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        text = TitleBlock(
            label=_("alternative text"),
            required=False,
            max_length=250,
            help_text=_("What someone who does not see the image has to know. Not “photo of”."),
        )
        text.set_name("alt_text")
        self.child_blocks["alt_text"] = text
        # Wagtail's own label is English in every language.
        self.child_blocks["image"].label = _("image")


class PictureBlock(blocks.StructBlock):
    """An image, whole or cut to a wide one around its focal point, with caption and credit."""

    picture = AlternativeBlock(label=_("image"))
    shape = blocks.ChoiceBlock(
        choices=[(pictures.WIDE, _("wide, cut around the focal point"))],
        required=False,
        label=_("shape"),
        help_text=_("Leave empty to show the whole image."),
    )
    caption = PlainBlock(label=_("caption"), required=False, max_length=250)
    credit = TitleBlock(label=_("credit"), required=False, help_text=_("Who made it, and who owns it."))

    class Meta:
        label = _("image")
        icon = "image"
        group = base.PICTURES
        template = "home/blocks/picture.html"
        description = _("An image with caption and credit. People in it have agreed to be shown.")
        preview_value = {"picture": None, "shape": "", "caption": base.HOME, "credit": _("Who made it")}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if image := value["picture"]:
            context["picture"] = pictures.picture_of(image, value["shape"] or pictures.WHOLE)
        return context


class FileBlock(blocks.StructBlock):
    """A file to take along, with its kind, size and language."""

    title = TitleBlock()
    text = PlainBlock(required=False, max_length=250)
    file = DocumentChooserBlock(label=_("file"))
    language = LanguageBlock(label=_("language of the file"))

    class Meta:
        label = _("file")
        icon = "doc-full-inverse"
        group = base.PICTURES
        template = "home/blocks/file.html"
        description = _("A file to take along. Its kind and size are added.")
        preview_value = staticmethod(
            lambda: {"title": base.HOME, "text": "", "file": pictures.sample_file(), "language": "nl"}
        )


class VideoBlock(blocks.StructBlock):
    """A video elsewhere, as a link: nothing of it is loaded here."""

    title = TitleBlock()
    address = AddressBlock()
    minutes = blocks.IntegerBlock(label=_("length in minutes"), min_value=1, max_value=600)
    language = LanguageBlock(label=_("language of the video"))
    text = PlainBlock(required=False, max_length=250)

    class Meta:
        label = _("video elsewhere")
        icon = "media"
        group = base.PICTURES
        template = "home/blocks/video.html"
        description = _("A link to a video on another site. Readers see its length, its language and where it opens.")
        preview_value = {
            "title": base.GUIDANCE,
            "address": "https://www.fedasil.be/",
            "minutes": 3,
            "language": "nl",
            "text": base.GUIDANCE_TEXT,
        }


class DrawingBlock(blocks.ChoiceBlock):
    choices = DRAWINGS

    class Meta:
        label = _("drawing")
        icon = "image"
        group = base.PICTURES
        template = "home/blocks/drawing.html"
        description = _("One of the drawings of this site.")
        preview_value = "stations"


class MapBlock(blocks.StructBlock):
    """The partnerships that agreed to be shown, on a map and in a list."""

    nobody = PlainBlock(label=_("while there is none"), help_text=_("Shown until a first partnership agrees."))

    class Meta:
        label = _("map of partnerships")
        icon = "site"
        group = base.PICTURES
        template = "home/blocks/map.html"
        description = _("The partnerships that agreed to be shown, on a map and in a list.")
        preview_value = {"nobody": base.TOGETHER_TEXT}
