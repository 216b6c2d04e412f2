"""What everything that somebody holds opens to them, by how far it reaches, each with the reason."""

from dataclasses import dataclass, field, replace

from partnerships.explaining import words
from partnerships.explaining.holdings import GRANTED
from partnerships.explaining.reasons import standing_by
from partnerships.granting import subjects
from partnerships.standing import BODY, ROLE_OF

AREA, BOARD, AGENCY, THING, UNADMINISTERED = range(5)  # the order in which the page shows how far something reaches


@dataclass
class Scope:
    """Something that acts reach: the area, a board or group, an organisation, one thing; with the acts by reason."""

    title: str
    href: str = ""
    acts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    @property
    def lines(self):
        """(the acts, the reasons for them) in words."""
        return [(acts, "; ".join(because)) for because, acts in self.acts.items()]


def titled(user, holdings):
    """``holdings`` with what their grants are about, as far as ``user`` may know it."""
    names = subjects.named(user, [holding for holding in holdings if holding.kind == GRANTED])
    return [
        replace(holding, title=names[key].title, board_href=names[key].address)
        if (key := (holding.subject, holding.subject_id)) in names
        else holding
        for holding in holdings
    ]


def together(holdings):
    """
    ``holdings`` with several of one kind as one where nothing tells them apart: "lead of 12 cases".

    Of what asks for a fresh check these pages say the kind alone. One leads to its page, several to their list; both
    ask for the check, and name it.
    """
    alike = {}
    for holding in holdings:
        key = (holding.person, holding.what, holding.subject) if is_nameless(holding) else (holding.kind, holding.pk)
        alike.setdefault(key, []).append(holding)
    return [found[0] if len(found) == 1 else _as_one(found) for found in alike.values()]


def is_nameless(holding):
    """Whether ``holding``, with its title, is a grant for a thing that is told by its kind alone."""
    return holding.kind == GRANTED and bool(holding.title) and subjects.about_what_asks_afresh(holding)


def several(label, things):
    """What so many ``things`` (their ids) of the kind ``label`` are called, which are told by their kind alone."""
    return subjects.SUBJECTS[label].several(len(things))


def _as_one(found):
    first = found[0]
    began, ends = [held.starts_at for held in found], [held.ends_at for held in found]
    return replace(
        first,
        title=several(first.subject, {held.subject_id for held in found}),
        board_href=subjects.SUBJECTS[first.subject].list_address,
        starts_at=min(began),
        ends_at=min(ends),
        differs=len(set(map(words.moment, began))) > 1 or len(set(map(words.moment, ends))) > 1,
    )


def scopes(person, holdings):
    """What ``holdings``, all in force, let ``person`` do: the widest first, boards and groups by name."""
    reasons = {}
    for holding in holdings:
        if holding.what in ROLE_OF:
            for key, act, because in _opened(person, holding):
                reasons.setdefault(key, {}).setdefault(act, []).append(because)
    found = []
    for _order, title, href in sorted(reasons):
        scope = Scope(title, href)
        for act, because in reasons[_order, title, href].items():
            scope.acts.setdefault(tuple(dict.fromkeys(because)), []).append(act)
        found.append(scope)
    return found


def _opened(person, holding):
    """(where, act, because) for all that one holding opens, in words; where is (order, title, address)."""
    standing = standing_by(person, [holding])
    for act in holding.role.may:
        reach = standing.reach(act)
        if reach.area:
            yield (AREA, "In the whole area", ""), act.value, words.because(holding)
        for body in reach.bodies:
            yield _board(holding, body), act.value, words.because(holding, above=holding.overseen(body)[0])
        if reach.agency is not None:
            yield (AGENCY, f"For {person.agency}", ""), act.value, words.because(holding)
        if reach.unadministered:
            yield (UNADMINISTERED, "For people without an agency administrator", ""), act.value, words.because(holding)
        if any(label != BODY for label in reach.objects) and (said := subjects.SUBJECTS[holding.subject].says(act)):
            title = words.capitalised(holding.title or words.UNKNOWN_THING)
            yield (THING, title, holding.board_href), said, words.because(holding)


def _board(holding, body):
    if body != holding.body:
        return BOARD, *holding.overseen(body)
    return BOARD, holding.board or holding.title, holding.board_href
