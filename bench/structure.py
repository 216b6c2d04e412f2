"""
The structure: the page of a board, of a partner and of two editions side by side, beside plain Django; and as at a day.

``python -m bench.structure`` loads the sample, whose three editions, places and meetings are real in size, and prints
the sessions. ``python -m bench.structure history`` puts eighteen years before it, so that the board has twenty: its
terms, places, members, deputies, chairs, lines and meetings, each with what was done to them.
"""

import datetime as dt
import json
import sys

import django

from bench import report
from bench.rounds import Series, measure
from bench.rows import bulk
from bench.servers import FLOOR, PORTAL

BOARD, PARTNER = "safeguarding-partnership", "tvp"
OLDER, NEWER = "mk-together-2017-18", "handbook-2024"
FIRST, LAST = 2006, 2024  # the years before the sample's
THEN = dt.date(2014, 6, 2)
MOST_FOR_A_DAY = 1.3
PAGES = ("board", "partner", "compare")
DATED = ("board", "partner")
EDITION = 6  # years that one holds
MONTHS = (4, 7, 10, 1)


def fill():
    """The sample, with something in the history of its board; whoever of the team reads it is returned."""
    from meetings.sample import loading
    from tests import factories as make

    loading.load()
    body, user = _board_and_reader()
    for thing in (body, body.terms.latest("starts_on")):
        for verb in ("places.remade", "terms.published", "line.drawn"):
            _event(make, body, user, verb, thing)
    return user


def _board_and_reader():
    from meetings.sample import loading
    from partnerships.models import Body, Office

    body = Body.objects.get(area__slug=loading.AREA, slug=BOARD)
    return body, Office.objects.filter(area=body.area, kind=Office.Kind.TEAM).earliest("pk").person.user


def _event(make, body, user, verb, thing):
    about = {"target": thing._meta.label, "target_id": thing.pk}
    within = {"within": body._meta.label, "within_id": body.pk} if thing != body else {}
    make.EventFactory(verb=verb, actor=user, area_id=body.area_id, **about, **within)


def history():
    """Years before those of the sample, for its board: as much of everything in each as it has today."""
    from tests import factories as make

    body, user = _board_and_reader()
    terms, lines = body.terms.latest("starts_on"), [*body.lines.all(), *body.lines_from.all()]
    seats = list(body.seats.all())
    for seat in seats:
        seat.pk, seat.starts_at, seat.ends_at = None, _begin(FIRST), seat.starts_at
    seats = type(seats[0]).objects.bulk_create(seats)
    for first in range(FIRST, LAST, EDITION):
        days = {"first_day": dt.date(first, 4, 1), "last_day": dt.date(first + EDITION, 3, 31)}
        name = {"key": f"handbook-{first}", "name": f"Handbook of {first}"}
        if days["last_day"] < dt.date(2017, 4, 1):  # from then on the sample has its own
            make.ArrangementFactory(area=body.area, **name, **days)
        terms.pk, terms.edition = None, name["name"]
        terms.starts_on, terms.ends_on = days.values()
        terms.save(force_insert=True)
        for line in lines:
            line.pk, line.starts_on, line.ends_on = None, *days.values()
            line.save(force_insert=True)
    for year in range(FIRST, LAST):
        _year(make, body, seats, user, year)


def _begin(year):
    from django.utils import timezone

    return dt.datetime(year, 4, 1, tzinfo=timezone.get_default_timezone())


def _year(make, body, seats, user, year):
    """A year of a board: who held each place, who stood in, who was in the chair, four meetings and who came."""
    of_year = {"starts_at": _begin(year), "ends_at": _begin(year + 1)}
    members, deputies = (
        bulk(
            make.PersonFactory,
            ({"area": body.area, "agency": seat.agency, "post": f"{post}, {year} to {year + 1}"} for seat in seats),
        )
        for post in ("Director of Services", "Head of Safeguarding")
    )
    pairs = list(zip(seats, members, strict=True))
    held = bulk(make.AppointmentFactory, ({"seat": seat, "person": person, **of_year} for seat, person in pairs))
    stood_in = zip(seats, deputies, strict=True)
    bulk(make.NamedDeputyFactory, ({"seat": seat, "person": person, **of_year} for seat, person in stood_in))
    make.ChairingFactory(body=body, person=members[0], **of_year)
    for row in held:
        _event(make, body, user, "appointment.begun", row)
    _event(make, body, user, "places.remade", body)
    days = [dt.datetime(year + (month < 4), month, 10, 9, 30, tzinfo=dt.UTC) for month in MONTHS]
    rows = ({"body": body, "closed": True, "clerk": user, "starts_at": day, "quorum_status": "quorate"} for day in days)
    for meeting in bulk(make.MeetingFactory, rows):
        entries = ({"meeting": meeting, "seat": seat, "person": who, "recorded_by": user} for seat, who in pairs)
        bulk(make.AttendanceFactory, entries)


