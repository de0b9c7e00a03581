"""The same door for what editors upload in Wagtail's admin: its forms for images and documents judge and scan at once.

These files are for everyone, so they cannot wait in quarantine: without an answer of the scanner they are not taken.
"""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _
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
    accepted = IMAGES


class DocumentForm(JudgedFile, BaseDocumentForm):
    pass


def switch_off_profile_pictures() -> None:
    """Nobody needs one, and Wagtail has no setting for it."""
    AvatarSettingsPanel.is_active = lambda self: False
