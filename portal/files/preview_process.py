"""python -m portal.files.preview_process <content type> <pages>: a file in, PNG pictures out, each after its length.

A library that reads hostile files in C stands here alone: without the site, the database, or much memory.
"""

import io
import resource
import struct
import sys

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
SIDE = 1000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content_type, pages = sys.argv[1], int(sys.argv[2])
    content = sys.stdin.buffer.read()
    for picture in pictures(content, content_type, pages):
        out = io.BytesIO()
        on_white(picture).save(out, "PNG", optimize=True)
        sys.stdout.buffer.write(struct.pack(">I", out.tell()) + out.getvalue())


def on_white(picture):
    """Without transparency, which would become black."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    white.alpha_composite(clear)
    return white.convert("RGB")


def pictures(content: bytes, content_type: str, pages: int):
    from PIL import Image, ImageOps

    if content_type != "application/pdf":
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            image.draft("RGB", (SIDE, SIDE))
            image.thumbnail((SIDE, SIDE))
            yield ImageOps.exif_transpose(image)
        return
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    # Filled fields and stamps of signatures are drawn by this alone; before the first page is opened.
    document.init_forms()
    for number in range(min(pages, len(document))):
        page = document[number]
        scale = SIDE / max(*page.get_size(), 1)
        yield page.render(scale=scale).to_pil()


if __name__ == "__main__":
    main()
