"""
Who holds places, chairs and specified roles by a file, and who deputises: people by their posts.

Somebody whom the file names and who is there already stays as they are. Somebody whom it no longer names ends, from the
day on which the loading takes effect.
"""

from dataclasses import dataclass

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.models import Appointment, Chairing, NamedDeputy, Office, Person

OF_HOLDING = {"starts_at": "the start", "ends_at": "the end", "ended_because": "the reason for the end"}
OF_DEPUTY = {**OF_HOLDING, "is_senior": "whether they are senior", "briefed_on": "the day of briefing"}


@dataclass(slots=True)
class Wanted:
    """Something that the file says somebody holds: the row, and whether it states start and end itself."""

    row: object
    line: int
    states_start: bool
    states_end: bool


def settle(loading):
    """Bring members, deputies, chairs and holders up to the file."""
    people = Person.objects.filter(area=loading.area)
    loading.people = {(person.agency_id, person.post): person for person in people}
    _add_people(loading)
    _members(loading)
    _deputies(loading)
    _carry_over(loading)
    _chairs(loading)
    _holders(loading)


def _posts(loading):
    """Everybody whom the file names, as (id of their agency, post)."""
    file = loading.document.file
    for board in loading.document.boards:
        for place in board.entries("places"):
            for entry in [*place.entries("members"), *place.entries("deputies")]:
                yield _who(loading, entry, place["agency"])
        for chair in board.entries("chairs"):
            yield _who(loading, chair, None)
    for role in file.entries("specified roles"):
        for holder in role.entries("holders"):
            yield _who(loading, holder, role["agency"])


def _who(loading, entry, agency):
    found = loading.agencies.get(entry.get("agency", agency))
    return (found.pk if found else None), entry["post"]


def _add_people(loading):
    new = {}
    for agency, post in _posts(loading):
        if (agency, post) not in loading.people:
            new[agency, post] = Person(area=loading.area, agency_id=agency, post=post)
    Person.objects.bulk_create(new.values())
    loading.people.update(new)


def _members(loading):
    wanted = {}
    for seat, place in _seats_with(loading, "members"):
        for entry in place.entry.entries("members"):
            values = {"seat": seat, "person": loading.people[_who(loading, entry, place.entry["agency"])]}
            wanted.setdefault(seat.pk, []).append(_wanted(loading, Appointment, entry, values, seat))
        wanted.setdefault(seat.pk, [])
    rows = Appointment.objects.filter(seat__in=list(wanted)).select_related("seat__body", "seat__agency", "person")
    _settle(loading, Appointment, _by(rows, "seat_id"), wanted, OF_HOLDING, alone=True)


def _deputies(loading):
    wanted = {}
    for seat, place in _seats_with(loading, "deputies"):
        for entry in place.entry.entries("deputies"):
            values = {
                "seat": seat,
                "person": loading.people[_who(loading, entry, place.entry["agency"])],
                "is_senior": entry["senior"],
                "briefed_on": entry["briefed"],
            }
            wanted.setdefault(seat.pk, []).append(_wanted(loading, NamedDeputy, entry, values, seat))
        wanted.setdefault(seat.pk, [])
    rows = NamedDeputy.objects.filter(seat__in=list(wanted)).select_related("seat__body", "seat__agency", "person")
    _settle(loading, NamedDeputy, _by(rows, "seat_id"), wanted, OF_DEPUTY, alone=False)


def _carry_over(loading):
    """Whoever held a place that another begins instead of goes on there, unless the file says who does."""
    for model, key in ((Appointment, "members"), (NamedDeputy, "deputies")):
        silent = {old.pk: new for new, old, entry in loading.instead if key not in entry}
        rows = model.objects.filter(seat__in=silent).in_force(loading.begins).select_related("person")
        for row in rows.order_by("id"):
            row.seat = silent[row.seat_id]
            row.pk, row._state.adding = None, True
            row.starts_at = row.seat.starts_at
            row.save(force_insert=True)
            loading.say(f"{_named(row)} goes on.")


def _seats_with(loading, key):
    for board in loading.document.boards:
        for place in loading.document.places[board["key"]]:
            if place.people and key in place.entry:
                yield loading.seats[board["key"], place.key], place


def _chairs(loading):
    wanted = {}
    for board in loading.document.boards:
        if "chairs" not in board:
            continue
        body = loading.bodies[board["key"]]
        for part in Chairing.Part:
            wanted[body.pk, part.value] = []
        for entry in board.entries("chairs"):
            part = entry.get("part", Chairing.Part.CHAIR.value)
            values = {"body": body, "part": part, "person": loading.people[_who(loading, entry, None)]}
            wanted[body.pk, part].append(_wanted(loading, Chairing, entry, values))
    rows = Chairing.objects.filter(body__in={body for body, _part in wanted}).select_related("body", "person")
    existing = {}
    for row in rows:
        existing.setdefault((row.body_id, row.part), []).append(row)
    _settle(loading, Chairing, existing, wanted, OF_HOLDING, alone=True)


