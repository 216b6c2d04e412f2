"""
The places of the boards of a file, by their keys.

Within an edition a correction changes a place. A new edition that gives it another agency, title, vote or class ends
it, and begins another in its stead, so that earlier meetings are still judged by the places of their day.
"""

from django.db.models import F

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.models import Seat

WHAT_IT_IS = {
    "agency_id": "the agency",
    "title": "the title",
    "votes": "whether it votes",
    "counts": "whether it counts",
    "in_attendance": "“in attendance”",
    "post_only": "“post only”",
    "classes": "the list of classes",
}
BESIDE = {
    "key": "the key",
    "number": "what the number rests on",
    "alternate": "who may come instead",
    "political_group": "the political group",
    "note": "the note",
    "order": "the order",
    "starts_at": "the start",
    "ends_at": "the end",
}
ASIDE = 10_000  # where numbers of places wait while others are put into a new order


def settle(loading):
    """Places of the boards of the file; one that it no longer names ends."""
    rows = Seat.objects.filter(body__in=loading.bodies.values()).select_related("agency", "body")
    by_body = {}
    for seat in rows.order_by("starts_at", "id"):
        by_body.setdefault(seat.body_id, []).append(seat)
    new, changed, moved, ended = [], [], [], []
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        there, kept = by_body.get(body.pk, []), set()
        for order, place in enumerate(loading.document.places[entry["key"]], start=1):
            row = _seat(loading, body, place, order)
            present = _present(there, row, kept)
            if present is not None:
                kept.add(present.pk)
                row = _bring_up_to(loading, present, row, place, (changed, moved, ended))
            if row is not None:
                new.append(row)
                present = row
                _say_new(loading, row, there)
            loading.seats[entry["key"], place.key] = present
        rest = [seat for seat in there if seat.pk not in kept]
        for seat in rest:
            _leave_out(loading, seat, ended)
        if loading.is_newest:
            _stand_after(len(loading.document.places[entry["key"]]), rest, changed, moved)
    _write(new, changed, moved, ended)


def _stand_after(last, rest, changed, moved):
    """Places that are of no file keep their order, after those of the file."""
    of_no_file = (seat for seat in rest if not seat.key and seat.ends_at is None)
    for number, seat in enumerate(sorted(of_no_file, key=lambda seat: seat.order), start=last + 1):
        if seat.order != number:
            seat.order = number
            changed.append(seat)
            _aside(seat, moved)


def _write(new, changed, moved, ended):
    Seat.objects.bulk_update(ended, ["ends_at"])  # first, since an open place has its number for itself
    if moved:  # of two places that change their numbers neither may have that of the other in between
        Seat.objects.filter(pk__in=[seat.pk for seat in moved]).update(order=F("order") + ASIDE)
    Seat.objects.bulk_update(changed, [*WHAT_IT_IS, *BESIDE])
    Seat.objects.bulk_create(new)


def _seat(loading, body, place, order):
    entry = place.entry
    return Seat(
        body=body,
        key=place.key,
        agency=loading.agencies.get(entry["agency"]),
        title=place.title,
        order=order,
        votes=place.votes,
        counts=place.counts,
        in_attendance=place.in_attendance,
        post_only=place.post_only,
        classes=entry.texts("classes"),
        number=entry.get("number", ""),
        alternate=entry.get("alternate", ""),
        political_group=entry.get("political group", ""),
        note=entry.get("note", ""),
        starts_at=place.starts_at,
        ends_at=place.ends_at,
    )


def _present(there, row, kept):
    """The place of the board that ``row`` is: by its key, or by agency and title where nobody gave it one."""
    same = [
        seat
        for seat in there
        if seat.pk not in kept
        and (seat.key == row.key or (not seat.key and (seat.agency_id, seat.title) == (row.agency_id, row.title)))
        and seat.starts_at != seat.ends_at
        and (seat.ends_at is None or seat.ends_at > row.starts_at)
        and (row.ends_at is None or seat.starts_at < row.ends_at)
    ]
    return same[-1] if same else None


def _bring_up_to(loading, present, row, place, lists):
    """Change ``present`` into ``row``; answers with the place to add, where it is another from this edition on."""
    changed, moved, ended = lists
    another = any(getattr(present, column) != getattr(row, column) for column in WHAT_IT_IS)
    if another and present.starts_at < loading.begins and loading.is_newest:
        present.ends_at = loading.begins
        ended.append(present)
        row.starts_at = max(row.starts_at, loading.begins)
        loading.instead.append((row, present, place.entry))
        return row
    goes_on = present.starts_at < row.starts_at and "from" not in place.entry
    row.starts_at = present.starts_at if goes_on else row.starts_at
    if "until" not in place.entry and (loading.keep_people or not loading.is_newest):
        row.ends_at = present.ends_at
    columns = {**WHAT_IT_IS, **BESIDE} if loading.is_newest else {}
    before = present.order
    if loading.bring_up_to(present, row, columns, lambda seat: f"Place “{seat}” of “{seat.body.name}”"):
        changed.append(present)
        if present.order != before:
            _aside(present, moved)
    return None


def _aside(seat, moved):
    if seat not in moved:
        moved.append(seat)


def _say_new(loading, row, there):
    """A sentence for a place that is new on a board that had places; those of a new board are counted with it."""
    if there:
        loading.say(f"Place “{row}” of “{row.body.name}” is added, from {moments.in_words(row.starts_at)}.")


def _leave_out(loading, seat, ended):
    """End a place that the file no longer names; one that is of no file, or that an older edition lacks, stays."""
    over = seat.ends_at is not None and seat.ends_at <= loading.turn
    if not seat.key or over or not loading.is_newest or seat.starts_at == seat.ends_at:
        return
    seat.ends_at = max(seat.starts_at, loading.turn)
    ended.append(seat)
    loading.say(f"Place “{seat}” of “{seat.body.name}” ends on {in_words(moments.last_day_of(seat.ends_at))}.")
