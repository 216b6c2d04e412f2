"""
The sections of the portal, as the head of every page names them.

An app adds its own in ``AppConfig.ready()``; one that is not for everybody says for whom.
"""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.access import may_see_people
from partnerships.granting.rules import may_ask_for_emergency
from partnerships.roles import Act
from partnerships.standing import standing_of
from partnerships.story.sight import may_search


def for_everybody(user):
    """A section that everybody who is signed in finds in the head of the page."""
    return True


def whoever_may(*acts):
    """Only those who may do one of ``acts`` somewhere: a guest of one thing finds no section that is empty for them."""

    def shown(user):
        standing = standing_of(user)
        return any(standing.opens(act) for act in acts)

    return shown


def asks_in_emergency(user):
    """Whoever may ask for emergency access, and does not find it among all that there is about access."""
    return bool(may_ask_for_emergency(user)) and not may_see_people(user)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portal: its name, where it begins, who finds it named, and what else lies in it."""

    label: str
    href: str
    also: tuple[str, ...] = ()  # where addresses begin that lie in it too
    shown: Callable = for_everybody  # shown(user); asked at every page, so without a query beside the standing


STRUCTURE = ("/partners/", "/arrangements/")
# (order, section), the lowest first
SECTIONS: list[tuple[int, Section]] = [
    (10, Section("Home", "/")),
    (20, Section("Meetings", "/meetings/", shown=whoever_may(Act.READ, Act.SEE_STRUCTURE))),
    (
        30,
        Section(
            "Boards and groups", "/boards/", ("/partners/", "/arrangements/"), shown=whoever_may(Act.SEE_STRUCTURE)
        ),
    ),
    (40, Section("Actions", "/actions/", shown=whoever_may(Act.READ, Act.READ_AGENCY_ACTIONS, Act.SEE_STRUCTURE))),
    (55, Section("History", "/history/", shown=may_search)),
    (60, Section("Access", "/access/", ("/people/",), shown=may_see_people)),
    (60, Section("Emergency access", "/access/emergency/", shown=asks_in_emergency)),
]


def add(section, *, order):
    """Name ``section`` in the head of every page, among the others by its ``order``."""
    SECTIONS.append((order, section))
    SECTIONS.sort(key=lambda entry: entry[0])


def of(user, path):
    """The sections that ``user`` finds, with the one in which ``path`` lies marked as current."""
    return [
        {"label": section.label, "href": section.href, "current": _holds(section, path)}
        for _order, section in SECTIONS
        if section.shown(user)
    ]


def _holds(section, path):
    begins = (section.href, *section.also)
    return path == section.href or (section.href != "/" and path.startswith(begins))
