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
    return keepers_of(thing._meta.label, thing.pk, at)


def keepers_of(label, pk, at):
    """The same of the thing of the kind ``label`` with the id ``pk``."""
    grants = Grant.objects.regardless("who keeps it decides what may be done; nobody is shown the rows")
    leads = grants.filter(kind=Grant.Kind.CASE_LEAD, subject=label, subject_id=pk)
    return set(reaching(leads, at).filter(person__user__is_active=True).values_list("person_id", flat=True))


def is_of_team(person, area_id, at):
    """Whether ``person`` is in the team of the area at ``at`` and can sign in."""
    offices = Office.objects.in_force(at).filter(kind=Office.Kind.TEAM, area=area_id)
    return offices.filter(person=person.pk, person__area=area_id, person__user__is_active=True).exists()


def is_last(person_id, label, pk, at):
    """
    Whether ``person_id`` is the only one who keeps the thing of the kind ``label`` with the id ``pk``.

    Holds the thing until the transaction ends, so that of two who leave at the same moment one stays.
    """
    things = subjects.SUBJECTS[label].model._default_manager.regardless("held while it is counted who keeps it")
    list(things.select_for_update(of=("self",), no_key=True).filter(pk=pk).values_list("pk"))
    return keepers_of(label, pk, at) == {person_id}


def refuse_last(thing, person_id, at):
    """Raise Refusal where ``person_id`` is the last who keeps ``thing``, if it is of a kind that people keep."""
    subject = subjects.of(thing)
    if Grant.Kind.CASE_LEAD in subject.kinds and is_last(person_id, subject.label, thing.pk, at):
        raise Refusal(LAST)
