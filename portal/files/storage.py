"""Files in folders, whole or not at all."""

import logging
from contextlib import suppress

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files.storage import FileSystemStorage

logger = logging.getLogger(__name__)


class WholeFileStorage(FileSystemStorage):
    """Django's own leaves half a file behind where writing fails, as on a full disk."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise


class PageCache(FileBasedCache):
    """Pages in files. One that cannot be written is not kept, and shown all the same."""

    def set(self, *args, **kwargs):
        try:
            super().set(*args, **kwargs)
        except OSError as error:
            logger.error("a page could not be kept: %s", error)
