"""Files that people send: what they are by their content, what is refused, and how they are called afterwards."""

from .kinds import ACCEPTED, IMAGES, PDF_OR_IMAGE, Incoming, judge, largest
from .refusals import shown_name

__all__ = ["ACCEPTED", "IMAGES", "PDF_OR_IMAGE", "Incoming", "judge", "largest", "shown_name"]
