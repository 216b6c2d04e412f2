"""The published counts of earlier years, as the files of the sample have them."""

from meetings import years
from meetings.sample.files import read
from meetings.sample.settling import settle
from reviews.models import YearCount

FILE = "2021-22/reviews.yaml"
OF_COUNT = ("year", "key", "label", "count", "source")


def load(folder, area, people):
    """Bring the counts up to the file."""
    wanted = [
        _count(area, entry.only(*OF_COUNT), order)
        for order, entry in enumerate(read(folder, FILE).only("counts").entries("counts"), start=1)
    ]
    settle(area.year_counts.all(), wanted, ["first_day", "key"], update=["label", "count", "source", "order"])


def _count(area, entry, order):
    year = years.of_short(entry.text("year"))
    if year is None:
        raise entry.wrong(f"“{entry.text('year')}” is no year, such as 2021-22.", "year")
    return YearCount(
        area=area,
        first_day=years.days(year)[0],
        key=entry.text("key"),
        label=entry.text("label"),
        count=entry.number("count"),
        source=entry.text("source"),
        order=order,
    )
