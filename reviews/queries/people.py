"""Who is on a case and why, who will be, and who is kept out; and whom a form offers."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import BigIntegerField, DateTimeField, Q

from mktogether.lib.prepared import Prepared
from partnerships.granting import keeping
from partnerships.models import Exclusion, Grant, Office, Person
from partnerships.models.dated import in_force
from partnerships.standing import standing_of
from reviews.models import Case

LABEL = Case._meta.label
FOUND = "about a case that was found for whoever asks"
ROW = ("id", "public_id", "kind", "reference", "about", "registered_at", "closed_at")


def case_rows(cases):
    """``cases`` as light rows for a list: named values."""
    return cases.values_list(*ROW, named=True)


def my_parts(user, case_ids, now):
    """What ``user`` is on each of the cases, and until when: id -> [(kind of grant, until)]; one query."""
    person = standing_of(user).person
    mine = Grant.objects.visible_to(user).filter(person=person, subject=LABEL, subject_id__in=case_ids)
    parts = {}
    for case, kind, until in keeping.reaching(mine, now).values_list("subject_id", "kind", "ends_at"):
        parts.setdefault(case, []).append((Grant.Kind(kind), until))
    return parts


class OnCase(NamedTuple):
    """Somebody who sees a case: by which grant, of whom, why, who said so and until when."""

    person_id: int
    post: str
    agency: str | None
    kind: str
    reason: str
    rests_on: str
    ends_at: dt.datetime
    approved_at: dt.datetime | None
    public_id: uuid.UUID
    proposed_by: str
    approved_by: str | None


PEOPLE_ON = Prepared(
    lambda case, now: (
        keeping.reaching(Grant.objects.regardless(FOUND).filter(subject=LABEL, subject_id=case), now)
        .order_by("kind", "proposed_at", "id")
        .values_list(
            *("person_id", "person__post", "person__agency__short_name", "kind", "reason", "rests_on", "ends_at"),
            *("approved_at", "public_id", "proposed_by__post", "approved_by__post"),
        )
    ),
    case=BigIntegerField(),
    now=DateTimeField(),
)


def people_on(case, now):
    """The grants that let somebody see ``case`` now, with person, agency and who said so; one query."""
    return [OnCase(*row) for row in PEOPLE_ON(case=case.pk, now=now)]


def _to_come(case, now):
    to_approve = Q(starts_at__isnull=True, refused_at__isnull=True, ended_by__isnull=True, wanted_until__gt=now)
    to_begin = Q(starts_at__gt=now, ends_at__gt=now)
    return Grant.objects.regardless(FOUND).filter(to_approve | to_begin, subject=LABEL, subject_id=case)


TO_COME = Prepared(
    lambda case, now: _to_come(case, now).order_by("id").values_list("id"), case=BigIntegerField(), now=DateTimeField()
)


def people_to_come(case, now):
    """The grants on ``case`` that wait for approval, or have not begun; two queries, or one for none."""
    ids = [pk for (pk,) in TO_COME(case=case.pk, now=now)]
    if not ids:
        return []
    named = ("person__agency", "second")
    found = Grant.objects.regardless(FOUND).filter(pk__in=ids).select_related(*named)
    return list(found.order_by("kind", "proposed_at", "id"))


class KeptOut(NamedTuple):
    """Somebody who is kept from a case."""

    post: str
    agency: str | None
    reason: str
    starts_at: dt.datetime
    public_id: uuid.UUID


EXCLUSIONS_FROM = Prepared(
    lambda case, now: (
        Exclusion.objects.regardless(FOUND)
        .filter(in_force(now), subject=LABEL, subject_id=case)
        .order_by("starts_at", "id")
        .values_list("person__post", "person__agency__short_name", "reason", "starts_at", "public_id")
    ),
    case=BigIntegerField(),
    now=DateTimeField(),
)


def exclusions_from(case, now):
    """Who is kept from ``case`` now; one query."""
    return [KeptOut(*row) for row in EXCLUSIONS_FROM(case=case.pk, now=now)]


def rest_of_team(user, now):
    """The other members of the team who can sign in: of them one is the second on a case."""
    me = standing_of(user).person
    team = Office.objects.in_force(now).filter(kind=Office.Kind.TEAM, area=me.area_id)
    people = Person.objects.filter(area=me.area_id, user__is_active=True, pk__in=team.values("person"))
    return people.exclude(pk=me.pk)
