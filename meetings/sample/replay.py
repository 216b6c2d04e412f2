"""
The last meeting of the Management Board judged by the rule of its successor: two scenarios kept for the workbench.

No quorum was stated in 2021-22, so the meeting itself has no verdict. The rule of 2024 names the integrated care board,
which took over from the clinical commissioning group; the scenarios say so in their names of partners. Their date is
the first day of that rule, for the day of the meeting is not known.
"""

from dataclasses import replace

from meetings.models import Meeting
from meetings.workbench import bench_of
from partnerships.models import Scenario
from partnerships.workbench import content
from partnerships.workbench.bench import AWAY

TOOK_OVER = {"BLMK CCG": "BLMK ICB"}
ALL_WHO_CAME = "Management Board, February 2022, by the rule of 2024"
NOBODY_OF_THE_HOSPITAL = "The same without the hospital's one representative"


def load(board, successor, by):
    """Keep the scenarios, shared with ``successor``, unless they are there."""
    kept = set(Scenario.objects.filter(area=board.area_id, created_by=by).values_list("name", flat=True))
    last = Meeting.objects.filter(body=board).select_related("body").latest("starts_at")
    terms = successor.terms.earliest("starts_on")
    bench = replace(bench_of(last), terms=terms.rules, day=terms.starts_on, start=None)
    members = tuple(
        replace(place, agency=TOOK_OVER.get(place.agency, place.agency)) for place in bench.places if place.counts
    )
    without = tuple(replace(place, state=AWAY) if place.agency == "MKUHFT" else place for place in members)
    for name, places in ((ALL_WHO_CAME, members), (NOBODY_OF_THE_HOSPITAL, without)):
        if name not in kept:
            scenario = content.of_bench(replace(bench, places=places), name)
            Scenario.objects.create(
                area_id=board.area_id,
                body=successor,
                name=name,
                content=scenario,
                created_by=by,
                shared_at=last.closed_at,
                shared_by=by,
            )
