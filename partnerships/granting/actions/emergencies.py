"""Emergency access: asked for by one, confirmed by another, open for an hour, with everybody told."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import notices, rules, subjects
from partnerships.granting.actions import checks
from partnerships.models import Grant
from partnerships.models.grants import EMERGENCY
from partnerships.standing import standing_of
from records import history, submissions

HERE = "/access/emergency/"
CLOSED = "Not needed any more."


@transaction.atomic
def ask_for_emergency(thing, *, by, second, reason, submission=None):
    """
    Ask for emergency access to ``thing``: it opens for an hour when ``second`` confirms it, and everybody is told.

    A request that nobody confirms within the hour is over. Raises Refusal for who may not ask, for what they read
    already or are kept from, without a reason, and for a second person who may not confirm it.
    """
    claimed = submissions.claim(submission, by=by)
    now = timezone.now()
    checks.refuse(rules.may_open_in_emergency(by, thing))
    me = standing_of(by).person
    checks.refuse_second(second, Grant.Kind.EMERGENCY, thing, proposer=me, person=me)
    grant = checks.new_grant(
        Grant.Kind.EMERGENCY,
        thing,
        me,
        by=me,
        second=second,
        reason=reason,
        now=now,
        begins=now,
        until=now + EMERGENCY,
    )
    grant.save()
    history.record("emergency.asked", grant, by=by, within=checks.about(grant), changes=checks.told(grant))
    notices.tell(
        [second],
        grant,
        "You are asked to confirm emergency access.",
        key="proposed",
        until=f"Decide before: {notices.moment(grant.wanted_until)}",
    )
    submissions.leads_to(claimed, HERE)
    return grant


@transaction.atomic
def ask_by_reference(reference, *, by, second, reason, submission=None):
    """
    Ask for emergency access to what ``reference`` names, without being told whether there is such a thing.

    Where there is none, or none that could be opened to them, nobody is asked. That they asked is in the history either
    way, in the same words: what they, or whoever searches it, read there tells nothing of what there is.
    Raises Refusal for what does not depend on the thing: who may ask, no reason, and who cannot confirm anything.
    """
    checks.refuse(rules.may_ask_for_emergency(by))
    me = checks.person_of(by)
    if not reason.strip():
        raise Refusal(checks.NO_REASON, "reason")
    if second is None or second.pk == me.pk or second.user is None or not rules.may_ask_for_emergency(second.user):
        raise Refusal(checks.NO_SECOND, "second")
    found = (subject.find_by_reference(reference) for subject in subjects.by_reference())
    thing = next((thing for thing in found if thing is not None), None)
    history.record("emergency.asked_by_reference", None, by=by, area_id=me.area_id)  # told on nobody's page
    could_be = thing is not None and rules.may_open_in_emergency(by, thing)
    if could_be and rules.may_be_second(second.user, Grant.Kind.EMERGENCY, thing, proposer=me, person=me):
        return ask_for_emergency(thing, by=by, second=second, reason=reason, submission=submission)
    submissions.leads_to(submissions.claim(submission, by=by), HERE)
    return None


@transaction.atomic
def close_emergency(grant, *, by):
    """End one's own emergency access before its hour is over."""
    now = timezone.now()
    grant = checks.held(grant)
    me = checks.person_of(by)
    if grant.kind != Grant.Kind.EMERGENCY or grant.person_id != me.pk:
        raise Refusal(rules.NOT_THERE.reason)
    if not grant.is_in_force(now):
        raise Refusal(rules.OVER.reason)
    before = grant.ends_at
    grant.ends_at, grant.ended_by, grant.ended_because = now, me, CLOSED
    grant.save()
    history.record("emergency.closed", grant, by=by, within=checks.about(grant), changes={"ends_at": (before, now)})
    return grant
