"""Who ends what others hold, when it ends, and what is never left without anybody."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.spans import first_left_empty
from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import ALLOWED, Refusal, refused
from partnerships.explaining import words
from partnerships.models import Office
from partnerships.roles import Act
from partnerships.standing import standing_of

ONE_DAY = dt.timedelta(days=1)
LATEST = dt.timedelta(days=366)  # a year ahead: whoever plans further mistyped the year
# Specified roles that somebody must hold at any time; the value says for whom, as a look-up from the person.
NEVER_EMPTY = {
    Office.Kind.TEAM: "",
    Office.Kind.INFORMATION_GOVERNANCE: "",
    Office.Kind.SYSTEM_ADMINISTRATOR: "",
    Office.Kind.AGENCY_ADMINISTRATOR: "agency",
}


def may_end(user, person):
    """The team ends what anybody of the area holds; an agency administrator, what people of their organisation do."""
    standing = standing_of(user)
    if person.area_id in standing.area_ids:
        reach = standing.reach(Act.END_PLACES)
        if reach.area or (reach.agency is not None and reach.agency == person.agency_id):
            return ALLOWED
    return refused("Only the support team, and the administrator of their organisation, end what somebody holds.")


def moment_of_end(day, now):
    """
    The moment at which what ends on ``day`` is over: now for today, and for a later day the end of that day.

    Raises Refusal for a day that is over, and for one more than a year ahead.
    """
    today = timezone.localdate(now)
    if day < today:
        raise Refusal("That day is over. Enter today or a later day.", "day")
    if day > today + LATEST:
        last = wording.day(today + LATEST)
        raise Refusal(f"That day is more than a year ahead. Enter {last} or an earlier day.", "day")
    return now if day == today else timezone.make_aware(dt.datetime.combine(day + ONE_DAY, dt.time()))


def is_there_to_end(person, holds):
    """
    Whether somebody can leave at all: they hold or will hold something, or their account is in use.

    ``holds`` says the first as far as whoever looks may know it. What they may not know of changes nothing: it is worth
    something only to an account in use.
    """
    return bool(holds) or (person.user is not None and person.user.is_active)


def last_of(person, given_up, at):
    """
    Why ``person`` cannot give up the specified roles ``given_up`` (holdings) at ``at``; empty where they can.

    A role counts as held only by somebody who can sign in: nobody else could do what it is for. Whoever holds it until
    a day is no help after that day, so it is asked of all the time for which ``person`` would have held it.
    """
    for kind, same in NEVER_EMPTY.items():
        spans = [(max(role.starts_at, at), role.ends_at) for role in given_up if role.what == kind]
        if not spans:
            continue
        others = Office.objects.filter(area=person.area_id, kind=kind, person__user__is_active=True)
        if same:
            others = others.filter(**{f"person__{same}": getattr(person, f"{same}_id")})
        gap = first_left_empty(spans, others.exclude(person=person).values_list("starts_at", "ends_at"))
        if gap is not None:
            of_agency = f" of {person.agency}" if same and person.agency else ""
            later = f" from {wording.day(timezone.localtime(gap))} on" if gap > at else ""
            return f"{person.post} is the last {words.ROLES[kind]}{of_agency}{later}. Name another first."
    return ""
