"""Who was at a past meeting. The files name only the places that their member did not fill from beginning to end."""

from meetings.models import Attendance, Meeting, Presence

THERE = {
    "present": "principal",
    "room": "principal",
    "remote": "principal",
    "deputy": "deputy",
    "substitute": "substitute",
}
NOT_THERE = ("apologies", "absent", "not applicable", "unknown")
STATES = (*THERE, *NOT_THERE)
OF_STATE = ("state", "reason", "post", "how", "notice", "joins at item", "leaves at item")


def record(meeting, entry, boards, people, items, seats, clerk):
    """Write the attendance of ``meeting``: ``seats`` are its places with their members on the day."""
    states = _states(entry, meeting.body, boards)
    rows, times = [], []
    for seat, holder in seats:
        given = states.get(seat.pk)
        row = Attendance(meeting=meeting, seat=seat, recorded_at=meeting.starts_at, recorded_by=clerk)
        state = _fill(row, given, holder, people, entry)
        rows.append(row)
        if state is not None:
            times.append((row, state))
    Attendance.objects.bulk_create(rows)
    Presence.objects.bulk_create(
        presence for row, state in times if (presence := _presence(row, state, meeting, items)) is not None
    )


def _states(entry, body, boards):
    """The id of each place that the file names, to (the entry to blame, its key, the details or None)."""
    named = entry.entry("attendance", None)
    if named is None:
        return {}
    states = {}
    for key in named.values:
        details = None if isinstance(named.values[key], str) else named.entry(key).only(*OF_STATE)
        states[boards.place(named, body, key).pk] = (named, key, details)
    return states


def _fill(row, given, holder, people, entry):
    """Set who fills the place of ``row``, how, or why nobody; returns the details, where the file has any."""
    details = None
    state = "present"
    if given is not None:
        named, key, details = given
        state = details.choice("state", STATES) if details else named.choice(key, STATES)
    if state in NOT_THERE:
        row.filled_by, row.why_not = "nobody", state
    else:
        row.filled_by = THERE[state]
        row.how = _how(row.meeting, state, details)
        row.person_id = _who(row.seat, state, holder, details, people, entry)
    if details:
        row.reason = details.text("reason", "")
        row.notice_at = details.moment("notice", None)
    return details


def _how(meeting, state, details):
    if state in {"room", "remote"}:
        return state
    if details and "how" in details:
        return details.choice("how", Attendance.How.values)
    return "remote" if meeting.mode == Meeting.Mode.VIRTUAL else "room"


def _who(seat, state, holder, details, people, entry):
    if state == "substitute":
        return people.at(seat.agency, details.text("post"), details).pk
    if state != "deputy":
        if holder is None:
            raise entry.wrong(f"the place “{seat}” is vacant on that day; say “not applicable”.", "attendance")
        return holder
    deputy = seat.deputies.values_list("person_id", flat=True).first()
    if deputy is None:
        raise entry.wrong(f"no deputy is named for “{seat}”.", "attendance")
    return deputy


def _presence(row, details, meeting, items):
    if not row.is_there or not ("joins at item" in details or "leaves at item" in details):
        return None
    return Presence(
        attendance=row,
        starts_at=_beginning_of(details, "joins at item", items, meeting.starts_at),
        ends_at=_beginning_of(details, "leaves at item", items, None),
    )


def _beginning_of(details, key, items, default):
    number = details.number(key, None)
    if number is None:
        return default
    if not 1 <= number <= len(items):
        raise details.wrong(f"there is no item {number}.", key)
    return items[number - 1].starts_at
