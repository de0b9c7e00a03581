"""The same door for what editors upload in Wagtail's admin: its forms for images and documents judge and scan at once.

These files are for everyone, so they cannot wait in quarantine: without an answer of the scanner they are not taken.
"""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from . import clamav
from .form_fields import judged
from .validation import ACCEPTED, IMAGES


class JudgedFile:
    accepted = ACCEPTED

    def clean_file(self):
        sent = self.cleaned_data["file"]
        # What was uploaded earlier and stays is not sent again.
        if not isinstance(sent, UploadedFile):
            return sent
        sent.seek(0)
        incoming = judged(sent, accepted=self.accepted)
        # Where another field is wrong, Wagtail's page for several files puts this one aside as it came.
        sent.name = incoming.name
        sent.seek(0)
        try:
            found = clamav.scan(incoming.content) or clamav.scan(sent.read())
        except clamav.ScannerAway as away:
            raise ValidationError(_("The virus check does not answer now. Try again later."), code="waits") from away
        if found:
            raise ValidationError(
                _("The virus check found something in this file. It was not kept. Check your computer."), code="virus"
            )
        return SimpleUploadedFile(incoming.name, incoming.content, incoming.content_type)


class ImageForm(JudgedFile, BaseImageForm):
    """Of an image, the pixels are kept: a camera also writes down where and when a photo was taken."""

    accepted = IMAGES

    def clean_file(self):
        kept = super().clean_file()
        if isinstance(kept, SimpleUploadedFile):
            content = without_camera_data(kept.read())
            return SimpleUploadedFile(kept.name, content, kept.content_type)
        return kept


def without_camera_data(content: bytes) -> bytes:
    """The image, upright, without what its camera wrote about it; as it came where there is nothing of the kind."""
    with Image.open(BytesIO(content)) as image:
        if not image.getexif():
            return content
        kind, profile, written = image.format, image.info.get("icc_profile"), BytesIO()
        upright = ImageOps.exif_transpose(image)
        upright.info.clear()
        upright.save(written, kind, quality=95, icc_profile=profile, exif=b"")
    return written.getvalue()


class DocumentForm(JudgedFile, BaseDocumentForm):
    pass


def switch_off_profile_pictures() -> None:
    """Nobody needs one, and Wagtail has no setting for it."""
    AvatarSettingsPanel.is_active = lambda self: False
