"""Whom access concerns: who can be asked as the second, who is told, and who can be let in or kept out."""

from django.db.models import Q
from django.utils import timezone

from partnerships.granting import keeping, rules, subjects
from partnerships.models import Body, Chairing, Exclusion, Person
from partnerships.models.dated import in_force
from partnerships.roles import Act, Within
from partnerships.standing import CHAIRING, OFFICES, ROLE_OF

OF_CHAIRS = {(part, kind): ROLE_OF[f"{CHAIRING}{part} {kind}"] for part in Chairing.Part for kind in Body.Kind}


def who_may(act, area_id, *, body_id=None, at=None):
    """
    Those with an account whose office or chair lets them do ``act`` in the whole area, or on the board ``body_id``.

    A query on the table of roles and not a look at everybody's standing; for offices and chairs it says the same.
    """
    at = at or timezone.now()
    offices = [kind for kind, role in OFFICES.items() if Within.AREA in role.may.get(act, ())]
    holds = Q(offices__kind__in=offices) & in_force(at, "offices__")
    for (part, kind), role in OF_CHAIRS.items():
        within = role.may.get(act, ())
        chairs = Q(chairings__part=part, chairings__body__kind=kind) & in_force(at, "chairings__")
        if Within.AREA in within:
            holds |= chairs
        elif Within.BODY in within and body_id is not None:
            holds |= chairs & Q(chairings__body=body_id)
    people = Person.objects.filter(area=area_id, user__is_active=True)
    return people.filter(holds).select_related("user").distinct().order_by("post")


def seconds(kind, thing, *, but):
    """Those who can be asked to approve a grant of ``kind`` on ``thing``; ``but`` are the ids of those it concerns."""
    found = who_may(rules.act_of_second(kind), thing.area_id, body_id=subjects.of(thing).body_of(thing))
    return found.exclude(pk__in=but).exclude(pk__in=excluded_from(thing))


def who_keeps(thing):
    """
    Who is told when somebody withdraws from ``thing``: the chairs and the team, and of a thing that hides that it is
    there those alone who keep it; never somebody kept from it.
    """
    if subjects.of(thing).hides_existence:
        return Person.objects.filter(pk__in=keeping.keepers(thing, timezone.now())).select_related("user")
    found = who_may(Act.EXCLUDE, thing.area_id, body_id=subjects.of(thing).body_of(thing))
    return found.exclude(pk__in=excluded_from(thing))


def told_of_emergency(grant):
    """Everybody in the area with an account who may ask for emergency access; the pages say who that is."""
    return who_may(Act.BREAK_GLASS, grant.area_id)


def excluded_from(thing, at=None):
    """The ids of the people who are kept from ``thing``, as a query to be used inside another."""
    rows = Exclusion.objects.regardless("those kept out are left out, whoever looks")
    return rows.in_force(at or timezone.now()).about(thing).values("person")


def who_can_be_let_in(thing, *, but):
    """Those with an account whom somebody could let in to ``thing``; ``but`` is the id of who proposes it."""
    return _of_area(thing, but).filter(user__is_active=True)


def who_can_be_excluded(thing, *, but):
    """The people of the area who can be kept from ``thing``; their own interest people declare themselves."""
    return _of_area(thing, but)


def _of_area(thing, but):
    people = Person.objects.filter(area=thing.area_id).exclude(pk=but).exclude(pk__in=excluded_from(thing))
    return people.select_related("agency").order_by("post", "agency__short_name")
