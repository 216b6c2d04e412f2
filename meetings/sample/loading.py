"""Loading the whole sample: everything or nothing."""

from django.conf import settings
from django.db import transaction

from meetings.models import Meeting
from meetings.sample import access, actions, boards, coming, earlier, parts, people, reviews, year
from meetings.sample.files import read
from mktogether.lib.verdict import Refusal
from records import history
from records.models import Area

AREA = "milton-keynes"
CLERK = "Business manager"
IN_PRODUCTION = (
    "The sample is not loaded in production: its accounts share one password that everybody knows. "
    "Start the portal without PORTAL_MODE=production to try the sample."
)


def folder():
    """Where the files of the sample lie."""
    return settings.FIXTURES_FOLDER / AREA


def refuse_in_production():
    """Raise Refusal where real people sign in."""
    if settings.PORTAL_MODE == "production":
        raise Refusal(IN_PRODUCTION)


def is_loaded():
    """Whether the sample has been loaded into this database before."""
    slug = read(folder(), "area.yaml").entry("area").text("slug")
    return Area.objects.filter(slug=slug).exclude(sample_notice="").exists()


@transaction.atomic
def load(files=None):
    """
    Bring the sample into the database, or up to its files where it is there already.

    What people entered since then is never deleted. Raises Refusal in production, and WrongFile, with the file and
    the line, for anything in the files that is not as it must be; then nothing is loaded.
    """
    refuse_in_production()
    files = files or folder()
    area, area_file = people.load_area(files)
    found_boards = boards.load(area_file)
    found = people.load(files, area, area_file)
    clerk = found.at(None, CLERK, area_file).user
    coming.load(files, found_boards)
    actions.load_current(files, found_boards, clerk)
    access.load(files, found_boards, found)
    year.load(files, found_boards, found, clerk)
    earlier.load(files, found_boards, clerk)
    reviews.load(files, area, found, clerk)
    parts.load(files, area, found)
    history.record("sample.loaded", area, by=None, area_id=area.pk)
    return Meeting.objects.filter(area=area).count()
