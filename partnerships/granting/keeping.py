"""Who keeps a case: members of the team, at least one at any time, and how many are left when one goes."""

from django.db.models import Exists, OuterRef

from mktogether.lib.verdict import Refusal
from partnerships.granting import subjects
from partnerships.models import Exclusion, Grant, Office
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded

LAST = "They are the last who keep this case. Put somebody else on it first."


def reaching(grants, at):
    """Those of ``grants`` that let somebody in at ``at``: in force, with their ground, and nobody who is excluded."""
    alike = {name: OuterRef(name) for name in ("person", "subject", "subject_id")}
    excluded = Exclusion.objects.regardless("they are what is hidden").filter(in_force(at), **alike).order_by()
    return grants.filter(in_force(at), grounded(at), ~Exists(excluded))


def keepers(thing, at):
    """The ids of the people who keep ``thing`` at ``at``: leads still in the team, with an account, not excluded."""
    grants = Grant.objects.regardless("who keeps it decides what may be done; nobody is shown the rows")
    leads = grants.filter(kind=Grant.Kind.CASE_LEAD, subject=thing._meta.label, subject_id=thing.pk)
    return set(reaching(leads, at).filter(person__user__is_active=True).values_list("person_id", flat=True))


def is_of_team(person, area_id, at):
    """Whether ``person`` is in the team of the area at ``at`` and can sign in."""
    offices = Office.objects.in_force(at).filter(kind=Office.Kind.TEAM, area=area_id)
    return offices.filter(person=person.pk, person__area=area_id, person__user__is_active=True).exists()


def refuse_last(thing, person_id, at):
    """
    Raise Refusal where ``person_id`` is the last who keeps ``thing``, if that is a kind of thing that people keep.

    Holds the thing until the transaction ends, so that of two who leave at the same moment one stays.
    """
    if Grant.Kind.CASE_LEAD not in subjects.of(thing).kinds:
        return
    things = type(thing)._default_manager.regardless("held while it is counted who keeps it")
    things.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)
    if keepers(thing, at) == {person_id}:
        raise Refusal(LAST)
