"""Reads of cases for their pages: who is on one and why, who is kept out, who read it, and what was done."""

import datetime as dt
import uuid
from collections import namedtuple
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, DateTimeField, F, Max, Q

from meetings.models import Meeting
from mktogether.lib.prepared import Prepared
from partnerships.granting import keeping
from partnerships.models import Agency, Body, Exclusion, Grant, Office, Person
from partnerships.models.dated import in_force
from partnerships.standing import standing_of
from records.models import Event
from reviews import kinds
from reviews.models import (
    Case,
    CaseDate,
    CaseDeadline,
    CaseHold,
    CasePerson,
    DecisionCorrection,
    PanelDecision,
    PanelPlace,
    Referral,
)
from reviews.rules.likeness import Incident

LABEL = Case._meta.label
READ = ("case.read", "case.details_read")
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


# --- History ----------------------------------------------------------------------------------------------------------


def reads_of(case):
    """Every time that somebody was shown ``case``, the last first."""
    return _reads(case.pk).order_by("-id")


def _reads(pk):
    return Event.objects.filter(target=LABEL, target_id=pk, verb__in=READ)


READERS_OF = Prepared(
    lambda case: (
        _reads(case)
        .order_by()
        .values("actor_id")
        .annotate(times=Count("id"), last=Max("at"))
        .order_by("-last")
        .values_list("actor_id", "times", "last")
    ),
    case=BigIntegerField(),
)


def readers_of(case):
    """Who has read ``case``, who did last first: (account, how often, when last); one query."""
    return READERS_OF(case=case.pk)


def posts_of(account_ids):
    """The posts of accounts, by their ids; one query."""
    return dict(Person.objects.filter(user__in=set(account_ids)).values_list("user_id", "post"))


# --- Choices of forms -------------------------------------------------------------------------------------------------


def rest_of_team(user, now):
    """The other members of the team who can sign in: of them one is the second on a case."""
    me = standing_of(user).person
    team = Office.objects.in_force(now).filter(kind=Office.Kind.TEAM, area=me.area_id)
    people = Person.objects.filter(area=me.area_id, user__is_active=True, pk__in=team.values("person"))
    return people.exclude(pk=me.pk)


# --- The time of a case -----------------------------------------------------------------------------------------------

OF_DEADLINE = (
    *("code", "started_on", "unit", "amount", "due_on", "held_since", "met_on", "missed_because"),
    *("case__public_id", "case__reference", "case__kind"),
)


def deadline_rows(deadlines):
    """``deadlines`` as light rows for a list: named values."""
    return deadlines.values_list(*OF_DEADLINE, named=True)


def deadline_counts(deadlines, today):
    """How many of ``deadlines`` wait, are missed, are due within a week, and are on hold; one query."""
    unmet = Q(met_on__isnull=True)
    soon = Q(due_on__range=(today, today + dt.timedelta(days=7)))
    return deadlines.aggregate(
        open=Count("id", filter=unmet),
        missed=Count("id", filter=unmet & Q(due_on__lt=today)),
        soon=Count("id", filter=unmet & soon),
        held=Count("id", filter=unmet & Q(held_since__isnull=False)),
    )


Deadline = namedtuple("Deadline", OF_DEADLINE)
DEADLINES_OF = Prepared(
    lambda case: (
        CaseDeadline.objects.regardless(FOUND)
        .filter(case=case)
        .order_by(F("due_on").asc(nulls_last=True), "code")
        .values_list(*OF_DEADLINE)
    ),
    case=BigIntegerField(),
)
DATES_OF = Prepared(
    lambda case: CaseDate.objects.regardless(FOUND).filter(case=case).values_list("event", "on"),
    case=BigIntegerField(),
)


def deadlines_of(case):
    """The deadlines of ``case`` as light rows, in the order in which they are due; one query."""
    return [Deadline(*row) for row in DEADLINES_OF(case=case.pk)]


def dates_of(case):
    """The days of the events of ``case``, by the key of the event; one query."""
    return dict(DATES_OF(case=case.pk))


def holds_of(case):
    """The holds of ``case`` with who put it on hold and who ended that; one query."""
    rows = CaseHold.objects.regardless(FOUND).filter(case=case)
    return list(rows.select_related("held_by__person", "ended_by__person"))


# --- The panel --------------------------------------------------------------------------------------------------------


def panel_of(case):
    """Who sits on the panel of ``case``, by the key of the place; one query."""
    rows = PanelPlace.objects.regardless(FOUND).filter(case=case).select_related("person__agency")
    return {row.key: row.person for row in rows}


