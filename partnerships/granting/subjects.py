"""
The kinds of thing that a grant or an exclusion can be about.

The app that owns a kind of thing registers it in ``AppConfig.ready()``; grants and exclusions name a thing by its kind
and id, and know no more of it than what stands here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError

from partnerships.models import Body, Grant
from partnerships.roles import Act

NOTHING = "something that is not there any more"


class Name(NamedTuple):
    """What grants and exclusions are about, as somebody may know it."""

    title: str
    address: str
    happens: dt.datetime | None = None  # the moment of that which somebody is let in for, where there is one


@dataclass(frozen=True)
class Subject:
    """A kind of thing: how it is found, called and reached, and which grants there are for it."""

    model: type
    noun: str  # what people call it, such as "item"
    path: str  # how addresses about access to it name its kind, such as "items"
    kinds: frozenset[str]  # the kinds of grant that it can be the subject of
    title: Callable  # title(thing) -> its name, for those who may know of it
    address: Callable  # address(thing) -> the address of its page
    opens: tuple[tuple[Act, str], ...] = ()  # what a grant lets somebody do with it, in words; empty: as roles say it
    part: str = ""  # what of it a grant opens, where that is not the whole of it, such as "the confidential part of"
    invitation: str = "Let somebody in"  # the words of the link to propose a grant for it
    on_withdrawal: str = ""  # what else follows for somebody who is kept from it, in sentences
    key: str = "public_id"  # the field by which addresses name one of them
    body: str = ""  # the look-up that leads to the board or group whose chair answers for it; empty: nobody by rank
    can_exclude: bool = True  # whether somebody can be excluded from it for a conflict of interest
    related: tuple[str, ...] = ()  # what titles and addresses need, for select_related
    order: tuple[str, ...] = ("-pk",)  # in which order they are offered
    hides_existence: bool = False  # whether nobody may know that it is there without a grant
    manage: Act = Act.PROPOSE_GRANTS  # the act of those who say who is let in
    suits: Callable = lambda kind, thing: True  # suits(kind, thing): whether that kind of grant is for this very thing
    reads: Callable = lambda user, thing: False  # reads(user, thing): whether an emergency would open nothing new
    list_address: str = ""  # where those that one sees are listed, if they are
    asks_afresh: bool = False  # whether one confirms that it is oneself before an act about it
    opened: Callable = lambda thing, *, by, method: None  # called where a page about it is shown that names it
    happens: Callable = lambda thing: None  # happens(thing) -> the moment of that which somebody is let in for, or None
    find_by_reference: Callable | None = None  # find_by_reference(text) -> the thing, where its existence is hidden

    @property
    def label(self):
        """The kind of thing as grants and exclusions name it."""
        return self.model._meta.label

    @property
    def unseen(self):
        """What a grant opens, to somebody who may know of the grant and not of the thing: its kind, not which."""
        return f"{self.part} {self.one} that you do not see".strip()

    @property
    def keepers(self):
        """Who is told of interests in one of them, and lets somebody see it again."""
        return "those who keep it" if self.hides_existence else "the chair and the team"

    @property
    def one(self):
        """``a case``: one of them, and no word of which."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    def several(self, number):
        """``12 cases``: so many of them, and no word of which."""
        return self.one if number == 1 else f"{number} {self.noun}s"

    def name_outside(self, thing):
        """What ``thing`` is called on pages other than its own; of what asks for a fresh check, its kind alone."""
        return self.one if self.asks_afresh else self.title(thing)

    def named(self, thing):
        """``thing`` as pages other than its own name it, to somebody for whom it was found."""
        return Name(self.name_outside(thing), self.address(thing), self.happens(thing))

    def kinds_for(self, thing):
        """The kinds of grant that can be proposed for ``thing``, in the order of their list."""
        return [kind for kind in Grant.Kind if kind in self.kinds - {Grant.Kind.EMERGENCY} and self.suits(kind, thing)]

    def visible_to(self, user):
        """The things of this kind that ``user`` may see."""
        return self.model._default_manager.visible_to(user).select_related(*self.related)

    def says(self, act):
        """What ``act`` is, done to one of them, in words; empty where it does nothing with one."""
        return dict(self.opens).get(act, "") if self.opens else act.value

    def find(self, user, key):
        """The thing of this kind that addresses call ``key``, if ``user`` may see it; None otherwise."""
        try:
            value = self.model._meta.get_field(self.key).to_python(key)
        except ValidationError:
            return None
        return self.visible_to(user).filter(**{self.key: value}).first()

    def address_for(self, thing, act):
        """The address of the page where ``act`` ("let-in", "exclude", "withdraw") is done about ``thing``."""
        return f"/access/{self.path}/{getattr(thing, self.key)}/{act}/"

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


