"""Who keeps a case: members of the team, at least one at any time, and how many are left when one goes."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mktogether.lib.spans import first_left_empty, overlap, without
from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import Refusal
from partnerships.granting import subjects
from partnerships.models import Exclusion, Grant, Office
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded

LAST = "They are the last who keep this case. Put somebody else on it first."
LAST_FROM = "They are the last who keep this case from {day} on. Put somebody else on it first."
FOUND = "who keeps it decides what may be done; nobody is shown the rows"


def reaching(grants, at):
    """Those of ``grants`` that let somebody in at ``at``: in force, with their ground, and nobody who is excluded."""
    alike = {name: OuterRef(name) for name in ("person", "subject", "subject_id")}
    excluded = Exclusion.objects.regardless("they are what is hidden").filter(in_force(at), **alike).order_by()
    return grants.filter(in_force(at), grounded(at), ~Exists(excluded))


def keepers(thing, at):
    """The ids of the people who keep ``thing`` at ``at``: leads still in the team, with an account, not excluded."""
    return keepers_of(thing._meta.label, thing.pk, at)


def keepers_of(label, pk, at):
    """The same of the thing of the kind ``label`` with the id ``pk``."""
    return {kept.person for kept in times_kept(label, pk, at) if kept.begins <= at}


def is_of_team(person, area_id, at):
    """Whether ``person`` is in the team of the area at ``at`` and can sign in."""
    offices = Office.objects.in_force(at).filter(kind=Office.Kind.TEAM, area=area_id)
    return offices.filter(person=person.pk, person__area=area_id, person__user__is_active=True).exists()


class Kept(NamedTuple):
    """For how long somebody keeps something by one grant."""

    grant: int
    person: int
    begins: object
    ends: object


def times_kept(label, pk, at):
    """
    For how long, from ``at`` on, who keeps the thing of the kind ``label`` with the id ``pk``: a list of Kept.

    What ``reaching`` says of a moment, of all the time: a lead's grant counts for as long as they are in the team, and
    not while they are excluded. Nobody keeps anything whose account is switched off.
    """
    leads = Grant.objects.regardless(FOUND).filter(kind=Grant.Kind.CASE_LEAD, subject=label, subject_id=pk)
    leads = leads.filter(ends_at__gt=at, person__user__is_active=True).order_by("pk")
    people = leads.values("person")
    offices = _spans(Office.objects.filter(kind=Office.Kind.TEAM, person__in=people))
    exclusions = _spans(Exclusion.objects.regardless(FOUND).filter(subject=label, subject_id=pk, person__in=people))
    return [
        Kept(grant, person, *span)
        for grant, person, begins, ends in leads.values_list("pk", "person", "starts_at", "ends_at")
        for span in without(overlap([(max(begins, at), ends)], offices[person]), exclusions[person])
    ]


def _spans(rows):
    """person -> the spans of their rows."""
    found = defaultdict(list)
    for person, begins, ends in rows.order_by().values_list("person", "starts_at", "ends_at"):
        found[person].append((begins, ends))
    return found


def first_left(label, pk, at, *, person_id, grant_id=None, within=None):
    """
    The first moment from ``at`` on at which nobody keeps the thing once ``person_id`` goes; None where somebody stays.

    They go by each of their grants, or by ``grant_id`` alone; for good, or in the spans ``within``. Whoever stays until
    a day is no help after that day, so it is asked of all the time for which whoever goes would have kept it. Holds the
    thing until the transaction ends, so that of two who leave at the same moment one stays. What the first of them did
    while the second waited may be later than ``at``, the moment at which the second began; so it is asked from the
    moment on when the wait is over.
    """
    things = subjects.SUBJECTS[label].model._default_manager.regardless("held while it is counted who keeps it")
    list(things.select_for_update(of=("self",), no_key=True).filter(pk=pk).values_list("pk"))
    going, staying = [], []
    for kept in times_kept(label, pk, max(at, timezone.now())):
        span = [(kept.begins, kept.ends)]
        if kept.person != person_id or grant_id not in {None, kept.grant}:
            staying += span
        elif within is None:
            going += span
        else:
            going += overlap(span, within)
            staying += without(span, within)
    return first_left_empty(going, staying)


def refuse_last(thing, person_id, at, *, grant_id=None):
    """Raise Refusal where ``person_id`` is the last who keeps ``thing``, if it is of a kind that people keep."""
    subject = subjects.of(thing)
    if Grant.Kind.CASE_LEAD not in subject.kinds:
        return
    gap = first_left(subject.label, thing.pk, at, person_id=person_id, grant_id=grant_id)
    if gap is not None:
        later = gap > max(at, timezone.now())
        raise Refusal(LAST_FROM.format(day=wording.day(timezone.localtime(gap))) if later else LAST)
