"""Who has withdrawn from an item for a declared interest, for its quorum, its votes and its minutes."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from meetings.models import AgendaItem
from partnerships.models import Exclusion


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Somebody with an interest in an item who has a part in the meeting, and what the minutes call them."""

    person_id: int
    words: str


def recused(item, at):
    """The ids of the people who have withdrawn from ``item`` at the moment ``at``."""
    return frozenset(_exclusions(at).about(item).values_list("person_id", flat=True))


def by_item(meeting, places, at=None):
    """
    Who of ``meeting`` has withdrawn from which item at ``at`` (None: now): the id of the item to its withdrawals.

    Of those with an interest only whoever presides, holds a place or fills one (``places`` is the roster) had a part
    to withdraw from; the minutes name no others. One query.
    """
    parts = _parts(meeting, places)
    items = AgendaItem.objects.of(meeting).values("pk")
    rows = _exclusions(at or timezone.now()).filter(subject=AgendaItem._meta.label, subject_id__in=items)
    found = {}
    for item, person in rows.order_by("starts_at", "id").values_list("subject_id", "person_id"):
        if person in parts:
            found.setdefault(item, []).append(Withdrawal(person, parts[person]))
    return found


def told_of(items, at):
    """``items`` (a queryset), each told whether somebody has withdrawn from it at ``at``, so that few ask who did."""
    about = _exclusions(at).filter(subject=AgendaItem._meta.label, subject_id=OuterRef("pk"))
    return items.annotate(has_withdrawals=Exists(about))


def _exclusions(at):
    rows = Exclusion.objects.regardless("whoever sees an item is told who withdrew from it; a Sight says who sees it")
    return rows.in_force(at)


def _parts(meeting, places):
    """What the minutes call each person who has a part in the meeting."""
    parts = {}
    for place in places:
        if place.holder_id is not None:
            away = " (not at the meeting)" if place.filled_by and place.person_id != place.holder_id else ""
            parts.setdefault(place.holder_id, f"{place.holder}{away}")
    for place in places:
        if place.is_there:
            parts[place.person_id] = place.person
    if meeting.presiding_id:
        parts[meeting.presiding_id] = meeting.presiding.post
    return parts
