"""
Cases: somebody who keeps many of them, the page of one and the board of all their deadlines, beside plain Django.

``python -m bench.cases 500`` makes an area with so many open cases and prints the addresses and the sessions. Cases ask
for a fresh check, which holds for ten minutes: the sessions are made just before they are used.
"""

import datetime as dt
import json
import sys

import django

from bench import report
from bench.rounds import Series, measure
from bench.rows import bulk, numbered
from bench.servers import FLOOR, PORTAL

FEW, SOME, MANY = SIZES = (3, 300, 500)
PAGES = ("case", "deadlines")
READERS = 6


def fill(number):
    """An area with ``number`` open cases that one of the team keeps, each with its deadlines."""
    from django.utils import timezone

    from tests import factories as make

    for factory in (make.UserFactory, make.PersonFactory, make.AgencyFactory, make.OfficeFactory):
        factory.reset_sequence(1000 * number, force=True)  # others were numbered from nothing, in another process
    area = make.AreaFactory(slug=f"cases-{number}", name=f"Area of {number} cases", code=f"X{number}")
    keeper, second = make.TeamMemberFactory.create_batch(2, area=area)
    cases = bulk(
        make.CaseFactory, ({"area": area, "number": n, "registered_by": keeper.user} for n in range(1, number + 1))
    )
    grants = [_lead(make, case, person) for case in cases for person in (keeper, second)]
    bulk(make.GrantFactory, grants)
    today = timezone.localdate()
    bulk(make.CaseDateFactory, ({"case": case, "entered_by": keeper.user} for case in cases))
    bulk(make.CaseDeadlineFactory, (row for n, case in numbered(cases) for row in _deadlines(case, n, today)))
    _whole(make, cases[0], keeper)
    return cases[0], keeper.user


def _lead(make, case, person):
    return {"thing": case, "lead": True, "person": person, "area": case.area, "proposed_by": person}


def _deadlines(case, number, today):
    due = today + dt.timedelta(days=number % 60 - 10)
    for code, amount in (("SIN-1", 5), ("SIN-2", 5), ("RR-1", 15)):
        yield {"case": case, "code": code, "amount": amount, "due_on": due, "met_on": None}


def _whole(make, case, keeper):
    """Of one case everything: a panel that decided, people who read it, and what was done."""
    for key in ("council", "health", "police"):
        place = make.PanelPlaceFactory(case=case, key=key)
        make.GrantFactory(kind="panel member", thing=case, person=place.person, area=case.area)
    make.PanelDecisionFactory(case=case)
    readers = [make.TeamMemberFactory(area=case.area).user for _n in range(READERS)]
    about = {"area_id": case.area_id, "target": "reviews.Case", "target_id": case.pk}
    for reader in readers:
        make.EventFactory(verb="case.read", actor=reader, **about)
        make.EventFactory(verb="case.changed", actor=keeper.user, **about)


def sessions(user):
    """A session for each side; the portal's has just been confirmed."""
    from types import SimpleNamespace

    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.sessions.backends.db import SessionStore

    from bench.world import _session

    portal = _session(user, "partnerships.accounts.Backend")
    store = SessionStore(portal)
    record_authentication(SimpleNamespace(session=store), user, "password", reauthenticated=True)
    store.save()
    return portal, _session(user, "django.contrib.auth.backends.ModelBackend")


# --- What is measured -------------------------------------------------------------------------------------------------


def paths(known):
    """The addresses of the pages, by name; both sides have the same."""
    return {"case": f"/cases/{known['case']}/", "deadlines": "/cases/deadlines/"}


def queries(known, count):
    """The queries of each page, and that they are the same for few and for many; ``count(side, order)`` asks."""
    found = {}
    for number, one in known.items():
        order = {"session": one["portal"], "requests": {name: (path, None) for name, path in paths(one).items()}}
        found[number] = json.loads(count(PORTAL, order))
    for page in PAGES:
        few, some, many = (found[number][page]["queries"] for number in SIZES)
        yield report.Finding(f"queries of {page}, of somebody with {MANY} cases", many, None)
        yield report.same(f"queries of {page} with {FEW} and {SOME} cases", few, some)


def pages(known, portal, floor, options):
    """Each page as a multiple of the plain Django page that shows the same rows."""
    sizes = {}
    for server in (portal, floor):
        for name, path in paths(known).items():
            answer = server.ask(path, session=known[server.side.name])
            if answer.status != 200 or known["reference"].encode() not in answer.body:
                raise SystemExit(f"The {server.side.name}'s page of {name} ({answer.status}) lacks the case")
            sizes[server.side.name, name] = len(answer.body)
    series = [
        Series(f"{server.side.name} {name}", server, path, known[server.side.name])
        for name, path in paths(known).items()
        for server in (portal, floor)
    ]
    samples = measure(series, rounds=options.rounds, sweeps=options.sweeps)
    for name in PAGES:
        ratio = samples.ratio(f"portal {name}", f"floor {name}")
        yield report.ratio(f"{name} of somebody with {MANY} cases / plain Django page", ratio, 1.0, 0.8)
        ours, floors = sizes["portal", name], sizes["floor", name]
        apart = abs(floors / ours - 1)
        yield report.Finding(f"size of {name}, floor beside portal", apart, 0.1, f"{floors} and {ours} bytes")


def main():
    """Make the rows and print what is known."""
    django.setup()
    from django.db import connection, transaction

    with transaction.atomic():
        case, user = fill(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    portal, floor = sessions(user)
    known = {"case": str(case.public_id), "reference": case.reference, PORTAL.name: portal, FLOOR.name: floor}
    json.dump(known, sys.stdout)


if __name__ == "__main__":
    main()
