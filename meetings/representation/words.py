"""What a matrix of representation says in sentences: the answer first, and the notes under the table."""

from meetings.representation.rules import Matrix, Row, Share, State, lowest_first

LOWEST = 3
LOW = 50  # percent
STATES = {
    State.MEMBER: "Represented by the member",
    State.DEPUTY: "Represented by a deputy",
    State.SUBSTITUTE: "Represented by a substitute",
    State.REPRESENTED: "Represented",
    State.APOLOGIES: "Not represented: apologies",
    State.ABSENT: "Not represented: absent without word",
    State.UNKNOWN: "Not represented, reason unknown",
    State.NOT_RECORDED: "Not recorded",
    State.NOT_APPLICABLE: "Not a member then, not counted",
}


def percent(share: Share) -> str:
    """``77.3 %``; nothing where there was no chance to be there."""
    return "" if share.percent is None else f"{share.percent} %"


def of(share: Share) -> str:
    """``51 of 66``."""
    return f"{share.there} of {share.of}"


def summary(found: Matrix) -> list[str]:
    """The answer in a few sentences."""
    if not found.total.of:
        return ["No post had a chance to be represented."]
    return [sentence for sentence in (_total(found.total), _partners(found), _lowest(found)) if sentence]


def _total(total: Share) -> str:
    sentence = f"Posts were represented at {of(total)} chances ({percent(total)})"
    if total.by_unknown == total.there:
        return f"{sentence}."
    return f"{sentence}: {who(total)}."


def who(share: Share) -> str:
    """Who came, in numbers: ``345 times by the member, 35 times by a deputy or substitute``."""
    parts = [
        f"{number} {'time' if number == 1 else 'times'} {whom}"
        for number, whom in (
            (share.in_person, "by the member in person"),
            (share.stood_in, "by a deputy or substitute"),
            (share.by_unknown, "by somebody whom the record does not name"),
        )
        if number
    ]
    return ", ".join(parts) or "never"


def _partners(found: Matrix) -> str:
    counted = [partner for partner in found.partners if partner.share.of]
    every_time = [partner for partner in counted if partner.share.there == partner.share.of]
    if len(every_time) == len(counted):
        return "Every partner had somebody there every time."
    return f"{len(every_time)} of {len(counted)} partners had somebody there every time."


def _lowest(found: Matrix) -> str:
    low = [row for row in lowest_first(found.members) if row.share.of and 100 * row.share.there < LOW * row.share.of]
    if not low:
        return ""
    named = [f"{row.post.title} ({of(row.share)})" for row in low[:LOWEST]]
    more = len(low) - len(named)
    named = [*named, f"{more} more"] if more else named
    return f"Represented less than half the time: {_listed(named)}."


def _listed(words: list[str]) -> str:
    return " and ".join(["; ".join(words[:-1]), words[-1]] if words[:-1] else words)


def notes(found: Matrix) -> list[str]:
    """What the figures leave out, and what their source lacks."""
    return [note for note in _notes(found) if note]


def _notes(found: Matrix) -> list[str]:
    sittings = [column.sitting for column in found.columns]
    return [
        *dict.fromkeys(sitting.note for sitting in sittings if not sitting.has_day),
        *(_outside(found, row) for row in found.others),
        _unknown(found),
        "It is not said who came, so that “represented” may be a deputy." if found.total.by_unknown else "",
        "The days of the meetings are not given." if any(not sitting.has_day for sitting in sittings) else "",
        _not_applicable(found),
        _not_recorded(found),
        _cancelled(found.cancelled),
        "Quorum: not stated." if sittings and all(sitting.quorum == "not stated" for sitting in sittings) else "",
    ]


def _outside(found: Matrix, row: Row) -> str:
    return (
        f"{row.post.title} attends without being a member and stands outside the totals. With every row counted: "
        f"{of(found.printed)} ({percent(found.printed)})."
    )


def _unknown(found: Matrix) -> str:
    if not found.count(State.UNKNOWN):
        return ""
    return "No reasons are given, so that apologies and absence without word cannot be told apart."


def _not_applicable(found: Matrix) -> str:
    if not found.count(State.NOT_APPLICABLE):
        return ""
    return "A post counts only for the meetings at which it had a member: n/a is no absence."


def _not_recorded(found: Matrix) -> str:
    number = found.count(State.NOT_RECORDED)
    if not number:
        return ""
    return f"{number} of these chances {'is' if number == 1 else 'are'} not recorded, and count as not represented."


def _cancelled(number: int) -> str:
    if not number:
        return ""
    return "1 cancelled meeting is left out." if number == 1 else f"{number} cancelled meetings are left out."