def asks_afresh(path):
    """Whether acts about the kind of thing that addresses call ``path`` ask somebody to confirm that it is they."""
    return any(subject.asks_afresh for subject in SUBJECTS.values() if subject.path == path)


def about_what_asks_afresh(row):
    """Whether ``row``, a grant or an exclusion, is about a kind of thing whose pages ask for a fresh check."""
    return row.subject in SUBJECTS and SUBJECTS[row.subject].asks_afresh


def hides_existence(row):
    """Whether ``row``, a grant or an exclusion, is about a kind of thing that is there for nobody without a grant."""
    return row.subject in SUBJECTS and SUBJECTS[row.subject].hides_existence


def at(user, path, key):
    """The thing that the address ``/access/<path>/<key>/`` names, if ``user`` may see it; None otherwise."""
    for subject in SUBJECTS.values():
        if subject.path == path:
            return subject.find(user, key)
    return None


def by_reference():
    """The kinds of thing that emergency access is asked for by a reference, since nobody may know of them."""
    return [subject for subject in SUBJECTS.values() if subject.find_by_reference]


def found(user, label, pk):
    """The thing that a grant or an exclusion is about, if ``user`` may see it; None otherwise."""
    subject = SUBJECTS.get(label)
    return subject.visible_to(user).filter(pk=pk).first() if subject else None


def title_of(row, names):
    """What ``row``, a grant or an exclusion, is about, by what ``named`` says of it; of what is not seen its kind."""
    if (row.subject, row.subject_id) in names:
        found = names[row.subject, row.subject_id]
        return found.title, found.address
    subject = SUBJECTS.get(row.subject)
    return (subject.unseen if subject else NOTHING, "")


def happens(row, names):
    """When that happens which ``row`` lets somebody in for, to a reader who may know it; None to every other."""
    found = names.get((row.subject, row.subject_id))
    return found.happens if found else None


def names_on_page_of(thing):
    """What ``named`` says of ``thing`` to somebody for whom it was found."""
    subject = of(thing)
    return {(subject.label, thing.pk): subject.named(thing)}


def named(user, rows):
    """
    What grants or exclusions are about, as ``user`` may know it: (kind of thing, id) -> Name.

    A query for each kind of thing, whatever the number of rows. What they may not see is left out. What asks for a
    fresh check is named by its kind alone: pages that list grants open without one, and its own page says which.
    """
    wanted = {}
    for row in rows:
        wanted.setdefault(row.subject, set()).add(row.subject_id)
    names = {}
    for label, ids in wanted.items():
        subject = SUBJECTS.get(label)
        for thing in subject.visible_to(user).filter(pk__in=ids) if subject else ():
            names[label, thing.pk] = subject.named(thing)
    return names


BODY = Subject(
    model=Body,
    noun="board or group",
    path="boards",
    invitation="Let in a guest",
    key="slug",
    kinds=frozenset({Grant.Kind.LAY_MEMBER, Grant.Kind.DEMOCRATIC_SERVICES}),
    title=lambda body: body.name,
    address=lambda body: body.get_absolute_url(),
    body="pk",
    can_exclude=False,
    suits=lambda kind, body: kind != Grant.Kind.DEMOCRATIC_SERVICES or body.kind == Body.Kind.STATUTORY,
)
