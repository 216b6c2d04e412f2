"""Keeping somebody from a thing for a conflict of interest, and letting them see it again."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import keeping, notices, people, rules, subjects
from partnerships.granting.actions import checks
from partnerships.models import Exclusion
from partnerships.standing import standing_of
from records import history, submissions

DECLARED = "/access/declared/"


@transaction.atomic
def exclude(thing, person, reason, *, by, submission=None):
    """
    Keep ``person`` from ``thing`` for a conflict of interest: from now on it is not there for them, whatever they hold.

    Somebody's own declaration is the same act, by themselves; the chairs and the team are told of either. Raises
    Refusal without a reason, for somebody of another area, and where they are excluded already.
    """
    claimed = submissions.claim(submission, by=by)
    me = standing_of(by).person
    own = me is not None and me.pk == person.pk
    checks.refuse(rules.may_withdraw(by, thing) if own else rules.may_exclude(by, thing))
    if not reason.strip():
        raise Refusal("Enter the interest, in a few words.", "reason")
    if person.area_id != thing.area_id:
        raise Refusal("That person belongs to another area.", "person")
    checks.take_turns(person)
    if people.excluded_from(thing).filter(person=person).exists():
        raise Refusal("They are excluded already.", "person")
    keeping.refuse_last(thing, person.pk, timezone.now())
    exclusion = Exclusion.objects.create(
        area_id=thing.area_id,
        person=person,
        subject=thing._meta.label,
        subject_id=thing.pk,
        reason=reason.strip(),
        declared_by=me,
        starts_at=timezone.now(),
    )
    verb = "interest.declared" if own else "exclusion.made"
    history.record(
        verb, exclusion, by=by, within=thing, changes={"person": (None, person.pk), "reason": (None, reason.strip())}
    )
    _tell(exclusion, thing, own)
    submissions.leads_to(claimed, DECLARED if own else subjects.of(thing).address(thing))
    return exclusion


def _tell(exclusion, thing, own):
    told = [person for person in people.who_keeps(thing) if person.pk != exclusion.declared_by_id]
    what = "Somebody has declared an interest and withdraws." if own else "Somebody was excluded for an interest."
    notices.tell(told, exclusion, what, key="made", href=subjects.of(thing).address(thing))


@transaction.atomic
def end_exclusion(exclusion, because, *, by):
    """Let somebody see again what they were kept from. Never by themselves, and never without a reason."""
    now = timezone.now()
    rows = Exclusion.objects.regardless("held while it is ended; who may is asked below")
    exclusion = rows.select_for_update(of=("self",)).get(pk=exclusion.pk)
    thing = checks.thing_of(exclusion)
    checks.refuse(rules.may_end_exclusion(by, exclusion, thing, now))
    if not because.strip():
        raise Refusal("Enter why it ends.", "because")
    exclusion.ends_at, exclusion.ended_by, exclusion.ended_because = now, standing_of(by).person, because.strip()
    exclusion.save()
    history.record("exclusion.ended", exclusion, by=by, within=thing, changes={"ends_at": (None, now)})
    return exclusion