# --- What is measured -------------------------------------------------------------------------------------------------


def paths():
    """The addresses of the pages, by name; both sides have the same."""
    return {
        "board": f"/boards/{BOARD}/",
        "partner": f"/partners/{PARTNER}/",
        "compare": f"/arrangements/{OLDER}/to/{NEWER}/",
    }


def then():
    """The addresses of those that can be looked at as at a day."""
    return {f"{name} then": f"{paths()[name]}?on={THEN.isoformat()}" for name in DATED}


def queries(before, after):
    """The queries of each page, and that twenty years of history leave them as they are."""
    for name in (*PAGES, *then()):
        yield report.Finding(f"queries of {name}", after[name]["queries"], None)
    for name in DATED:
        few, many = before[name]["queries"], after[name]["queries"]
        yield report.same(f"queries of {name} without and with {LAST - FIRST} years more", few, many)


def pages(known, portal, floor, options):
    """Each page as a multiple of the plain Django page that shows the same rows."""
    sizes = {}
    for server in (portal, floor):
        for name, path in paths().items():
            answer = server.ask(path, session=known[server.side.name])
            lacking = missing(answer, known["words"][name])
            if lacking:
                raise SystemExit(f"The {server.side.name}'s page of {name} ({answer.status}) lacks {lacking[:3]}")
            sizes[server.side.name, name] = len(answer.body)
    series = [
        Series(f"{server.side.name} {name}", server, path, known[server.side.name])
        for name, path in paths().items()
        for server in (portal, floor)
    ]
    samples = measure(series, rounds=options.rounds, sweeps=options.sweeps)
    for name in PAGES:
        ratio = samples.ratio(f"portal {name}", f"floor {name}")
        yield report.ratio(f"{name} page / plain Django page", ratio, 1.0, 0.8)
        ours, floors = sizes["portal", name], sizes["floor", name]
        yield report.Finding(
            f"size of {name}, floor beside portal", abs(floors / ours - 1), 0.1, f"{floors} and {ours} bytes"
        )


def missing(answer, words):
    """Those of ``words`` that an answer does not show; all of them where it is no page."""
    from html import unescape

    text = unescape(answer.body.decode()) if answer.status == 200 else ""
    return [word for word in words if word not in text]


def as_at(known, portal, options):
    """The pages as at a day of ten years ago as a multiple of the same pages today, over the same history."""
    addresses = {**{name: paths()[name] for name in DATED}, **then()}
    series = [Series(name, portal, path, known[PORTAL.name]) for name, path in addresses.items()]
    samples = measure(series, rounds=options.rounds, sweeps=options.sweeps)
    for name in DATED:
        ratio = samples.ratio(f"{name} then", name)
        yield report.ratio(f"{name} page as at {THEN.year}, over 20 years / today", ratio, MOST_FOR_A_DAY)


def words_shown():
    """What each page must show: its places, and the boards of both editions."""
    from django.utils import timezone

    from partnerships.models import Body, Seat, TermsOfReference

    seats = Seat.objects.in_force(timezone.now()).filter(in_attendance=False, body__closed_on=None)
    return {
        "board": list(seats.filter(body__slug=BOARD).values_list("title", flat=True)),
        "partner": list(seats.filter(agency__slug=PARTNER).values_list("title", flat=True)),
        "compare": list(
            Body.objects.filter(
                pk__in=TermsOfReference.objects.filter(arrangement__key__in=(OLDER, NEWER)).values("body")
            ).values_list("name", flat=True)
        ),
    }


def main():
    """Make the rows and print what is known."""
    django.setup()
    from django.db import connection, transaction

    from bench.cases import sessions

    known = {}
    with transaction.atomic():
        if sys.argv[1:] == ["history"]:
            history()
        else:
            portal, floor = sessions(fill())
            known = {PORTAL.name: portal, FLOOR.name: floor, "words": words_shown()}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    json.dump(known, sys.stdout)


if __name__ == "__main__":
    main()
