"""The search of the history: what was asked for, what it found, and the same as a file. Asking is in it too."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from mktogether.lib import sheets
from mktogether.lib.verdict import ALLOWED, refused
from partnerships.models import Body, Person
from partnerships.standing import standing_of
from partnerships.story import sight, telling
from partnerships.story.filters import EventFilter
from records import history

MOST_ROWS = 10_000  # of one export: what is more is narrowed first, so that no file is silently cut
AT_A_TIME = 1000
HEAD = ("Number", "Day", "Time", "Who", "What", "Before", "Sort of act", "Page asked for")
FORMATS = {"csv": (sheets.CSV, sheets.as_csv), "xlsx": (sheets.XLSX, sheets.as_xlsx)}


@dataclass(frozen=True)
class Search:
    """What was asked for, and the events that fit it."""

    filter: EventFilter
    total: int

    @property
    def events(self):
        return self.filter.qs


def search(user, data):
    """The search that ``data`` (what stands in the address) asks for, of what ``user`` may read."""
    found = EventFilter(data, people=_people(user), boards=_boards(user), queryset=sight.searched(user))
    return Search(found, found.qs.count())


def _people(user):
    accounts = Person.objects.filter(area__in=standing_of(user).area_ids, user__isnull=False).select_related("agency")
    return [(str(person.user_id), person.in_full) for person in accounts.order_by("post", "agency__short_name", "pk")]


def _boards(user):
    return list(Body.objects.visible_to(user).order_by("name"))


def asked_for(found):
    """What a search was narrowed by, as the history keeps it: names of filters and ids, and no names of anybody."""
    return {name: str(value) for name, value in found.filter.chosen().items()}


@transaction.atomic
def note(found, *, by, method):
    """Write that ``by`` was shown what a search found."""
    area = standing_of(by).person.area
    history.read(area, by=by, verb="history.searched", method=method, area_id=area.pk, details=asked_for(found))


def may_export(found):
    """Whether what a search found fits into one file."""
    if found.total > MOST_ROWS:
        return refused(f"A file holds {MOST_ROWS:,} events at most. Narrow the search, by days for instance.")
    return ALLOWED


@transaction.atomic
def export(found, kind, *, by, method):
    """
    What a search found as a file, as its content type, name and bytes; ``kind`` is csv or xlsx.

    The file is what ``by`` sees on the page, in words, and that it was taken is in the history.
    """
    rows = [_row(row) for row in _in_words(by, found.events)]
    content_type, write = FORMATS[kind]
    content = write(sheets.Sheet("History", HEAD, rows))
    area = standing_of(by).person.area
    details = {**asked_for(found), "rows": len(rows)}
    history.read(area, by=by, verb="history.exported", method=method, area_id=area.pk, details=details)
    return content_type, f"history-{timezone.localdate().isoformat()}.{kind}", content


def _in_words(user, events):
    """All rows of ``events``, so many at a time that names are asked for in few queries."""
    part = []
    for event in events.iterator(chunk_size=AT_A_TIME):
        part.append(event)
        if len(part) == AT_A_TIME:
            yield from telling.told(user, part)
            part = []
    yield from telling.told(user, part)


def _row(row):
    what = _act(row), "; ".join(row["was"]), row["group"], row["exactly"]
    return row["id"], row["day"], row["to_the_second"], row["who"], *what


def _act(row):
    return f"{row['before']}{row['title']}{row['after']}"


def query_of(chosen):
    """What a search was narrowed by, as an address carries it on."""
    return urlencode([(name, value) for name, value in chosen.items() if value])
