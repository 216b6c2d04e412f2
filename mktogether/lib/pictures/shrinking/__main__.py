"""
Makes the picture on standard input small and ends: ``python -m shrinking PIXELS MEMORY SECONDS``.

Standard output is a line of JSON about the picture, and the picture. Only what was drawn anew here comes out: of the
file neither its metadata nor anything hidden in it remains.
"""

import io
import json
import resource
import signal
import sys

from PIL import Image, ImageOps, UnidentifiedImageError

from .outcome import DONE, NO_PICTURE, TOO_MANY_PIXELS, TOO_MUCH

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LONGEST_SIDE = 1600  # pixels: sharp over the whole width of an A4 page
LARGEST_DRAWING = 400_000  # bytes: a drawing stays sharp as a PNG, a photograph would be large as one
QUALITY = 85


def main() -> int:
    """Bounds this process for good before it looks at the picture; nobody has to be left to kill it."""
    most_pixels, memory, seconds = map(int, sys.argv[1:])
    signal.alarm(seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
            if picture.width * picture.height > most_pixels:
                return TOO_MANY_PIXELS
            small = _shrunk(picture)
        form, content = _saved(small)
    except MemoryError:
        return TOO_MUCH
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return NO_PICTURE
    about = {"content_type": f"image/{form}", "width": small.width, "height": small.height}
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return DONE


def _shrunk(picture: Image.Image) -> Image.Image:
    """It is made small in steps that never need a second copy of the whole."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than it has to be
    factor = max(picture.size) // (2 * LONGEST_SIDE)
    small = picture.reduce(factor) if factor > 1 and picture.mode != "P" else picture
    if small.mode not in {"L", "RGB", "RGBA"}:
        small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(small)


def _saved(picture: Image.Image) -> tuple[str, bytes]:
    """A drawing as PNG, while that is small; everything else as JPEG, on white."""
    drawing = _written(picture, "PNG")
    if len(drawing) <= LARGEST_DRAWING:
        return "png", drawing
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    return "jpeg", _written(picture, "JPEG", quality=QUALITY)


def _written(picture: Image.Image, form: str, **more: int) -> bytes:
    saved = io.BytesIO()
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # its pixels, and nothing that came with them
    bare.save(saved, form, optimize=True, **more)
    return saved.getvalue()


if __name__ == "__main__":
    sys.exit(main())
