"""
What follows from somebody's leaving in the apps above, which they register in ``AppConfig.ready()``.

``tell(user, changes)`` answers with a panel that says what would change, or None; it tells ``user`` no more than they
may see. ``hand_over(person, successor, *, at, by)`` passes on what the person was to do, in the transaction of the act,
and answers with a sentence that says what it passed on, or with nothing. ``let_go(person, *, at, by)`` does the same
for what a leaver was to do that nobody else does for them. ``left(person, *, by)`` says after all of it, in a sentence
or with nothing, what stays in the leaver's name.
"""

from collections.abc import Callable

# (order, tell(user, changes) -> Panel | None)
TELLING: list[tuple[int, Callable]] = []
# hand_over(person, successor, *, at, by) -> str
HANDING_OVER: list[Callable] = []
# let_go(person, *, at, by) -> str
LETTING_GO: list[Callable] = []
# left(person, *, by) -> str
STAYING: list[Callable] = []


def tell_of(tell, *, order):
    """Show what ``tell(user, changes)`` answers before somebody's places end, the lowest ``order`` first."""
    TELLING.append((order, tell))
    TELLING.sort(key=lambda entry: entry[0])


def pass_on(hand_over):
    """Let ``hand_over`` pass on to a successor what somebody who leaves was to do."""
    HANDING_OVER.append(hand_over)


def release(let_go):
    """Let ``let_go`` take somebody who leaves out of what they were to do."""
    LETTING_GO.append(let_go)


def stay(left):
    """Let ``left`` say what stays in the name of somebody who leaves."""
    STAYING.append(left)


def told(user, changes):
    """The panels that have something to say."""
    return [panel for panel in (tell(user, changes) for _order, tell in TELLING) if panel is not None]


def handed_over(person, successor, *, at, by):
    """Pass everything on, and say what it was."""
    return [said for said in (act(person, successor, at=at, by=by) for act in HANDING_OVER) if said]


def released(person, *, at, by):
    """Take the leaver out of everything, and say what it was."""
    return [said for said in (act(person, at=at, by=by) for act in LETTING_GO) if said]


def staying(person, *, by):
    """What stays in the leaver's name when everything else is done, as far as ``by`` may see it."""
    return [said for said in (left(person, by=by) for left in STAYING) if said]
