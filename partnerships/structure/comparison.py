"""Two editions side by side, ready to be written out."""

from django.utils.html import format_html, format_html_join

from mktogether.lib.states import tag
from partnerships.arrangements.comparing import NAME, PLACES, STATUS, Fate, What, marked, sentences
from partnerships.rules.names import listed

LOOKS = {
    What.CHANGED: ("waiting", "pencil", "Changed"),
    What.GONE: ("gone", "dash", "Gone"),
    What.NEW: ("new", "plus", "New"),
    What.SAME: ("neutral", "tick", "The same"),
}
FATES = {
    Fate.CLOSED: ("gone", "dash", "Gone"),
    Fate.ADDED: ("new", "plus", "New"),
    Fate.SUCCEEDED: ("waiting", "arrow", "Succeeded"),
    Fate.PRECEDED: ("waiting", "arrow", "Came before"),
}
KEPT = format_html("<i>{}</i>", "Not stated")
# These say what a board is and not what its terms state: empty, they are none and not "not stated".
OF_THE_BOARD = {NAME, STATUS, PLACES}


def context(found, *, board, only_changes):
    """The context of the page of the comparison ``found``; ``board`` is the number of the pair to show in full."""
    chosen = _chosen(found, board)
    pair = found.pairs[chosen] if chosen is not None else None
    return {
        "older": found.older.name,
        "newer": found.newer.name,
        "says_nothing": found.says_nothing,
        "counts": _counts(found),
        "pairs": [_in_list(pair, number, number == chosen) for number, pair in enumerate(found.pairs)],
        "heading": _heading(pair) if pair else "",
        "sentences": sentences(pair) if pair else (),
        "rows": [_row(row) for row in pair.rows if not only_changes or row.what != What.SAME] if pair else [],
        "chosen": chosen,
        "moves": _moves(found),
        "only_changes": only_changes,
    }


def _chosen(found, asked):
    """The pair that was asked for; else the first with changes, else the first."""
    if asked.isascii() and asked.isdigit() and int(asked) < len(found.pairs):
        return int(asked)
    changed = (number for number, pair in enumerate(found.pairs) if pair.changes)
    return next(changed, 0 if found.pairs else None)


def _counts(found):
    """How much changed, as tags: rules first, then boards."""
    numbers = [
        (*LOOKS[What.CHANGED][:2], found.count(What.CHANGED), "changed"),
        (*LOOKS[What.GONE][:2], found.count(What.GONE), "gone: now not stated"),
        (*LOOKS[What.NEW][:2], found.count(What.NEW), "new"),
        *(
            (*FATES[fate][:2], number, f"{'board' if number == 1 else 'boards'} {words}")
            for fate, words in ((Fate.CLOSED, "gone"), (Fate.ADDED, "new"))
            if (number := len(found.fates(fate)))
        ),
    ]
    return [tag(tone, icon, f"{number} {words}") for tone, icon, number, words in numbers if number]


def _in_list(pair, number, current):
    before, after = pair.before, pair.after
    return {
        "number": number,
        "first": before.name if before else "",
        "is_new": before is None,
        "then": after.name if after and (before is None or after.name != before.name) else "",
        "is_gone": after is None,
        "state": _state(pair),
        "current": current,
    }


def _state(pair):
    if pair.fate in (Fate.CLOSED, Fate.ADDED):
        return tag(*FATES[pair.fate])
    number = len(pair.changes)
    if not number:
        return tag("neutral", "tick", "No changes")
    return tag("waiting", "pencil", f"{number} change{'' if number == 1 else 's'}")


def _heading(pair):
    before, after = (board.name if board else "" for board in (pair.before, pair.after))
    return before if before == after or not after else f"{before} → {after}" if before else after


def _row(row):
    old, new = marked(row.before, row.after)
    changed = row.what in (What.CHANGED, What.GONE, What.NEW)
    return {
        "label": row.label,
        "before": _pieces(old, "del") if changed and row.before else row.before or _empty(row),
        "after": _pieces(new, "ins") if changed and row.after else row.after or _empty(row),
        "tag": tag(*LOOKS[row.what]),
    }


def _empty(row):
    return "None" if row.label in OF_THE_BOARD else KEPT


def _pieces(pieces, element):
    """A text of which what is not in both editions is struck or underlined."""
    made = [words if same else format_html("<{0}>{1}</{0}>", element, words) for words, same in pieces]
    return format_html_join(" ", "{}", ((piece,) for piece in made))


def _moves(found):
    boards = [board for edition in (found.older, found.newer) for board in edition.boards]
    names = {board.key: board.name for board in boards}
    shorts = {place.heir: place.agency for board in boards for place in board.places}
    return [
        f"{shorts[move.heir]}: the place “{move.title}” left {listed([names[key] for key in move.before])}, and came "
        f"to {listed([names[key] for key in move.after])}."
        for move in found.moves
    ]
