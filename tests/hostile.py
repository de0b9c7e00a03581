"""Files that nobody should be able to send, made here: what each is, its name, its bytes, and why it is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import read_object

from portal.files.validation import packages
from tests.factories import small_pdf

TYPES = "[Content_Types].xml"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
MAINS = {
    "docx": ("word/document.xml", f"{packages.DOCX}.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}
ODF = {"odt": packages.ODT, "ods": packages.ODS}
MARKUP = b"<html><script>alert(1)</script></html>"


@dataclass(frozen=True)
class Hostile:
    what: str
    name: str
    content: bytes
    code: str
    named: str = ""


def content_types(main: str, kind: str) -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
    )


def package(parts: dict[str, str | bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    # The bombs are large: made fast rather than small.
    with zipfile.ZipFile(out, "w", compression, compresslevel=1) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(ending: str, more: dict | None = None, body: str | bytes = "<document/>") -> bytes:
    """The smallest package that counts as one of these."""
    if ending in ODF:
        return package({"mimetype": ODF[ending], "content.xml": body, **(more or {})})
    main, kind = MAINS[ending]
    return package({TYPES: content_types(main, kind), "_rels/.rels": RELS, main: body, **(more or {})})


@cache
def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(out, kind)
    return out.getvalue()


def jpeg_with(comment: bytes) -> bytes:
    """A photo with a comment of less than 250 bytes."""
    return image("JPEG")[:2] + b"\xff\xfe\x00" + bytes([len(comment) + 2]) + comment + image("JPEG")[2:]


def wide_png(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def wide_jpeg() -> bytes:
    whole = bytearray(image("JPEG"))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", 65000, 65000)
    return bytes(whole)


def changed_pdf(change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(small_pdf())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pages(writer: PdfWriter) -> None:
    for _number in range(600):
        writer.add_blank_page(100, 100)


def pdf_with(*, root: str = "", page: str = "", loose: str = "") -> bytes:
    """A PDF with more in its catalogue or on its page, or with an object to which nothing leads (number 99)."""

    def change(writer: PdfWriter) -> None:
        for holder, more in ((writer._root_object, root), (writer.pages[0], page)):
            holder.update(read_object(io.BytesIO(f"<<{more}>>".encode()), writer))
        if loose:
            writer._add_object(read_object(io.BytesIO(loose.encode()), writer))

    return changed_pdf(change)


def annotated(more: str) -> bytes:
    return pdf_with(page=f"/Annots[<</Type/Annot/Rect[0 0 9 9]{more}>>]")


def with_file_inside(writer: PdfWriter) -> None:
    writer.add_attachment("setup\u202e.exe", b"MZ" + b"\x90" * 64)


# What acts in a PDF, wherever it hangs: what it is, the file, the reason.
ACTING = {
    "a program at opening": (pdf_with(root="/OpenAction<</S/Launch/F(/bin/sh)>>"), "launch"),
    "a script in a link": (annotated("/Subtype/Link/A<</S/JavaScript/JS(app.alert\\(1\\))>>"), "script"),
    "a script behind another action": (
        annotated("/Subtype/Link/A<</S/URI/URI(https://a.example)/Next[<</S/JavaScript/JS(x)>>]>>"),
        "script",
    ),
    "a script with a name written otherwise": (annotated("/Subtype/Link/A<</S/J#61vaScript/J#53(x)>>"), "script"),
    "a script where the pointer comes": (annotated("/Subtype/Widget/AA<</E<</S/JavaScript/JS(x)>>>>"), "script"),
    "a script in the names": (pdf_with(root="/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"), "script"),
    "a script to which nothing leads": (pdf_with(loose="<</S/JavaScript/JS(x)>>"), "script"),
    "a form with its own scripts (XFA)": (pdf_with(root="/AcroForm<</Fields[]/XFA(<xdp/>)>>"), "script"),
    "a program in a field": (annotated("/Subtype/Widget/FT/Btn/T(a)/A<</S/Launch/F(cmd.exe)>>"), "launch"),
    "a program behind two actions": (
        annotated("/Subtype/Link/A<</S/URI/URI(a)/Next<</S/Named/N/NextPage/Next<</S/Launch/F(cmd.exe)>>>>>>"),
        "launch",
    ),
    "another file": (annotated("/Subtype/Link/A<</S/GoToR/F(\\\\\\\\a.example\\\\b)/D[0/Fit]>>"), "launch"),
    "a button that sends": (annotated("/Subtype/Widget/FT/Btn/T(a)/A<</S/SubmitForm/F(https://a.example)>>"), "submit"),
    "a button that reads data in": (annotated("/Subtype/Widget/FT/Btn/T(a)/A<</S/ImportData/F(a.fdf)>>"), "submit"),
}


def locked_zip(content: bytes) -> bytes:
    """With the mark of a password on each part."""
    locked = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(sign)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(sign, at + 4)
    return bytes(locked)


BOMB_TEXT = "<document>" + " " * 120_000_000 + "</document>"
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><document>&c;</document>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><document>&b;</document>'


def of_packages() -> Iterator[Hostile]:
    for ending in (*MAINS, *ODF):
        whole = office(ending)
        name = f"paper.{ending}"
        main = "content.xml" if ending in ODF else MAINS[ending][0]
        folder = main.rpartition("/")[0]

        def hostile(what, content, code, name=name, ending=ending):
            return Hostile(f"{ending}: {what}", name, content, code)

        yield hostile("bomb", office(ending, body=BOMB_TEXT), "too_big_inside")
        yield hostile("bomb beside", office(ending, {"media/a.bin": b"\0" * 120_000_000}), "too_big_inside")
        yield hostile("thousands of parts", office(ending, {f"p/{n}": "" for n in range(3000)}), "too_big_inside")
        yield hostile("laughs", office(ending, body=LAUGHS), "macros")
        yield hostile("laughs in UTF-16", office(ending, body=LAUGHS.encode("utf-16")), "macros")
        yield hostile("reads a file", office(ending, body=OUTSIDE), "macros")
        yield hostile("laughs in lower case", office(ending, body=LAUGHS.lower()), "macros")
        yield hostile("laughs in relations", office(ending, {"a.rels": LAUGHS}), "macros")
        for macro in (f"{folder}/vbaProject.bin".lstrip("/"), "VBAPROJECT.BIN", "x/vbaData.xml", "Basic/s/M.xml"):
            yield hostile(f"macro {macro}", office(ending, {macro: b"Sub AutoOpen"}), "macros")
        for macro in ("Scripts/python/m.py", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.bin"):
            yield hostile(f"macro {macro}", office(ending, {macro: b"x"}), "macros")
        yield hostile("password", locked_zip(whole), "locked")
        yield hostile("half", whole[: len(whole) // 2], "damaged")
        yield hostile("without its end", whole[:-5], "two_kinds")
        yield hostile("with a page behind", whole + MARKUP, "two_kinds")
        yield hostile("with a PDF behind", whole + small_pdf(), "two_kinds")
        yield hostile("with an image behind", whole + image("PNG"), "two_kinds")
        yield hostile("with a PDF inside, as it is", package({"a.pdf": small_pdf()}, zipfile.ZIP_STORED), "two_kinds")
        yield hostile("with a script before", MARKUP + whole, "kind")
        yield hostile("way out", office(ending, {"../../etc/cron.d/x": "x"}), "damaged")
        yield hostile("way out by strokes", office(ending, {"..\\..\\x": "x"}), "damaged")
        yield hostile("from the root", office(ending, {"/etc/passwd": "x"}), "damaged")
        yield hostile("on a drive", office(ending, {"C:/x": "x"}), "damaged")
        yield hostile("broken inside", broken(whole), "damaged")
        yield hostile("packed otherwise", package({"mimetype": "x"}, zipfile.ZIP_BZIP2), "damaged")
        yield hostile("without its main part", package({"mimetype": ODF.get(ending, ""), TYPES: "<Types/>"}), "kind")
    for ending, (main, kind) in MAINS.items():
        macro = kind.replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled")
        macro = macro.replace("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")
        content = package({TYPES: content_types(main, macro), main: "<document/>"})
        yield Hostile(f"{ending}: says that it has macros", f"paper.{ending}", content, "macros")
        content = package({TYPES: LAUGHS, main: "<document/>"})
        yield Hostile(f"{ending}: laughs in its types", f"paper.{ending}", content, "damaged")
        yield Hostile(f"{ending}: types are no XML", f"paper.{ending}", package({TYPES: "{", main: "x"}), "damaged")


def broken(whole: bytes) -> bytes:
    """The content of the first part is not what its checksum says."""
    content = bytearray(package({"mimetype": packages.ODT, "content.xml": "<a>0123456789</a>"}, zipfile.ZIP_STORED))
    content[content.index(b"0123456789")] ^= 0xFF
    return bytes(content)


def of_pdfs() -> Iterator[Hostile]:
    whole = small_pdf()

    def hostile(what, content, code):
        return Hostile(f"pdf: {what}", "paper.pdf", content, code)

    yield hostile("password", changed_pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128")), "locked")
    yield hostile("owner's password", changed_pdf(lambda w: w.encrypt("", "owner", algorithm="RC4-128")), "locked")
    yield hostile("script at opening", changed_pdf(lambda writer: writer.add_js("app.alert(1)")), "script")
    for what, (content, code) in ACTING.items():
        yield hostile(f"with {what}", content, code)
    inside = changed_pdf(with_file_inside)
    yield Hostile("pdf: with a program inside", "paper.pdf", inside, "embedded_named", named="setup.exe")
    pinned = annotated("/Subtype/FileAttachment/FS<</Type/Filespec/F(run.js)/EF<</F 1 0 R>>>>")
    yield Hostile("pdf: with a file pinned to a page", "paper.pdf", pinned, "embedded_named", named="run.js")
    yield hostile("with a file inside, unnamed", pdf_with(loose="<</EF<</F 1 0 R>>>>"), "embedded")
    for ending in (b"\x1a\nMZ\x90\x00", b"\n--part\nContent-Type: text/html\n\n<b>x</b>"):
        yield hostile(f"with {ending[:7]!r} and more behind", whole + ending, "two_kinds")
    yield hostile("600 pages", changed_pdf(blank_pages), "too_many_pages")
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield hostile(f"{part:.0%} of it", whole[: int(len(whole) * part)], "damaged")
    yield hostile("beginning only", b"%PDF-1.7\n", "damaged")
    yield hostile("beginning and end only", b"%PDF-1.7\n%%EOF\n", "damaged")
    yield hostile("nonsense", b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF", "damaged")
    yield hostile("no pages", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "damaged")
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    yield hostile("pages in a circle", loop, "damaged")
    for what, tail in (
        ("zip", office("docx")),
        ("page", MARKUP),
        ("image", image("JPEG")),
        ("program", b"MZ" + b"\x90" * 64),
        ("shell", b"#!/bin/sh\nrm -rf /\n"),
    ):
        yield hostile(f"with a {what} behind", whole + tail, "two_kinds")
    head, _line, rest = whole.partition(b"\n")
    yield hostile("with a page in its comment", head + b"\n%" + MARKUP + b"\n" + rest, "two_kinds")
    yield hostile("zip that ends as PDF", whole + office("odt") + b"\n%%EOF\n", "damaged_or_two")
    for what, before in (("page", MARKUP), ("line", b"\n"), ("program", b"MZ\x90"), ("script", b"#!/bin/sh\n")):
        yield hostile(f"with a {what} before", before + whole, "kind")


def of_images() -> Iterator[Hostile]:
    for kind, ending in (("PNG", "png"), ("JPEG", "jpg")):
        whole = image(kind)

        def hostile(what, content, code, ending=ending):
            return Hostile(f"{ending}: {what}", f"photo.{ending}", content, code)

        yield hostile("with an archive behind (GIFAR)", whole + office("odt"), "two_kinds")
        yield hostile("with a JAR behind", whole + package({"META-INF/MANIFEST.MF": "x", "A.class": b"x"}), "two_kinds")
        yield hostile("with a page behind", whole + MARKUP, "two_kinds")
        yield hostile("with PHP behind", whole + b"<?php system($_GET['c']); ?>", "two_kinds")
        for part in (0.2, 0.5, 0.8):
            yield hostile(f"{part:.0%} of it", whole[: int(len(whole) * part)], "damaged")
        yield hostile("beginning only", whole[:10], "damaged")
        yield hostile("with a PDF near its beginning", whole[:20] + small_pdf(), "two_kinds")
    for size in ((65000, 65000), (100_000, 1000), (1, 100_000_000), (8000, 8000)):
        yield Hostile(f"png: {size[0]} by {size[1]}", "photo.png", wide_png(*size), "pixels")
    yield Hostile("jpg: 65000 by 65000", "photo.jpg", wide_jpeg(), "pixels")


def ole(*names: str) -> bytes:
    """The container of old Office files, with parts of these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in names)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OTHERS = {
    "drawing.svg": SVG,
    "drawing.png": SVG,
    "page.html": MARKUP,
    "page.pdf": MARKUP,
    "page.docx": b"<?xml version='1.0'?>" + MARKUP,
    "program.exe": b"MZ" + b"\x90" * 200,
    "program.pdf": b"MZ" + b"\x90" * 200,
    "program": b"\x7fELF" + b"\0" * 200,
    "script.sh": b"#!/bin/sh\nrm -rf /\n",
    "script.js": b"alert(1)",
    "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "letter.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "letter.rtf": b"{\\rtf1\\ansi hello}",
    "letter.txt": b"Just text.",
    "table.csv": b"a,b\n=cmd|' /C calc'!A0,1\n",
    "picture.gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00;",
    "picture.jpg": b"GIF89a" + b"\0" * 50,
    "picture.webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 20,
    "picture.tif": b"II*\0" + b"\0" * 50,
    "picture.bmp": b"BM" + b"\0" * 60,
    "archive.7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 50,
    "archive.rar": b"Rar!\x1a\x07\x01\x00" + b"\0" * 50,
    "archive.gz": b"\x1f\x8b\x08" + b"\0" * 50,
    "mail.eml": b"From: a@b.example\nSubject: x\n\nbody",
    "link.url": b"[InternetShortcut]\nURL=file:///etc/passwd\n",
    "postscript.pdf": b"%!PS-Adobe-3.0\nshowpage\n",
    "eicar.com": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "zeros.pdf": b"\0" * 4096,
}


