"""Proposing that somebody is let in, and taking the lead of a case."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from mktogether.lib.working_days import add_working_days
from partnerships.granting import keeping, notices, rules, subjects
from partnerships.granting.actions import checks, guests
from partnerships.models import Grant
from partnerships.standing import standing_of
from records import history, submissions

NOT_OF_TEAM = "Only a member of the support team keeps a case. Choose one of them."
NO_SECOND_LEAD = "Choose a second member of the team: neither yourself nor somebody who has left."


@transaction.atomic
def propose_grant(kind, thing, person, *, by, second, reason, until, begins=None, urgent=False, submission=None):
    """
    Propose that ``person`` is let in to ``thing`` from ``begins`` (None: at once) to ``until``, moments both.

    ``second`` is the person asked to approve. An ``urgent`` grant works now, and lapses at the end of the next working
    day unless it is approved by then. Raises Refusal, at the field: for oneself, without a reason, an end before the
    beginning or over twelve months on, a second person who may not approve it, or what the proposer may not propose.
    """
    claimed = submissions.claim(submission, by=by)
    grant = _propose(kind, thing, person, by, second, reason, until, begins, urgent)
    submissions.leads_to(claimed, grant.get_absolute_url())
    return grant


@transaction.atomic
def propose_guest(
    kind, thing, *, post, agency, email, by, second, reason, until, begins=None, urgent=False, submission=None
):
    """
    Propose that somebody is let in whom the portal does not know yet, by ``post``, ``agency`` (or None) and ``email``.

    They are entered with an account that opens nothing by itself; the mail with which they choose a password goes out
    when the access is approved. Raises Refusal as ``propose_grant`` and ``enter_guest`` do.
    """
    claimed = submissions.claim(submission, by=by)
    checks.refuse(rules.may_propose(by, kind, thing))
    person = guests.enter_guest(post=post, agency=agency, email=email, area=thing.area_id, by=by)
    grant = _propose(kind, thing, person, by, second, reason, until, begins, urgent)
    submissions.leads_to(claimed, grant.get_absolute_url())
    return grant


def _propose(kind, thing, person, by, second, reason, until, begins, urgent):
    now = timezone.now()
    begins = max(begins or now, now)
    checks.refuse(rules.may_propose(by, kind, thing))
    proposer = standing_of(by).person
    checks.refuse_person(person, thing, proposer=proposer)
    if kind == Grant.Kind.CASE_LEAD and not keeping.is_of_team(person, thing.area_id, now):
        raise Refusal(NOT_OF_TEAM, "person")
    checks.refuse_dates(begins, until, now)
    checks.refuse_second(second, kind, thing, proposer=proposer, person=person)
    checks.take_turns(person)
    _refuse_twice(kind, thing, person, now)
    grant = checks.new_grant(
        kind, thing, person, by=proposer, second=second, reason=reason, now=now, begins=begins, until=until
    )
    if urgent:
        _work_until_confirmed(grant, now)
    grant.save()
    history.record("grant.proposed", grant, by=by, within=checks.about(grant), changes=checks.told(grant))
    notices.tell(
        [second],
        grant,
        "You are asked to approve that somebody is let in.",
        key="proposed",
        until=f"Decide before: {notices.moment(grant.decided_before(_happens(thing, second), now))}",
    )
    if urgent:
        notices.tell([person], grant, "You are let in.", key="urgent")
        guests.invite_if_new(person, by=by)
    return grant


def _happens(thing, second):
    """When that happens for which somebody is let in, if whoever is asked may know of it."""
    return subjects.of(thing).happens(thing) if rules.sees(second.user, thing) else None


def _refuse_twice(kind, thing, person, now):
    rows = Grant.objects.regardless("a proposal that waits is not made again, whoever sees it").about(thing)
    if rows.waiting(now).filter(kind=kind, person=person).exists():
        raise Refusal("This was proposed already and waits for approval.", "person")


def _work_until_confirmed(grant, now):
    """An urgent grant holds until the end of the next working day, or until its own end if that is sooner."""
    last = add_working_days(timezone.localdate(now), 1) + dt.timedelta(days=1)
    grant.confirm_by = timezone.make_aware(dt.datetime.combine(last, dt.time()))
    grant.starts_at = grant.wanted_from
    grant.ends_at = min(grant.confirm_by, grant.wanted_until)
    if grant.ends_at <= grant.starts_at:
        raise Refusal("It begins after it would have to be confirmed. Propose it without haste.", "urgent")


@transaction.atomic
def take_case_leads(thing, people, *, by, until):
    """
    Put the member of the team who registers ``thing``, and the second whom they name, on it until ``until``.

    Nobody approves this: somebody has to keep a case from its first minute, and two do. Raises Refusal for who may not
    register cases, unless they are two of the team and ``by`` is one of them, and for somebody with an interest.
    """
    now = timezone.now()
    checks.refuse(rules.may_take_case(by, thing))
    proposer = standing_of(by).person
    if proposer not in people or len({person.pk for person in people}) < 2:
        raise Refusal(NO_SECOND_LEAD, "second")
    for person in people:
        if person.user is None or not rules.may_take_case(person.user, thing):
            raise Refusal(NO_SECOND_LEAD, "second")
    checks.refuse_dates(now, until, now)
    return [_lead(thing, person, proposer, by, now, until) for person in people]


def _lead(thing, person, proposer, by, now, until):
    checks.refuse_kept_out(person, thing, "second")
    grant = checks.new_grant(
        Grant.Kind.CASE_LEAD,
        thing,
        person,
        by=proposer,
        second=None,
        reason="Keeps the case.",
        now=now,
        begins=now,
        until=until,
    )
    grant.starts_at, grant.ends_at, grant.review_on = now, until, checks.review_day(now)
    grant.save()
    history.record("grant.taken", grant, by=by, within=checks.about(grant), changes=checks.told(grant))
    return grant
