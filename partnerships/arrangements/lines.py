"""The lines of the boards of a file: along which they report, and whose chair reads the meetings of which board."""

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.arrangements.boards import in_newer_editions, of_today
from partnerships.models import Body, Line

OF_LINE = {
    "what": "what goes along it",
    "how_often": "how often",
    "note": "the note",
    "order": "the order",
    "ends_on": "the last day",
}


def settle(loading):
    """Lines of the boards of the file; one that it no longer draws ends. Access follows the first one upwards."""
    rows = Line.objects.filter(body__in=loading.bodies.values()).select_related("body", "to_body", "to_agency")
    there = list(rows)
    wanted, existing = {}, {}
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        for order, stated in enumerate(entry.entries("lines"), start=1):
            row = _line(loading, body, stated, order)
            present = _same_line(there, row, stated)
            if present is not None:
                row.starts_on = present.starts_on
                existing[_ends(row), row.starts_on] = present
                if not loading.is_newest and "until" not in stated:
                    row.ends_on = present.ends_on
            wanted[_ends(row), row.starts_on] = row
    loading.settle(existing, wanted, OF_LINE, name=lambda line: f"Line “{line}”")
    kept = {line.pk for line in existing.values()}
    for line in there:
        if line.pk not in kept:
            _end_line(loading, line)
    _reports_to(loading)


def _line(loading, body, entry, order):
    starts_on, ends_on = loading.document.span(entry)
    return Line(
        body=body,
        kind=entry["kind"],
        to_body=loading.bodies.get(entry["board"]),
        to_agency=loading.agencies.get(entry["agency"]),
        to_role=entry.get("role", ""),
        what=entry.get("what", ""),
        how_often=entry.get("how often", ""),
        note=entry.get("note", ""),
        order=order,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _ends(line):
    return line.body_id, line.kind, line.to_body_id, line.to_agency_id, line.to_role


def _same_line(there, row, entry):
    for line in there:
        if _ends(line) == _ends(row):
            goes_on = line.starts_on <= row.starts_on and (line.ends_on is None or line.ends_on >= row.starts_on)
            if line.starts_on == row.starts_on or (goes_on and "from" not in entry):
                return line
    return None


def _end_line(loading, line):
    last = loading.turn_day - moments.ONE_DAY
    if not loading.is_newest or (line.ends_on is not None and line.ends_on <= last):
        return
    if line.starts_on > last:
        line.delete()  # it never held on any day
        loading.say(f"Line “{line}” is withdrawn before it begins.")
        return
    line.ends_on = last
    line.save(update_fields=["ends_on"])
    loading.say(f"Line “{line}” ends on {in_words(last)}.")


def _reports_to(loading):
    changed = []
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        if not loading.is_newest and body.pk in in_newer_editions(loading):
            continue
        upwards = [line for line in entry.entries("lines") if line["kind"] in Line.UPWARD and "board" in line]
        first = of_today(loading, upwards)
        above = loading.bodies[first["board"]].pk if first is not None else None
        if body.reports_to_id != above:
            body.reports_to_id = above
            if entry["key"] in loading.known:
                name = loading.bodies[first["board"]].name if first is not None else "none"
                loading.say(f"Board “{body.name}”: the board whose chair reads its meetings is now “{name}”.")
            changed.append(body)
    Body.objects.bulk_update(changed, ["reports_to"])
