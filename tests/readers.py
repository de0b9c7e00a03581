"""What opens our documents as their readers do: Poppler for PDF, LibreOffice for DOCX."""

import re
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path


def poppler(tool: str, content: bytes, *arguments: str) -> str:
    """What one of Poppler's tools says about this PDF; a complaint fails."""
    done = subprocess.run(
        [tool, *arguments, "-", *(["-"] if tool == "pdftotext" else [])], input=content, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def language_of(content: bytes) -> str:
    """The language that the PDF says it is in; it stands in a compressed part."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with suppress(zlib.error):
            if found := re.search(rb"/Lang \((\w+)\)", zlib.decompress(stream)):
                return found[1].decode()
    return ""


def as_pdf(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """These DOCX files, by name, as LibreOffice shows them."""
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    # A profile of its own: two at once on one profile wait for each other.
    profile = f"-env:UserInstallation=file://{folder}/profile"
    names = [str(folder / f"{name}.docx") for name in documents]
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=120)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}
