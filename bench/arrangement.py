"""
Loading arrangements of 20 boards and 300 places, beside the plain inserts of the same rows.

``python -m bench.arrangement`` prints what it found. The floor writes the rows that the loading made, in bulk and model
by model, with nothing read, checked, compared or told. Both are taken back after each round, and run in turn; the first
loading, which pays for what a process learns once, is not counted.
"""

import json
import sys
import time
from statistics import median

import django

from bench import report

BOARDS, PLACES = 20, 300
AGENCIES = 12
MOST = 3.0
ROUNDS = 9


def file_of(boards=BOARDS, places=PLACES, agencies=AGENCIES):
    """The text of a file: each place with a member and a deputy, each board with rules, lines and a chair."""
    lines = [
        "version: 1",
        "area: {key: bench, name: Area of the bench, code: BENCH}",
        "arrangement: {key: plan, name: Plan, applies from: 2024-04-01}",
        "agencies:",
        *(f"  - {{short: Agency {n}, name: Agency number {n}, types: [type {n % 4}]}}" for n in range(agencies)),
        "boards:",
    ]
    for board in range(boards):
        lines += [
            f"  - key: board-{board}",
            f"    name: Board {board}",
            f"    kind: {'statutory' if board == 0 else 'group'}",
            f"    lines: [{{kind: reports to, board: board-0, what: report {board}}}]" if board else "    lines: []",
            "    terms:",
            "      meetings a year: 6",
            "      rules: |",
            "        quorum: one from each of Agency 0, Agency 1, Agency 2",
            "        deputies: count and vote",
            "    places:",
        ]
        for place in range(places // boards):
            agency = f"Agency {place % agencies}"
            post = f"Post {board}-{place}"
            lines.append(
                f"      - {{key: place-{place}, agency: {agency}, title: {post}, members: [{post}],"
                f" deputies: [Deputy {post}]}}"
            )
        lines.append(f"    chairs: [{{agency: Agency 0, post: Post {board}-0}}]")
    return "\n".join(lines) + "\n"


def rows_made(load):
    """Every row that ``load`` makes, as (model, its values), in an order that foreign keys allow."""
    from partnerships import models
    from records.models import Area

    written = (
        Area, models.Agency, models.Arrangement, models.Body, models.TermsOfReference, models.Line, models.Seat,
        models.Person, models.Appointment, models.NamedDeputy, models.Chairing,
    )  # fmt: skip
    before = {model: list(model.objects.values_list("pk", flat=True)) for model in written}
    load()
    found = []
    for model in written:
        columns = [field.attname for field in model._meta.concrete_fields]
        made = model.objects.exclude(pk__in=before[model]).order_by("pk")
        found.append((model, list(made.values(*columns))))
    return found


def insert(rows):
    """The floor: for each model its rows in one go."""
    for model, values in rows:
        model.objects.bulk_create(model(**one) for one in values)


def taken_back(work):
    """The seconds that ``work`` takes in a transaction that is taken back, and what it answered."""
    from django.db import transaction

    with transaction.atomic():
        began = time.perf_counter()
        answer = work()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds, answer


def measured(rounds=ROUNDS):
    """The seconds of loading and of the floor, round by round, and how many rows either makes."""
    from partnerships.arrangements import loading, reading

    text = file_of()
    _seconds, rows = taken_back(lambda: rows_made(lambda: loading.load(reading.document(text))))
    ours, floors = [], []
    for _round in range(rounds):
        floors.append(taken_back(lambda: insert(rows))[0])
        ours.append(taken_back(lambda: loading.load(reading.document(text)))[0])
    return {"ours": ours, "floors": floors, "rows": sum(len(values) for _model, values in rows)}


def findings(known):
    """The loading as a multiple of the plain inserts, from what ``main`` printed."""
    multiple = median(one / floor for one, floor in zip(known["ours"], known["floors"], strict=True))
    shown = f"{multiple:.2f} times {known['rows']} rows, inserted in bulk"
    yield report.Finding(f"loading {BOARDS} boards and {PLACES} places / plain inserts", multiple, MOST, shown)


def main():
    """Measure and print."""
    django.setup()
    json.dump(measured(), sys.stdout)


if __name__ == "__main__":
    main()
