"""
The kinds of thing that a grant or an exclusion can be about.

The app that owns a kind of thing registers it in ``AppConfig.ready()``; grants and exclusions name a thing by its kind
and id, and know no more of it than what stands here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.models import Body, Grant
from partnerships.roles import Act

NOTHING = "Something that is not there any more"


@dataclass(frozen=True)
class Subject:
    """A kind of thing: how it is found, called and reached, and which grants there are for it."""

    model: type
    noun: str  # what people call it, such as "item"
    kinds: frozenset[str]  # the kinds of grant that it can be the subject of
    title: Callable  # title(thing) -> its name, for those who may know of it
    address: Callable  # address(thing) -> the address of its page
    body: str = ""  # the look-up that leads to the board or group whose chair answers for it; empty: nobody by rank
    can_exclude: bool = True  # whether somebody can be excluded from it for a conflict of interest
    related: tuple[str, ...] = ()  # what titles and addresses need, for select_related
    hides_existence: bool = False  # whether nobody may know that it is there without a grant
    manage: Act = Act.PROPOSE_GRANTS  # the act of those who say who is let in
    find_by_reference: Callable | None = None  # find_by_reference(text) -> the thing, where its existence is hidden

    @property
    def label(self):
        """The kind of thing as grants and exclusions name it."""
        return self.model._meta.label

    def visible_to(self, user):
        """The things of this kind that ``user`` may see."""
        return self.model._default_manager.visible_to(user).select_related(*self.related)

    def on_bodies(self, body_ids):
        """The ids of the things of this kind on these boards and groups, as a query to be used inside another."""
        if not (self.body and body_ids):
            return []
        things = self.model._default_manager.regardless("ids for a query that says itself who may see its rows")
        return things.filter(**{f"{self.body}__in": body_ids}).values("pk")

    def body_of(self, thing):
        """The id of the board or group whose chair answers for ``thing``; None where nobody does by rank."""
        for part in self.body.split("__") if self.body else ():
            thing = getattr(thing, part)
        return getattr(thing, "pk", thing) if self.body else None


# By label. Filled by the apps in AppConfig.ready().
SUBJECTS: dict[str, Subject] = {}


def register(subject):
    """Let grants and exclusions be about this kind of thing."""
    SUBJECTS[subject.label] = subject


def of(thing):
    """The kind of ``thing``, which is an instance of a registered model."""
    return SUBJECTS[thing._meta.label]


def found(user, label, pk):
    """The thing that a grant or an exclusion is about, if ``user`` may see it; None otherwise."""
    subject = SUBJECTS.get(label)
    return subject.visible_to(user).filter(pk=pk).first() if subject else None


def named(user, rows):
    """
    What grants or exclusions are about, as ``user`` may know it: (kind of thing, id) -> (title, address).

    A query for each kind of thing, whatever the number of rows. What they may not see is left out.
    """
    wanted = {}
    for row in rows:
        wanted.setdefault(row.subject, set()).add(row.subject_id)
    names = {}
    for label, ids in wanted.items():
        subject = SUBJECTS.get(label)
        for thing in subject.visible_to(user).filter(pk__in=ids) if subject else ():
            names[label, thing.pk] = (subject.title(thing), subject.address(thing))
    return names


BODY = Subject(
    model=Body,
    noun="board or group",
    kinds=frozenset({Grant.Kind.LAY_MEMBER, Grant.Kind.DEMOCRATIC_SERVICES}),
    title=lambda body: body.name,
    address=lambda body: body.get_absolute_url(),
    body="pk",
    can_exclude=False,
)
