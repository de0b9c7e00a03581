"""Files that people send: what they are by their content, what is refused, and how they are called afterwards."""

from .kinds import ACCEPTED, Incoming, judge, largest

__all__ = ["ACCEPTED", "Incoming", "judge", "largest"]
