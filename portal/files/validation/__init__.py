"""Files that people send: what they are by their content, what is refused, and how they are called afterwards."""

from .errors import shown_name
from .kinds import ACCEPTED, IMAGES, PDF_OR_IMAGE, Incoming, judge, largest

__all__ = ["ACCEPTED", "IMAGES", "PDF_OR_IMAGE", "Incoming", "judge", "largest", "shown_name"]
