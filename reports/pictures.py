"""
Pictures in reports: made small when they come, and handed out as the report itself is.

What somebody uploads is looked at before it is unpacked, and only what was drawn anew here is kept: of the uploaded
file neither its metadata nor anything hidden in it remains.
"""

import io
from dataclasses import dataclass

from django.db.models import Q
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from records import files
from reports.models import Report

KIND = "report-picture"
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LONGEST_SIDE = 1600  # pixels: sharp over the whole width of an A4 page
MOST_PIXELS = 40_000_000
LARGEST_DRAWING = 400_000  # bytes: a drawing stays sharp as a PNG, a photograph would be large as one
QUALITY = 85

NO_PICTURE = "This file is not a picture that the portal can read. Choose a PNG, JPEG, WebP or GIF file"
TOO_MANY_PIXELS = (
    f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller, and choose it again"
)


class Unusable(Exception):
    """This file cannot be a picture of a report; its text is the sentence for whoever chose it."""


@dataclass(frozen=True)
class Small:
    """A picture as it is kept."""

    content: bytes
    content_type: str
    width: int
    height: int


def register():
    """Make known who may read pictures: whoever reads the report that they belong to."""
    files.register(KIND, whose, of=Report)


def whose(user):
    """The condition under which a stored picture is one that ``user`` may have."""
    return Q(target_id__in=Report.objects.visible_to(user).values("pk"))


def made_small(file):
    """
    The picture in ``file``, upright, at most 1,600 pixels wide or high, without anything but its pixels.

    Its size is read from its head before anything is unpacked. Raises Unusable for what is no picture, or too much.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the layout library lets half a picture pass, wherever it is loaded
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unusable(TOO_MANY_PIXELS)
            return _kept(_shrunk(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unusable(TOO_MANY_PIXELS) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        raise Unusable(NO_PICTURE) from problem


def _shrunk(picture):
    """It is made small in steps that never need a second copy of the whole."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than it has to be
    factor = max(picture.size) // (2 * LONGEST_SIDE)
    small = picture.reduce(factor) if factor > 1 and picture.mode != "P" else picture
    if small.mode not in {"L", "RGB", "RGBA"}:
        small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(small)


def _kept(picture):
    """A drawing as PNG, while that is small; everything else as JPEG, on white."""
    if (drawing := _as_png(picture)) is not None:
        return Small(drawing, "image/png", *picture.size)
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    saved = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(saved, "JPEG", quality=QUALITY, optimize=True)
    return Small(saved.getvalue(), "image/jpeg", *picture.size)


def _as_png(picture):
    saved = io.BytesIO()
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(saved, "PNG", optimize=True)
    return saved.getvalue() if saved.tell() <= LARGEST_DRAWING else None