DECISIONS_OF = Prepared(
    lambda case: (
        PanelDecision.objects.regardless(FOUND)
        .filter(case=case)
        .order_by("-id")
        .values_list("public_id", "outcome_name", "decided_on")
    ),
    case=BigIntegerField(),
)
PLACES_OF = Prepared(
    lambda case: (
        PanelPlace.objects.regardless(FOUND)
        .filter(case=case)
        .values_list("key", "person__post", "person__agency__short_name")
    ),
    case=BigIntegerField(),
)


def decisions_of(case):
    """What the panel decided about ``case``, the last first: (address part, outcome, day); one query."""
    return DECISIONS_OF(case=case.pk)


def places_of(case):
    """Who sits on the panel of ``case``, by the key of the place: (post, organisation); one query."""
    return {key: (post, agency) for key, post, agency in PLACES_OF(case=case.pk)}


def corrections_of(decision):
    """What was corrected in the record of ``decision``, with who did; one query."""
    rows = DecisionCorrection.objects.regardless(FOUND).filter(decision=decision)
    return list(rows.select_related("by__person"))


def sittings_for(user):
    """The sittings of panels that ``user`` sees, the last first: what a decision can be linked to."""
    found = Meeting.objects.visible_to(user).filter(body__kind=Body.Kind.PANEL, cancelled_at__isnull=True)
    return found.select_related("body").order_by("-starts_at")


def people_in(case):
    """Who the people in ``case`` are; one query."""
    return list(CasePerson.objects.regardless(FOUND).filter(case=case))


# --- Referrals --------------------------------------------------------------------------------------------------------

OF_REFERRAL = (
    *("public_id", "number", "kind", "happened", "known_on", "referred_at", "decided_at", "closed_because"),
    *("person__post", "case__reference", "case__public_id"),
)
OF_COMPARED = ("kind", "known_on", "happened", "number", "public_id")
A_YEAR = dt.timedelta(days=365)
MOST_COMPARED = 500


WAITING = Prepared(
    lambda area: (
        Referral.objects.regardless("whether there are any; nobody is shown one by it")
        .filter(area=area, decided_at__isnull=True)
        .order_by()
        .values_list("id")[:1]
    ),
    area=BigIntegerField(),
)


def waiting_near(user, known_on):
    """Referrals that ``user`` sees and that wait, known within a year of ``known_on``; two queries, or one for none."""
    if not WAITING(area=standing_of(user).person.area_id):
        return []
    near = (known_on - A_YEAR, known_on + A_YEAR)
    rows = Referral.objects.visible_to(user).waiting().filter(known_on__range=near)
    return [
        (Incident(kind, on, words), f"Referral {number}", f"/cases/referrals/{public_id}/")
        for kind, on, words, number, public_id in rows.values_list(*OF_COMPARED)[:MOST_COMPARED]
    ]


def referral_rows(referrals):
    """``referrals`` as light rows for a list: named values."""
    return referrals.values_list(*OF_REFERRAL, named=True)


def agencies_of_area(area_id):
    """The organisations of an area, for a form."""
    return Agency.objects.filter(area=area_id).order_by("short_name")


def compared_with(user, known_on, *, but=None):
    """
    What could be about the same as an incident that was known on ``known_on``: referrals and cases that ``user`` sees.

    Those known within a year before or after, the nearest in number bounded; ``but`` is the referral itself. Each as
    (what is compared, title, address); two queries.
    """
    near = (known_on - A_YEAR, known_on + A_YEAR)
    referrals = Referral.objects.visible_to(user).filter(known_on__range=near, case__isnull=True)
    if but is not None:
        referrals = referrals.exclude(pk=but.pk)
    of_referrals = referrals.values_list(*OF_COMPARED)[:MOST_COMPARED]
    begins = {kind.begins for kind in kinds.every().values()}
    dates = CaseDate.objects.visible_to(user).filter(event__in=begins, on__range=near).order_by("-on")
    names = ("case__kind", "on", "case__about", "case__reference", "case__public_id", "event")
    of_cases = dates.values_list(*names)[:MOST_COMPARED]
    return [
        *(
            (Incident(kind, on, words), f"Referral {number}", f"/cases/referrals/{public_id}/")
            for kind, on, words, number, public_id in of_referrals
        ),
        *(
            (Incident(kind, on, words), reference, f"/cases/{public_id}/")
            for kind, on, words, reference, public_id, event in of_cases
            if kinds.every()[kind].begins == event
        ),
    ]
