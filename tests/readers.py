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
            # The pattern may take the last byte of a stream for the end of its line: decompress what is there.
            if found := re.search(rb"/Lang \((\w+)\)", zlib.decompressobj().decompress(stream)):
                return found[1].decode()
    return ""


def as_pdf(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """These DOCX files, by name, as LibreOffice shows them."""
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    convert([folder / f"{name}.docx" for name in documents], "pdf", folder)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


def converted(name: str, content: bytes, endings: list[str], folder: Path) -> dict[str, bytes]:
    """This file as LibreOffice writes it, by the ending."""
    (folder / name).write_bytes(content)
    made = {}
    for ending in endings:
        out = folder / ending
        out.mkdir()
        convert([folder / name], ending, out, profile=folder / "profile")
        made[ending] = (out / name).with_suffix(f".{ending}").read_bytes()
    return made


def convert(files: list[Path], ending: str, out: Path, *, profile: Path | None = None) -> None:
    # A profile of its own: two at once on one profile wait for each other.
    installation = f"-env:UserInstallation=file://{profile or out / 'profile'}"
    command = ["soffice", "--headless", installation, "--convert-to", ending, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)
