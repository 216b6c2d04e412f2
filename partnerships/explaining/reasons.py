"""
Why somebody may do something: which of the things that they hold would let them by itself.

Every answer is asked of a :class:`~partnerships.standing.Standing`, the very object that lets people in, made of what
they hold in many rows or in one; there is no second rule of who sees what.
"""

from dataclasses import dataclass, replace

from django.db.models import Q

from partnerships.explaining import words
from partnerships.explaining.holdings import by_person, load
from partnerships.models import Exclusion, Grant, Person
from partnerships.roles import Act
from partnerships.standing import BODY, ROLE_OF, Standing


@dataclass(frozen=True)
class Need:
    """
    What a reader must be able to do: ``act`` on the board or group ``body``, or one by one on any of ``things``.

    ``things`` are (kind of thing, id), as grants name them. ``by_grant`` is for what only a grant opens, whoever may do
    the act in the whole area: an item that a guest presents, or a case.
    """

    act: Act
    body: int | None = None
    things: tuple[tuple[str, int], ...] = ()
    by_grant: bool = False

    def is_met(self, standing):
        reach = standing.reach(self.act)
        if not self.by_grant and (reach.area or self.body in reach.bodies):
            return True
        return any(pk in reach.of(label) for label, pk in self.things)


@dataclass(frozen=True)
class Reader:
    """Somebody who can read a thing, and each reason why."""

    person: Person
    because: tuple[str, ...]

    @property
    def account(self):
        """Empty where they can sign in."""
        return words.account(self.person.user)


def standing_by(person, holdings):
    """The standing of ``person`` if they held just ``holdings``."""
    return Standing(person, tuple(row for holding in holdings for row in holding.rows))


def why(person, holdings, need):
    """
    Each reason in words why ``person``, who holds ``holdings``, meets ``need``; none where they do not.

    What somebody may do grows with what they hold and never shrinks (an exclusion is asked apart), so each holding that
    is enough by itself is a reason, and where none is, all together are not either.
    """
    return tuple(
        words.because(holding, above=holding.overseen(need.body)[0])
        for holding in holdings
        if holding.what in ROLE_OF and need.is_met(standing_by(person, [holding]))
    )


@dataclass(frozen=True)
class Audience:
    """The people of an area with what they hold at a moment, of whom to ask who can read a thing."""

    people: tuple[tuple[Person, list], ...]

    def readers(self, *ways):
        """
        Who can read a thing, each with the reasons.

        A way is a tuple of needs, all of which must be met; the reasons told are those of the last. See
        :func:`ways_to_read` for those to a board or group.
        """
        asked = ((person, _reasons(person, holdings, ways)) for person, holdings in self.people)
        return [Reader(person, because) for person, because in asked if because]


def audience(area_id, *, at, things=None, hidden_by=None):
    """
    The people of an area at the moment ``at``, loaded in at most eight queries for any number of them.

    ``things`` maps (kind of thing, id) to the words for it, for the things of which grants count; ``hidden_by`` is the
    (kind, id) from which somebody can be excluded, and whoever is, is not among the people.
    """
    things = things or {}
    of_area = Person.objects.filter(area=area_id)
    theirs = by_person(load(of_area.values("pk"), grants=_grants_for(things), at=at))
    wanted = theirs.keys() - _kept_out(hidden_by, at)
    people = of_area.filter(pk__in=wanted).select_related("agency", "user").order_by("post", "id")
    return Audience(tuple((person, [_titled(holding, things) for holding in theirs[person.pk]]) for person in people))


def _titled(holding, things):
    words_for_it = things.get((holding.subject, holding.subject_id))
    return replace(holding, title=words_for_it) if words_for_it else holding


def _reasons(person, holdings, ways):
    """The reasons of every way that is open to ``person``, each once."""
    standing = standing_by(person, holdings)
    open_ways = (needs for needs in ways if all(need.is_met(standing) for need in needs))
    return tuple(dict.fromkeys(reason for needs in open_ways for reason in why(person, holdings, needs[-1])))


def _grants_for(things):
    """The grants about these things; none, and no query, where there are no things."""
    about = Q(pk__in=[])
    for label, pk in things:
        about |= Q(subject=label, subject_id=pk)
    grants = Grant.objects.regardless("who reads a thing is told to those who see its access")
    return grants.filter(about) if things else None


def _kept_out(hidden_by, at):
    """The ids of those who are excluded from the thing; no query for a thing from which nobody can be."""
    if hidden_by is None:
        return set()
    rows = Exclusion.objects.regardless("they are what is hidden").in_force(at)
    return set(rows.filter(subject=hidden_by[0], subject_id=hidden_by[1]).values_list("person", flat=True))


def ways_to_read(body):
    """The way to the ordinary business of a board or group, and the way to its confidential part."""
    granted = ((BODY, body.pk),)
    ordinary = Need(Act.READ, body.pk, granted)
    return (ordinary,), (ordinary, Need(Act.READ_CONFIDENTIAL, body.pk, granted))


def readers_of_body(body, at):
    """Who can read the ordinary business of a board or group, and who the confidential part of it; each a list."""
    people = audience(body.area_id, at=at, things={(BODY, body.pk): body.name})
    ordinary, confidential = ways_to_read(body)
    return people.readers(ordinary), people.readers(confidential)
