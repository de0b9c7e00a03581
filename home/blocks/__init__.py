"""The pieces of which a page's body is made. Texts name numbers in braces (home/numbers.py)."""

from .body import BodyBlock, BodyField
from .texts import RICH_TEXT, anchor
from .ways import TOOLS

__all__ = ["RICH_TEXT", "TOOLS", "BodyBlock", "BodyField", "anchor"]
