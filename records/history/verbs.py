"""
The words of each verb that the history knows: what somebody did, as a sentence says it after their post.

Each app registers its own in ``AppConfig.ready()``; a test looks through the sources for a verb without words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

THING = "{thing}"


class Group(StrEnum):
    """What sort of act it is; the value is its word in the search."""

    CHANGED = "changed"
    READ = "read"
    ACCESS = "access"
    SIGNED_IN = "signed in"
    DENIED = "denied"


@dataclass(frozen=True)
class Verb:
    """
    A verb of the history.

    ``says`` follows the post of whoever did it and may hold ``{thing}``, in whose place its name stands for those who
    may see it. ``fields`` names the fields whose value before is shown with it, each with its word.
    """

    name: str
    says: str
    group: Group = Group.CHANGED
    fields: Mapping[str, str] = field(default_factory=dict)


# By name. Filled by the apps in AppConfig.ready().
VERBS: dict[str, Verb] = {}


def register(*verbs):
    """Make the words of ``verbs`` known."""
    for verb in verbs:
        VERBS[verb.name] = verb


def of(name):
    """The verb called ``name``; one without words is told all the same, so that nothing vanishes from the history."""
    return VERBS.get(name) or Verb(name, f"did something that has no words yet ({name})")


def named(*groups):
    """The names of the verbs of these groups."""
    return sorted(verb.name for verb in VERBS.values() if verb.group in groups)
