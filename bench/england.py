"""
What access costs at the size of England: 150 areas with 2,250 boards and groups, 135,000 meetings and 500,000 actions.

``python -m bench.england`` writes those rows beside whatever the database of the run holds, and prints for each kind of
person how long the lists take that they see, beside the same lists filtered by hand, and how long a verdict takes.
"""

import gc
import json
import sys
import time
from statistics import median

import django

AREAS, BODIES, MEETINGS, ACTIONS = 150, 15, 60, 500_000  # a body has so many meetings; bodies are counted in each area
ROUNDS, BATCH = 15, 4
FEW_ROUNDS = 5  # of a list that sorts the meetings of all England
LISTED = 50
VERDICTS = 2_000


def fill():
    """The rows; returns the board of one area on which everybody who is asked about has a part."""
    from django.db import connection

    from records.models import Area
    from tests import factories as make

    for factory in (make.UserFactory, make.AnotherAreaFactory):
        factory.reset_sequence(50_000)  # the run's other rows have the first addresses, names and codes
    areas = Area.objects.bulk_create(make.AnotherAreaFactory.build(slug=f"england-{n}") for n in range(AREAS))
    agencies = _bulk(make.AgencyFactory, ({"area": area, "slug": f"agency-{area.pk}"} for area in areas))
    owners = _bulk(make.PersonFactory, ({"area": area, "agency": of} for area, of in zip(areas, agencies, strict=True)))
    bodies = _bulk(
        make.BodyFactory,
        (
            {"area": area, "slug": f"body-{area.pk}-{n}", "kind": "statutory" if n == 0 else "group"}
            for area in areas
            for n in range(BODIES)
        ),
    )
    first, last = bodies[0].pk, bodies[-1].pk
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # of this connection: so many rows take longer than a page may
        cursor.execute(MEETINGS_OF_ENGLAND, [MEETINGS, first, last])
        cursor.execute(ACTIONS_OF_ENGLAND, [owners[0].pk - areas[0].pk, ACTIONS, first, len(bodies)])
        cursor.execute("ANALYZE")
    return bodies[AREAS // 2 * BODIES]


MEETINGS_OF_ENGLAND = """
INSERT INTO meetings_meeting (public_id, area_id, body_id, kind, starts_at, ends_at, date_precision, arranged_at, mode,
                              version, sequence, place, cancelled_because, note, quorum_status, quorum_sentence)
SELECT gen_random_uuid(), body.area_id, body.id, 'ordinary', held.at, held.at + interval '2 hours', 'day', now(),
       'virtual', 0, 0, '', '', '', '', ''
FROM partnerships_body body,
     LATERAL (SELECT now() - (n * interval '25 days') + (body.id %% 7 * interval '1 hour') AS at
              FROM generate_series(1, %s) n) held
WHERE body.id BETWEEN %s AND %s
"""
ACTIONS_OF_ENGLAND = """
INSERT INTO meetings_action (public_id, area_id, body_id, what, owner_id, due_on)
SELECT gen_random_uuid(), body.area_id, body.id, 'Bring the report', body.area_id + %s, current_date + n %% 90
FROM generate_series(1, %s) n JOIN partnerships_body body ON body.id = %s + n %% %s
"""


def _bulk(factory, rows):
    return factory._meta.model.objects.bulk_create([factory.build(**row) for row in rows])


def visitors(board):
    """Somebody of each kind, all with their part in one area."""
    from partnerships.models import Body
    from tests import factories as make

    group = Body.objects.filter(area=board.area_id, kind="group").first()
    Body.objects.filter(area=board.area_id, kind="group").update(reports_to=board)
    area = board.area
    chair = make.ChairingFactory(body=board, with_account=True).person
    excluded = make.AppointmentFactory(seat__body=group, with_account=True).person
    for number in range(5):
        make.ExclusionFactory(
            thing=make.AgendaItemFactory(meeting=group.meetings.first(), number=number), person=excluded
        )
    return {
        "member": make.AppointmentFactory(seat__body=group, with_account=True).person.user,
        "chair of the partnership": chair.user,
        "team": make.OfficeFactory(person__area=area).person.user,
        "scrutineer": make.OfficeFactory(person__area=area, scrutineer=True).person.user,
        "member who is excluded from five items": excluded.user,
    }


def measured():
    """For each list and each visitor the multiple of the list filtered by hand, and of the whole list; the verdicts."""
    board = fill()
    found = {"lists": [], "verdicts": []}
    for name, user in visitors(board).items():
        for what, seen, by_hand, everything in _lists(user):
            ratios = _ratios(seen, by_hand, ROUNDS, BATCH), _ratios(seen, everything, FEW_ROUNDS, 1)
            found["lists"].append([what, name, *ratios])
        found["verdicts"].append([name, _microseconds_of_a_verdict(user, board)])
    return found


def _lists(user):
    """(what, as the portal asks, filtered by hand for this person, unscoped) for each list of the portal."""
    from meetings import queries
    from meetings.models import Action, Meeting
    from partnerships.standing import standing_of

    standing = standing_of(user)
    within = {"area__in": list(standing.area_ids)}
    if not standing.sees_all_meetings:
        within["body__in"] = list(standing.bodies | standing.oversees)
    for what, model, rows, order in (
        ("meetings", Meeting, queries.meeting_rows, "-starts_at"),
        ("actions", Action, queries.action_rows, "due_on"),
    ):
        whole = model.objects.regardless("a floor")
        yield (
            f"list of {LISTED} {what}",
            lambda m=model, r=rows, o=order: list(r(m.objects.visible_to(user).order_by(o))[:LISTED]),
            lambda w=whole, r=rows, o=order: list(r(w.filter(**within).order_by(o))[:LISTED]),
            lambda w=whole, r=rows, o=order: list(r(w.order_by(o))[:LISTED]),
        )


def _ratios(act, floor, rounds, batch):
    """The least, the middle and the most of paired rounds."""
    act(), floor()
    paired = []
    for _round in range(rounds):
        below = _seconds(floor, batch)
        paired.append(_seconds(act, batch) / below)
    return [min(paired), median(paired), max(paired)]


def _seconds(act, times):
    began = time.perf_counter()
    for _time in range(times):
        act()
    return (time.perf_counter() - began) / times


def _microseconds_of_a_verdict(user, board):
    """The dearest of the verdicts, each the median of many, once the standing is loaded."""
    from meetings import access
    from meetings.models import Meeting
    from partnerships.access import may_change_terms
    from partnerships.standing import standing_of

    standing_of(user)
    meeting = Meeting.objects.filter(body=board).first()
    asks = (
        lambda: access.may_record(user, meeting),
        lambda: access.may_change(user, meeting),
        lambda: access.may_plan(user, board),
        lambda: access.may_read_confidential(user, meeting),
        lambda: may_change_terms(user, board),
    )
    return max(_median_microseconds(ask) for ask in asks)


def _median_microseconds(ask):
    found = []
    for _time in range(VERDICTS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return median(found) * 1e6


def main():
    """Print what was measured, as JSON."""
    django.setup()
    gc.collect()
    gc.disable()
    json.dump(measured(), sys.stdout)


if __name__ == "__main__":
    main()
