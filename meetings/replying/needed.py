"""Whose reply to the invitation is wanted, and of those first the ones without whom it would not be quorate."""

from dataclasses import dataclass

from meetings import forecast, roster
from meetings.models import Reply

UNDECIDED = {"", Reply.Answer.TENTATIVE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    A member who has not said yes or no, or whose deputy cannot come.

    ``is_needed``: it is not quorate on the replies, and they would help.
    """

    person_id: int
    seat_id: int
    title: str
    answer: str  # empty, that they perhaps come, or that they send the deputy who cannot
    is_needed: bool


def wanted(meeting):
    """
    The members of ``meeting`` whose reply is wanted, those who are needed for its quorum first, then by their place.

    Who comes first is what the rules of the board say of the replies so far: the smallest number of people whose
    coming would make it quorate. Those who attend without a place to fill are asked last. Four queries.
    """
    places = roster.places(meeting)
    found = forecast.of(meeting, places)
    order = {chase.seat: rank for rank, chase in enumerate(found.chase)}
    waiting = [place for place in places if place.holder_id is not None and _is_open(place)]
    needed = set() if found.judgement.is_quorate else set(order)
    waiting.sort(key=lambda place: (order.get(str(place.seat_id), len(places)), place.in_attendance))
    return [
        Wanted(place.holder_id, place.seat_id, place.title, place.answer, str(place.seat_id) in needed)
        for place in waiting
    ]


def _is_open(place):
    return place.answer in UNDECIDED or place.deputy_stays_away
