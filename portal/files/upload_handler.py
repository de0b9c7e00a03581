"""How uploads arrive: in a temporary file; one for which there is no room is known as such, and no page fails."""

import io
import logging
from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


class LostUpload(UploadedFile):
    """A file that could not be written down while it came in."""


def is_lost(sent: UploadedFile) -> bool:
    return isinstance(sent, LostUpload)


class TemporaryFileHandler(TemporaryFileUploadHandler):
    """Django's own, which fails with the whole request where the disk is full."""

    lost = False

    def new_file(self, *args, **kwargs):
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self.give_up(error)

    def receive_data_chunk(self, raw_data, start):
        if self.lost:
            return
        try:
            super().receive_data_chunk(raw_data, start)
            # Now, while it can be said; not when the file is closed.
            self.file.file.flush()
        except OSError as error:
            self.give_up(error)

    def file_complete(self, file_size):
        if self.lost:
            return LostUpload(io.BytesIO(), self.file_name, self.content_type, file_size)
        return super().file_complete(file_size)

    def give_up(self, error: OSError) -> None:
        logger.error("an upload could not be written down: %s", error)
        self.lost = True
        if file := getattr(self, "file", None):
            with suppress(OSError):
                file.close()
            self.file = None
