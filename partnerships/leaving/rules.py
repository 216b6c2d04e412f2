"""Who ends what others hold, when it ends, and what is never left without anybody."""

import datetime as dt

from django.utils import timezone

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


def last_of(person, kinds, at):
    """
    Why ``person`` cannot give up the specified roles ``kinds`` at ``at``, as a sentence; empty where they can.

    A role counts as held only by somebody who can sign in: nobody else could do what it is for.
    """
    for kind, same in NEVER_EMPTY.items():
        if kind not in kinds:
            continue
        others = Office.objects.in_force(at).filter(area=person.area_id, kind=kind, person__user__is_active=True)
        if same:
            others = others.filter(**{f"person__{same}": getattr(person, f"{same}_id")})
        if not others.exclude(person=person).exists():
            of_agency = f" of {person.agency}" if same and person.agency else ""
            return f"{person.post} is the last {words.ROLES[kind]}{of_agency}. Name another first."
    return ""
