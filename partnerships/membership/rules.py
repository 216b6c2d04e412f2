"""When what somebody is named for begins and ends, and what stands in its way. Each refusal names its field."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.templatetags.wording import day as in_words
from mktogether.lib.verdict import Refusal
from partnerships.arrangements.rules import ineligible, overlap
from partnerships.explaining import words
from partnerships.models import Chairing, Office
from partnerships.rules.names import listed

EARLIEST = dt.date(2000, 1, 1)


def first_moment(day, now):
    """The moment at which what begins on ``day`` begins: now for today, and else the beginning of that day."""
    return now if day == timezone.localdate(now) else timezone.make_aware(dt.datetime.combine(day, dt.time()))


def moment_after(day):
    """The moment at which what ends on ``day`` is over; None where it goes on."""
    return None if day is None else timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def last_day(moment):
    """The last day of what is over at ``moment``."""
    return timezone.localdate(moment - dt.timedelta(microseconds=1))


def span(starts_on, ends_on, now):
    """From when until when, as moments. Raises Refusal for an end before the start."""
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(f"It begins on {in_words(starts_on)}. Enter a last day that is not before that.", "ends_on")
    starts_at, ends_at = first_moment(starts_on, now), moment_after(ends_on)
    return starts_at, ends_at


def refuse_outside(seat, starts_at, ends_at):
    """Nobody is named for a place before there is one, or after it is gone."""
    if starts_at < seat.starts_at:
        raise Refusal(f"The place is there from {in_words(timezone.localtime(seat.starts_at))}.", "starts_on")
    if seat.ends_at is not None and starts_at >= seat.ends_at:
        raise Refusal(f"The last day of this place is {in_words(last_day(seat.ends_at))}.", "starts_on")
    if seat.ends_at is not None and ends_at is not None and ends_at > seat.ends_at:
        raise Refusal(f"The last day of this place is {in_words(last_day(seat.ends_at))}.", "ends_on")


def refuse_overlap(starts_at, ends_at, others, *, what):
    """Raises Refusal where one of ``others``, rows with a person, holds at the same moment."""
    clash = next((row for row in others if overlap([(starts_at, ends_at), (row.starts_at, row.ends_at)])), None)
    if clash is not None:
        until = f" to {in_words(last_day(clash.ends_at))}" if clash.ends_at else ""
        since = in_words(timezone.localtime(clash.starts_at))
        after = f"Enter a first day after {in_words(last_day(clash.ends_at))}" if clash.ends_at else "End that first"
        raise Refusal(f"{clash.person.post} {what} from {since}{until}. {after}.", "starts_on")


def refuse_ineligible(person, terms, at):
    """Raises Refusal where ``person`` holds a specified role whose holders may not be members by ``terms``."""
    if terms is None or not terms.barred_offices:
        return
    held = Office.objects.in_force(at).filter(person=person).values_list("kind", flat=True)
    barred = ineligible(held, terms.barred_offices)
    if barred:
        named = listed([words.ROLES.get(kind, kind) for kind in barred])
        raise Refusal(f"{person.post} is {named}. By the terms, nobody who is may be a member.", "person")


def among(terms, part):
    """The partners among which the chair turns, by the terms."""
    if terms is None:
        return []
    return terms.chair_among if part == Chairing.Part.CHAIR else terms.vice_among


def chosen_by(terms, part):
    """How somebody comes to the chair, by the terms; empty where that is not stated."""
    if terms is None:
        return ""
    return terms.chair_by if part == Chairing.Part.CHAIR else terms.vice_by
