"""What a new version of terms of reference changes: rule by rule, as sentences, and which meetings it will judge."""

from partnerships.structure.stating import approved, statements

GONE, NEW, CHANGED = "gone", "new", "changed"
SIGNS = {
    GONE: ("gone", "dash", "Gone: now not stated"),
    NEW: ("new", "plus", "New"),
    CHANGED: ("waiting", "pencil", "Changed"),
}


def between(before, after):
    """The changes from ``before`` (None: there were no terms) to ``after`` as rows; what stays is left out."""
    return [*_rows(_stated(before), _stated(after)), *_rows(_words(before), _words(after))]


def _stated(terms):
    return [(label, words) for label, words in statements(terms) if words]


def _words(terms):
    if terms is None:
        return []
    said = [("Approved", approved(terms)), ("Summary", terms.summary)]
    return [*(pair for pair in said if pair[1]), *((f"note: {note}", str(note)) for note in terms.notes)]


def _rows(before, after):
    old, new = dict(before), dict(after)
    found = []
    for key in dict.fromkeys([*old, *new]):
        what = GONE if key not in new else NEW if key not in old else CHANGED
        if what == CHANGED and old[key] == new[key]:
            continue
        tone, icon, word = SIGNS[what]
        found.append(
            {
                "what": what,
                "label": _label(key),
                "before": old.get(key, ""),
                "after": new.get(key, ""),
                "tone": tone,
                "icon": icon,
                "word": word,
            }
        )
    return found


def _label(key):
    head, _colon, _words = key.partition(": ")
    return head[:1].upper() + head[1:]