def _holders(loading):
    """Holders of the kinds of role for which the file names any; roles that it does not speak of stay."""
    wanted = {}
    for role in loading.document.file.entries("specified roles"):
        if "holders" not in role:
            continue
        for entry in role.entries("holders"):
            person = loading.people[_who(loading, entry, role["agency"])]
            values = {"area": loading.area, "person": person, "kind": role["kind"], "subject": role.get("for", "")}
            wanted.setdefault(role["kind"], []).append(_wanted(loading, Office, entry, values))
        wanted.setdefault(role["kind"], [])
    rows = Office.objects.filter(area=loading.area, kind__in=list(wanted)).select_related("person")
    _settle(loading, Office, _by(rows, "kind"), wanted, OF_HOLDING, alone=False)


def _by(rows, column):
    found = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _wanted(loading, model, entry, values, seat=None):
    first, last = (seat.starts_at, seat.ends_at) if seat is not None else (loading.begins, loading.over)
    first = max(first, loading.begins)
    return Wanted(
        model(
            **values,
            starts_at=moments.start(entry["from"], first),
            ends_at=moments.end(entry["until"], last),
            ended_because=entry.get("because", ""),
        ),
        entry.line,
        "from" in entry,
        "until" in entry,
    )


def _settle(loading, model, existing, wanted, columns, *, alone):
    """``alone``: one at a time, so that whoever comes begins when whoever was there ends."""
    new, changed = [], []
    for key, rows in wanted.items():
        there = [row for row in existing.get(key, []) if row.starts_at != row.ends_at]
        if loading.keep_people and existing.get(key):
            continue
        matched = _matched(there, rows)
        ended = [row for row in there if row not in matched.values() and _end(loading, row, rows, changed)]
        for number, one in enumerate(rows):
            present = matched.get(number)
            if present is None:
                if (ended and alone) or (there and not loading.is_new):
                    one.row.starts_at = one.row.starts_at if one.states_start else max(one.row.starts_at, loading.turn)
                if _fits(loading, one, there, alone):
                    new.append(one.row)
                    if there or not loading.is_new:
                        loading.say(f"{_named(one.row)} begins {_from(one.row)}.")
            else:
                _keep(loading, present, one, columns, changed)
    model.objects.bulk_update(changed, list(columns))
    model.objects.bulk_create(new)


def _fits(loading, one, there, alone):
    """Whether somebody can begin; where somebody else stays whom an older edition cannot end, that is said."""
    row = one.row
    if not alone:
        return True
    for other in there:
        shared = (other.ends_at is None or other.ends_at > row.starts_at) and (
            row.ends_at is None or row.ends_at > other.starts_at
        )
        if shared:
            loading.wrong(
                1, f"{_named(row)} would hold it at the same time as {other.person}.", "State “from” or “until”."
            )
            return False
    return True


def _matched(there, rows):
    """For the numbers of ``rows`` those that are there already: the same person, at the same start or at one time."""
    found, taken = {}, set()
    for number, one in enumerate(rows):
        for row in there:
            same = row.person_id == one.row.person_id and getattr(row, "subject", "") == getattr(one.row, "subject", "")
            at_one_time = (row.ends_at is None or row.ends_at > one.row.starts_at) and (
                one.row.ends_at is None or row.starts_at < one.row.ends_at
            )
            if same and row.pk not in taken and (row.starts_at == one.row.starts_at or at_one_time):
                found[number] = row
                taken.add(row.pk)
                break
    return found


def _keep(loading, present, one, columns, changed):
    row = one.row
    if not one.states_start:
        row.starts_at = present.starts_at
    if not one.states_end and not loading.is_newest:
        row.ends_at, row.ended_because = present.ends_at, present.ended_because
    if loading.bring_up_to(present, row, columns, _named):
        changed.append(present)


def _end(loading, row, rows, changed):
    """End what the file no longer names, at the stated start of who comes, or when the loading takes effect."""
    if not loading.is_newest or (row.ends_at is not None and row.ends_at <= loading.turn):
        return False
    starts = [one.row.starts_at for one in rows if one.states_start and one.row.starts_at > row.starts_at]
    at = min(starts) if starts else loading.turn
    row.ends_at = max(row.starts_at, at)
    row.ended_because = row.ended_because or f"Not in {loading.arrangement.name}"[:200]
    changed.append(row)
    loading.say(f"{_named(row)} ends on {in_words(moments.last_day_of(row.ends_at))}.")
    return True


def _named(row):
    if isinstance(row, Chairing):
        return f"{row.person}, {row.get_part_display().lower()} of “{row.body.name}”,"
    if isinstance(row, Office):
        return f"{row.person}, {row.get_kind_display().lower()},"
    part = "deputy" if isinstance(row, NamedDeputy) else "member"
    return f"{row.person}, {part} for “{row.seat}” on “{row.seat.body.name}”,"


def _from(row):
    return f"on {moments.in_words(row.starts_at)}"
