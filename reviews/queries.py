"""Reads of cases for their pages: who is on one and why, who is kept out, who read it, and what was done."""

from django.db.models import Count, Max, Q

from partnerships.granting import keeping
from partnerships.models import Exclusion, Grant, Office, Person
from partnerships.models.dated import in_force
from partnerships.standing import standing_of
from records.models import Event
from reviews.models import Case

LABEL = Case._meta.label
READ = "case.read"
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


def people_on(case, now):
    """The grants that let somebody see ``case`` now, with person, agency and who said so; one query."""
    return list(_ordered(keeping.reaching(_grants_on(case), now)))


def people_to_come(case, now):
    """The grants on ``case`` that wait for approval, or are approved and have not begun; one query."""
    to_approve = Q(starts_at__isnull=True, refused_at__isnull=True, ended_by__isnull=True, wanted_until__gt=now)
    to_begin = Q(starts_at__gt=now, ends_at__gt=now)
    return list(_ordered(_grants_on(case).filter(to_approve | to_begin)))


def exclusions_from(case, now):
    """Who is kept from ``case`` now; one query."""
    rows = Exclusion.objects.regardless(FOUND).filter(in_force(now), subject=LABEL, subject_id=case.pk)
    return list(rows.select_related("person__agency").order_by("starts_at", "id"))


def _grants_on(case):
    return Grant.objects.regardless(FOUND).filter(subject=LABEL, subject_id=case.pk)


def _ordered(grants):
    named = ("person__agency", "proposed_by", "approved_by", "second")
    return grants.select_related(*named).order_by("kind", "proposed_at", "id")


# --- History ----------------------------------------------------------------------------------------------------------


def readers_of(case):
    """Who has read ``case``, who did last first: (account, how often, when last); one query."""
    reads = reads_of(case).order_by().values("actor_id").annotate(times=Count("id"), last=Max("at"))
    return list(reads.order_by("-last").values_list("actor_id", "times", "last"))


def reads_of(case):
    """Every time that somebody was shown ``case``, the last first."""
    return Event.objects.filter(target=LABEL, target_id=case.pk, verb=READ).order_by("-id")


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