def of_other_kinds() -> Iterator[Hostile]:
    for name, content in OTHERS.items():
        yield Hostile(f"other kind: {name}", name, content, "kind")
    for name in ("archive.zip", "statutes.docx", "program.jar"):
        yield Hostile(f"other zip: {name}", name, package({"a.txt": "a"}), "kind")
    yield Hostile("zip of zips", "bomb.zip", package({f"{n}.zip": package({"a": "a"}) for n in range(20)}), "kind")
    slides = content_types("ppt/presentation.xml", "application/vnd.openxmlformats.presentationml.main+xml")
    yield Hostile("slides", "slides.pptx", package({TYPES: slides, "ppt/presentation.xml": "<a/>"}), "kind")
    yield Hostile("e-book", "book.odt", package({"mimetype": "application/epub+zip", "content.xml": "x"}), "kind")
    locked = ole("EncryptionInfo", "EncryptedPackage")
    for name in ("letter.docx", "table.xlsx"):
        yield Hostile(f"protected by a password: {name}", name, locked, "locked")
    for brand in (b"heic", b"mif1"):
        yield Hostile(f"photo of a telephone: {brand}", "IMG_1.HEIC", b"\0\0\0\x18ftyp" + brand + b"\0" * 40, "heic")
    for name in ("empty.pdf", "empty.docx", "empty.png", "empty"):
        yield Hostile(f"nothing: {name}", name, b"", "empty")
    yield Hostile("too large", "large.pdf", small_pdf() + b"\n" * (10 * 1024 * 1024), "size")


@cache
def hostile_files() -> list[Hostile]:
    return [*of_packages(), *of_pdfs(), *of_images(), *of_other_kinds()]
