"""
The pages of the example as small grey pictures, approved by somebody who looked at them.

``python -m tests.reports.pages`` renews them after a change of the design; look at each before you keep it.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.lib.pdf.checkers import interpreter, pictures

APPROVED = Path(__file__).with_name("baseline")
DPI = 30
# Of 255, after a blur that hides how letters fall between pixels: the mean of a page, and of its worst square.
MEAN, WORST = 1.2, 40
SQUARE = 8


def differences(pdf, folder):
    """The pages of ``pdf`` that do not look as approved, by their names, each with how much."""
    path = Path(folder) / "report.pdf"
    path.write_bytes(pdf)
    made = {page.name: page for page in pictures(interpreter(), path, folder, DPI)}
    approved = {page.name: page for page in APPROVED.glob("page-*.png")}
    found = dict.fromkeys(set(made) ^ set(approved), "there in one only")
    for name in set(made) & set(approved):
        mean, worst = _apart(made[name], approved[name])
        if mean > MEAN or worst > WORST:
            found[name] = f"{mean:.1f} in the mean, {worst:.0f} at worst"
    return found


def _apart(one, other):
    with Image.open(one) as first, Image.open(other) as second:
        if first.size != second.size:
            return 255, 255
        apart = ImageChops.difference(*(page.convert("L").filter(ImageFilter.BoxBlur(1)) for page in (first, second)))
        return ImageStat.Stat(apart).mean[0], apart.reduce(SQUARE).getextrema()[1]


def renew():
    """Lay the example out and keep its pages as approved."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from mktogether.lib.pdf import render_pdf
    from reports import documents
    from tests.reports import example

    content = example.content()
    shutil.rmtree(APPROVED, ignore_errors=True)
    APPROVED.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(render_pdf(documents.report_html(content), title=content["title"]))
        made = pictures(interpreter(), path, folder, DPI)
        for page in made:
            with Image.open(page) as picture:
                picture.quantize(16).save(APPROVED / page.name, optimize=True)
    return len(made)


if __name__ == "__main__":
    sys.stdout.write(f"{renew()} pages renewed in {APPROVED}. Look at each of them.\n")
