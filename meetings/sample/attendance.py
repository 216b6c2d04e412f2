"""Who was at a past meeting. The files name only the places that their member did not fill from beginning to end."""

from meetings.models import Attendance, Meeting, Presence

FILLED_BY = {
    "present": "principal",
    "room": "principal",
    "remote": "principal",
    "deputy": "deputy",
    "substitute": "substitute",
}
WHY_NOT = ("apologies", "absent", "unknown")
STATES = (*FILLED_BY, *WHY_NOT)
OF_STATE = ("state", "reason", "post", "notice", "joins at item", "leaves at item")


def record(meeting, entry, items, seats, year):
    """Write the attendance of ``meeting``, given by ``entry``; ``seats`` are its places with the member of the day."""
    stated = _stated(entry, meeting.body, year.boards)
    usual = ("present", entry.without_values())
    _refuse_without_mandate(stated, seats)
    rows = [
        _row(meeting, seat, holder, *stated.get(seat.pk, usual), year)
        for seat, holder in seats
        if holder is not None or seat.pk in stated  # a vacant place is not applicable, which is nowhere written down
    ]
    Attendance.objects.bulk_create(rows)
    Presence.objects.bulk_create(
        _presence(row, stated[row.seat_id][1], meeting, items)
        for row in rows
        if row.is_there and row.seat_id in stated and _is_timed(stated[row.seat_id][1])
    )


def _stated(entry, body, boards):
    """The id of each place that the file names, to its state and the entry with its details."""
    named = entry.entry("attendance", entry.without_values())
    stated = {}
    for key in named.values:
        seat = boards.place(named, body, key)
        if isinstance(named.values[key], str):
            stated[seat.pk] = (named.choice(key, STATES), named.without_values(key))
        else:
            details = named.entry(key).only(*OF_STATE)
            stated[seat.pk] = (details.choice("state", STATES), details)
    return stated


def _refuse_without_mandate(stated, seats):
    """Nobody is away from a place that had no mandate on the day."""
    holders = {seat.pk: holder for seat, holder in seats}
    for pk, (state, details) in stated.items():
        if pk not in holders:
            raise details.wrong("this place has no mandate on the day of the meeting.")
        if state in WHY_NOT and holders[pk] is None:
            raise details.wrong("this place is vacant on the day of the meeting: leave it out, it is not counted.")


def _row(meeting, seat, holder, state, details, year):
    row = Attendance(
        meeting=meeting,
        seat=seat,
        reason=details.text("reason", ""),
        notice_at=details.moment("notice", None),
        recorded_at=meeting.opened_at,
        recorded_by=year.clerk,
    )
    if state in WHY_NOT:
        row.filled_by, row.why_not = Attendance.FilledBy.NOBODY, state
    else:
        row.filled_by, row.how = FILLED_BY[state], _how(meeting, state)
        row.person_id = _who(meeting, seat, holder, state, details, year)
    return row


def _how(meeting, state):
    if state in Attendance.How.values:
        return state
    return Attendance.How.REMOTE if meeting.mode == Meeting.Mode.VIRTUAL else Attendance.How.ROOM


def _who(meeting, seat, holder, state, details, year):
    if state == "substitute":
        return year.people.at(seat.agency, details.text("post"), details, "post").pk
    who = holder
    if state == "deputy":
        who = seat.deputies.in_force(meeting.starts_at).values_list("person_id", flat=True).first()
    if who is None:
        missing = "no deputy is named for" if state == "deputy" else "nobody is in post on that day for"
        raise details.wrong(f"{missing} “{seat}”.")
    return who


def _is_timed(details):
    return "joins at item" in details or "leaves at item" in details


def _presence(row, details, meeting, items):
    return Presence(
        attendance=row,
        starts_at=_beginning_of(details, "joins at item", items, meeting.starts_at),
        ends_at=_beginning_of(details, "leaves at item", items, None),
    )


def _beginning_of(details, key, items, default):
    """When the item begins whose number ``details`` give under ``key``."""
    number = details.number(key, None)
    if number is None:
        return default
    if not 1 <= number <= len(items):
        raise details.wrong(f"there is no item {number}.", key)
    return items[number - 1].starts_at
