"""Share images: a page's title beside the drawn line, 1200 by 630 pixels."""

from functools import cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, MUTED, OCHRE = "#fbf8f3", "#1b2430", "#55606b", "#f2c14e"
DOOR = (1000, 440, 1080, 590)
SMOOTH = 2
STRANDS = (("#0b4f5c", 0), ("#a63d25", 26), ("#b98512", 52))


@cache
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The site's own font, as scripts/assets.py makes it."""
    face = ImageFont.truetype(str(settings.ASSETS_DIR / "vendor" / "share-font.ttf"), size)
    face.set_variation_by_axes([weight])
    return face


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The words in lines no wider than `width` pixels."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def picture(title: str, frame) -> bytes:
    """PNG bytes."""
    image = drawing()
    draw = ImageDraw.Draw(image)
    face = font(68, 700)
    for place, line in enumerate(wrapped(title, face, WIDTH - 2 * MARGIN)[:4]):
        draw.text((MARGIN, 100 + place * 80), line, font=face, fill=INK)
    if frame:
        draw.text((MARGIN, 44), frame.team, font=font(28, 700), fill=MUTED)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def drawing() -> Image.Image:
    """The strands and the door, drawn large and made small: smooth lines."""
    large = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), PAPER)
    draw = ImageDraw.Draw(large)
    for colour, down in STRANDS:
        points = [(x * SMOOTH, curve(x / WIDTH, down) * SMOOTH) for x in range(-10, DOOR[0], 4)]
        draw.line(points, fill=colour, width=7 * SMOOTH, joint="curve")
    draw.rectangle([side * SMOOTH for side in DOOR], outline=INK, width=7 * SMOOTH)
    leaf = [(1000, 440), (1000, 586), (962, 606), (962, 456)]
    draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in leaf], fill=OCHRE, outline=INK, width=4 * SMOOTH)
    return large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def curve(along: float, down: float) -> float:
    """Where a strand stands, at `along` of the way (0 to 1): apart on the left, close together at the door."""
    closeness = 1 - along * 0.6
    return 480 + 40 * along + down * closeness - 240 * along * (1 - along) * (1 - down / 90)
