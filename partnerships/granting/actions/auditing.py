"""The grants of a yearly audit: one for each case that it reaches, made and ended with the audit and by nobody else."""

from django.db import transaction

from mktogether.lib.verdict import Refusal
from partnerships.granting import rules
from partnerships.granting.actions import checks
from partnerships.models import Grant
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import history

NOT_THEIRS = "Only the independent scrutineer audits the rapid reviews of a year."


def may_audit(user):
    """The independent scrutineer, and nobody else: it follows from the role."""
    return bool(standing_of(user).reach(Act.AUDIT_CASES).area)


@transaction.atomic
def audit(thing, person, *, by, reason, now, until):
    """
    Let ``person``, the scrutineer, read ``thing`` until ``until``; ``by`` is whose act it follows from.

    Nobody approves it: the audited do not choose what the scrutineer sees. An exclusion beats it, as it beats every
    grant. Raises Refusal for anybody but the scrutineer of the area.
    """
    if person.user is None or person.area_id != thing.area_id or not may_audit(person.user):
        raise Refusal(NOT_THEIRS)
    grant = checks.new_grant(
        Grant.Kind.AUDIT, thing, person, by=person, second=None, reason=reason, now=now, begins=now, until=until
    )
    grant.starts_at, grant.ends_at = now, until
    grant.save()
    history.record("grant.audited", grant, by=by, within=checks.about(grant), changes=checks.told(grant))
    return grant


@transaction.atomic
def end_audited(grant, because, *, by, now):
    """End one grant of an audit before its day; what is over already stays as it is."""
    grant = checks.held(grant)
    if grant.kind != Grant.Kind.AUDIT:
        raise Refusal(rules.NOT_THERE.reason)
    if grant.is_in_force(now):
        before = grant.ends_at
        grant.ends_at, grant.ended_by, grant.ended_because = now, grant.person, because
        grant.save()
        history.record(
            "grant.ended", grant, by=by, within=checks.about(grant), changes={"ends_at": (before, grant.ends_at)}
        )
    return grant
