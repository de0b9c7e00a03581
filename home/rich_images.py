"""Images in rich texts, as readers get them (home/image_formats.py: as editors place them)."""

from django.utils.html import format_html
from wagtail.images.rich_text import ImageEmbedHandler

from . import pictures


class PictureHandler(ImageEmbedHandler):
    """`<picture>` from the renditions that are there; until they are, the alternative text in its place."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        found = cls.get_many(attrs_list)
        pictures.read_renditions(image for image in found if image)
        return [cls._html(attrs, image) for attrs, image in zip(attrs_list, found, strict=True)]

    @staticmethod
    def _html(attrs: dict, image) -> str:
        alternative, language = attrs.get("alt", ""), attrs.get("lang", "")
        if image and (picture := pictures.picture_of(image)):
            return pictures.html_of(picture, alternative, language)
        return format_html('<p class="picture__alone">{}</p>', alternative) if alternative else ""
