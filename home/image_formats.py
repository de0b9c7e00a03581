"""How editors place an image in a rich text (Wagtail imports this module): the whole image, as wide as the text."""

from django.utils.translation import gettext_lazy as _
from wagtail.images.formats import Format, register_image_format, unregister_image_format

for name in ("fullwidth", "left", "right"):
    unregister_image_format(name)
register_image_format(Format("whole", _("as wide as the text"), "", "max-960x1200"))
