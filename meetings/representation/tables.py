"""Representation as tables for a spreadsheet."""

from meetings.representation import rules, words
from meetings.representation.rules import State
from mktogether.lib.sheets import Sheet

STATES = {
    State.MEMBER: "member",
    State.DEPUTY: "deputy",
    State.SUBSTITUTE: "substitute",
    State.REPRESENTED: "represented",
    State.APOLOGIES: "apologies",
    State.ABSENT: "absent",
    State.UNKNOWN: "not represented, reason unknown",
    State.NOT_RECORDED: "not recorded",
    State.NOT_APPLICABLE: "not applicable",
}
PARTNER = {True: "represented", False: "not represented", None: "not applicable"}


def posts(found):
    """A row for each post, then the totals: of members, and of every row where that differs."""
    sittings = [column.sitting.short for column in found.columns]
    head = ("Partner", "Post", *sittings, "Represented", "Of", "Per cent", "By the member", "By a deputy or substitute")
    rows = [
        (row.post.partner, row.post.title, *(STATES[state] for state in row.states), *_share(row.share))
        for row in (*rules.as_printed(found.members), *rules.as_printed(found.others))
    ]
    totals = [_total("All members' posts", [column.share for column in found.columns], found.total)]
    if found.others:
        totals.append(_total("Every row", [column.printed for column in found.columns], found.printed))
    return Sheet("Posts", head, [*rows, *totals])


def partners(found):
    """A row for each partner: whether it had somebody there."""
    head = ("Partner", "Name", *(column.sitting.short for column in found.columns), "Represented", "Of", "Per cent")
    rows = [
        (partner.name, partner.long_name, *(PARTNER[there] for there in partner.there), *_share(partner.share)[:3])
        for partner in found.partners
    ]
    return Sheet("Partners", head, rows)


def notes(found):
    """The sentences of the page."""
    return Sheet("Notes", ("Note",), [(text,) for text in (*words.summary(found), *words.notes(found))])


def _total(label, shares, total):
    return ("", label, *(words.of(share) for share in shares), *_share(total))


def _share(share):
    """Who came is left empty where the source does not say."""
    who = (None, None) if share.by_unknown else (share.in_person, share.stood_in)
    return share.there, share.of, share.percent, *who


def boards(found):
    """A row for each board and group, then their total."""
    head = (
        "Board or group", "Meetings held", "Cancelled", "Places filled", "Of", "Per cent", "By the member",
        "By a deputy or substitute", "Apologies", "Absent without word", "Reason unknown", "Not recorded",
    )  # fmt: skip
    rows = [_board(one.name, [one.matrix]) for one in found]
    return Sheet("All boards", head, [*rows, _board("All", [one.matrix for one in found])])


def _board(name, matrices):
    counted = (State.APOLOGIES, State.ABSENT, State.UNKNOWN, State.NOT_RECORDED)
    return (
        name,
        sum(len(matrix.columns) for matrix in matrices),
        sum(matrix.cancelled for matrix in matrices),
        *_share(rules.together(matrices)),
        *(sum(matrix.count(state) for matrix in matrices) for state in counted),
    )
