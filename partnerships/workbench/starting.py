"""What lies on the workbench to begin with: nothing, a board's membership, or a real meeting; and whose rules."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from django.utils import timezone

from mktogether.lib.filters import named
from partnerships import queries
from partnerships.models import Body, TermsOfReference
from partnerships.sources import SOURCES, Taken
from partnerships.workbench.bench import Bench, Names, Place


@dataclass(frozen=True)
class Start:
    """The bench to begin with, whose membership it is, and the meeting that was taken over, if one was."""

    bench: Bench
    body: Body | None = None
    meeting: Taken | None = None
    terms: TermsOfReference | None = None


def start(user, asked, now, *, typed=None):
    """
    What was asked for: ``board`` (slug), ``meeting`` (its id) and ``rules`` (slug/first day).

    ``typed`` are rules that somebody is writing elsewhere, instead of those of any edition.
    """
    meeting = _meeting(user, named(asked, "meeting"))
    body = _body(user, named(asked, "board"), meeting)
    bench = _bench(body, meeting, now)
    if typed is not None:
        return Start(replace(bench, terms=typed), body, meeting)
    terms = _terms(user, named(asked, "rules")) or (body.terms_on(bench.day) if body else None)
    return Start(replace(bench, terms=terms.rules if terms else ""), body, meeting, terms)


def _meeting(user, text):
    try:
        return SOURCES.meeting(user, uuid.UUID(text))
    except ValueError:
        return None


def _body(user, slug, meeting):
    if meeting is not None:
        return Body.objects.visible_to(user).filter(pk=meeting.body_id).first()
    return queries.board_of(user, slug) if slug else None


def _bench(body, meeting, now):
    if meeting is not None:
        return meeting.bench
    today = timezone.localdate(now)
    return Bench(day=today, places=membership(body, now) if body else ())


def _terms(user, text):
    slug, _slash, day = text.partition("/")
    try:
        begins = dt.date.fromisoformat(day)
    except ValueError:
        return None
    bodies = Body.objects.visible_to(user).filter(slug=slug)
    return TermsOfReference.objects.filter(body__in=bodies, starts_on=begins).select_related("body").first()


def membership(body, at):
    """The places of ``body`` at ``at`` with their members and named deputies, nobody ticked."""
    agencies = queries.places_by_agency(body, at)
    return places_of(
        Row(
            agency=row["counts_as"] or row["agency_short"],
            title=row["title"],
            classes=(*row["agency_classes"], *row["classes"], *row["in_chair"]),
            votes=row["votes"],
            counts=row["counts"],
            holder_id=-row["id"] if row["post_only"] else row["holder_id"],  # the post itself, which is nobody's id
            holder=row["holder"],
            deputies=tuple(row["deputies"]),
        )
        for places in agencies
        for row in places
    )


@dataclass(frozen=True)
class Row:
    """A place as it is stored: its member and its deputies by their own keys, with their posts."""

    agency: str
    title: str
    classes: tuple[str, ...]
    votes: bool
    counts: bool
    holder_id: int | None
    holder: str | None
    deputies: tuple[tuple[int, str], ...]


def places_of(rows):
    """
    The places of the bench for ``rows``, in their order.

    A place is called after its member's post, which is what reasons name; a rule can still speak of it by its own
    title. Somebody who holds two places, or deputises for one and holds another, stays one person.
    """
    rows = list(rows)
    names, people, keys = Names(), {}, []
    for row in rows:
        key = names.take(row.holder or row.title)
        keys.append(key)
        if row.holder_id is not None:
            people.setdefault(row.holder_id, key)
    return tuple(_place(row, key, names, people) for row, key in zip(rows, keys, strict=True))


def _place(row, key, names, people):
    for person, post in row.deputies:
        if person not in people:
            people[person] = names.take(post)
    title = row.holder or row.title
    held_by = people.get(row.holder_id) if row.holder_id is not None else None
    return Place(
        key=key,
        agency=row.agency,
        title=title,
        classes=tuple(dict.fromkeys(row.classes)),
        votes=row.votes,
        counts=row.counts,
        holder="" if held_by == key else held_by,
        deputies=tuple(people[person] for person, _post in row.deputies),
        also_called=(row.title,) if row.title != title else (),
    )


def editions(user):
    """The versions of terms of reference that somebody can try, as (value, words), by board, the latest first."""
    found = (
        TermsOfReference.objects.filter(body__in=Body.objects.visible_to(user))
        .order_by("body__name", "-starts_on")
        .values_list("body__slug", "body__name", "edition", "starts_on")
    )
    return [(f"{slug}/{begins}", f"{name}: {edition}") for slug, name, edition, begins in found]
