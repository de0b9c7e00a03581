"""Fonts of the server, for writing that the site's own font does not have: names and answers are printed whole."""

import shutil
import subprocess

# A character of each writing that resettled people use, and those who write about them; and its Debian package.
WRITINGS = {
    "Arabic": ("ع", "fonts-noto-core"),
    "Ethiopic (Tigrinya, Amharic)": ("ሀ", "fonts-noto-core"),
    "Devanagari (Hindi, Nepali)": ("अ", "fonts-noto-core"),
    "Burmese": ("က", "fonts-noto-core"),
    "Chinese": ("中", "fonts-noto-cjk"),
}


def missing_writings() -> dict[str, str] | None:
    """The writings that no installed font has, each with its Debian package; None where fontconfig cannot be asked."""
    if not shutil.which("fc-list"):
        return None
    return {name: package for name, (char, package) in WRITINGS.items() if not fonts_with(char)}


def fonts_with(char: str) -> str:
    asked = ["fc-list", f":charset={ord(char):x}", "family"]
    return subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False).stdout.strip()
