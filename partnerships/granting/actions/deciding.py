"""Approving, refusing, ending and reviewing what was proposed."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import keeping, notices, people, rules
from partnerships.granting.actions import checks, guests
from partnerships.models import Grant
from partnerships.models.grants import EMERGENCY
from partnerships.standing import standing_of
from records import history

PROPOSER_LEFT = "Whoever proposed this may not do so any more. Somebody else has to propose it."


@transaction.atomic
def approve_grant(grant, *, by):
    """
    Approve, as the second person, what somebody else proposed; an urgent grant is confirmed, an emergency opened.

    Both are looked at again: who approves must still be one who may, and who proposed it too; and whoever is let in
    must not have been excluded since. Raises Refusal for anybody else, and for what was decided or is too late.
    """
    now = timezone.now()
    grant = checks.held(grant)
    thing = checks.thing_of(grant)
    checks.refuse(rules.may_decide(by, grant, now))
    checks.refuse(rules.may_be_second(by, grant.kind, thing, proposer=grant.proposed_by, person=grant.person))
    _refuse_lapsed_proposer(grant, thing)
    checks.refuse_kept_out(grant.person, thing)
    grant.approved_at, grant.approved_by = now, standing_of(by).person
    grant.starts_at = grant.starts_at or max(grant.wanted_from, now)
    grant.ends_at = grant.starts_at + EMERGENCY if grant.kind == Grant.Kind.EMERGENCY else grant.wanted_until
    if grant.kind != Grant.Kind.EMERGENCY:  # which is over before anybody could look again
        grant.review_on = checks.review_day(grant.starts_at)
    grant.save()
    changes = {"approved_at": (None, now), "ends_at": (None, grant.ends_at)}
    if grant.kind == Grant.Kind.EMERGENCY:
        history.record("emergency.opened", grant, by=by, within=checks.about(grant), changes=changes)
        _tell_everybody(grant)
    else:
        history.record("grant.approved", grant, by=by, within=checks.about(grant), changes=changes)
        notices.tell([grant.person, grant.proposed_by], grant, "Access was approved.", key="approved")
        guests.invite_if_new(grant.person, by=by)
    return grant


def _tell_everybody(grant):
    told = [*people.told_of_emergency(grant), grant.person]
    ends = f"Open until: {notices.moment(grant.ends_at)}"
    notices.tell(told, grant, "Emergency access is open.", key="open", until=ends)


def _refuse_lapsed_proposer(grant, thing):
    user = grant.proposed_by.user
    if user is None:
        raise Refusal(PROPOSER_LEFT)
    emergency = grant.kind == Grant.Kind.EMERGENCY
    still = rules.may_open_in_emergency(user, thing) if emergency else rules.may_propose(user, grant.kind, thing)
    if not still:
        raise Refusal(PROPOSER_LEFT)


@transaction.atomic
def refuse_grant(grant, because, *, by):
    """Say no, as the person who was asked, and why. What worked already because it was urgent ends now."""
    now = timezone.now()
    grant = checks.held(grant)
    checks.refuse(rules.may_decide(by, grant, now))
    if not because.strip():
        raise Refusal("Enter why it is refused.", "because")
    grant.refused_at, grant.refused_by, grant.refused_because = now, standing_of(by).person, because.strip()
    worked = grant.starts_at is not None
    if worked:
        grant.ends_at = max(now, grant.starts_at)
    grant.save()
    history.record(
        "grant.refused", grant, by=by, within=checks.about(grant), changes={"refused_because": (None, because.strip())}
    )
    told = [grant.proposed_by, *([grant.person] if worked else [])]
    notices.tell(told, grant, "Access was refused.", key="refused")
    return grant


@transaction.atomic
def end_grant(grant, because, *, by):
    """End a grant before its day, or take a proposal back. Raises Refusal without a reason, and where it is over."""
    now = timezone.now()
    grant = checks.held(grant)
    thing = checks.thing_of(grant)
    checks.refuse(rules.may_end(by, grant, thing, now))
    if not because.strip():
        raise Refusal("Enter why it ends.", "because")
    if grant.kind == Grant.Kind.CASE_LEAD:
        keeping.refuse_last(thing, grant.person_id, now, grant_id=grant.pk)
    before = grant.ends_at
    grant.ended_by, grant.ended_because = standing_of(by).person, because.strip()
    worked = grant.starts_at is not None
    if worked:
        grant.ends_at = max(now, grant.starts_at)
    grant.save()
    history.record(
        "grant.ended", grant, by=by, within=checks.about(grant), changes={"ends_at": (before, grant.ends_at)}
    )
    told = [grant.person, grant.proposed_by] if worked else [grant.second]
    notices.tell([person for person in told if person is not None], grant, "Access was ended.", key="ended")
    return grant


@transaction.atomic
def review_grant(grant, *, by):
    """Say, after 90 days, that a grant is still needed; it is looked at again 90 days on."""
    now = timezone.now()
    grant = checks.held(grant)
    checks.refuse(rules.may_review(by, grant, checks.thing_of(grant), now))
    changes = history.changed(grant, review_on=checks.review_day(now))
    grant.save(update_fields=["review_on"])
    history.record("grant.reviewed", grant, by=by, within=checks.about(grant), changes=changes)
    return grant
