"""Proposing, approving and ending grants, emergency access, and exclusions. Each act is signed and in history."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from mktogether.lib.verdict import Refusal
from mktogether.lib.working_days import add_working_days
from partnerships.granting import keeping, notices, rules, subjects
from partnerships.models import Exclusion, Grant, Office, Person
from partnerships.models.grounds import Ground
from partnerships.roles import Act
from partnerships.standing import standing_of, takes_part
from records import history, submissions

LONGEST = dt.timedelta(days=366)  # a grant is for twelve months at most
REVIEWED_AFTER = dt.timedelta(days=90)
EMERGENCY = dt.timedelta(hours=1)
NO_SECOND = "Choose a second person who may approve it: neither yourself nor the person who is let in."
NO_SECOND_LEAD = "Choose a second member of the team: neither yourself nor somebody who has left."
NOT_OF_TEAM = "Only a member of the MK Together Team keeps a case. Choose one of them."
NO_REASON = "Enter the reason, in a sentence that says nothing about the case itself."


@transaction.atomic
def propose_grant(kind, thing, person, *, by, second, reason, until, begins=None, urgent=False, submission=None):
    """
    Propose that ``person`` is let see ``thing`` from ``begins`` (None: at once) to ``until``, moments both.

    ``second`` is the person asked to approve. An ``urgent`` grant works now, and lapses at the end of the next working
    day unless it is approved by then. Raises Refusal, at the field: for oneself, without a reason, an end before the
    beginning or over twelve months on, a second person who may not approve it, or what the proposer may not propose.
    """
    claimed = submissions.claim(submission, by=by)
    now = timezone.now()
    begins = max(begins or now, now)
    verdict = rules.may_propose(by, kind, thing)
    if not verdict:
        raise Refusal(verdict.reason)
    proposer = standing_of(by).person
    _refuse_person(person, proposer, thing)
    if kind == Grant.Kind.CASE_LEAD and not keeping.is_of_team(person, thing.area_id, now):
        raise Refusal(NOT_OF_TEAM, "person")
    _refuse_dates(begins, until, now)
    _refuse_second(second, kind, thing, proposer=proposer, person=person)
    grant = _new(kind, thing, person, proposer, second, reason, now, begins, until)
    if urgent:
        _work_until_confirmed(grant, now)
    grant.save()
    history.record("grant.proposed", grant, by=by, within=_about(grant), changes=_told(grant))
    notices.tell([second], grant, "You are asked to approve that somebody is let see something.", key="proposed")
    submissions.leads_to(claimed, grant.get_absolute_url())
    return grant


@transaction.atomic
def take_case_leads(thing, people, *, by, until):
    """
    Put the member of the team who registers ``thing``, and the second whom they name, on it until ``until``.

    Nobody approves this: somebody has to keep a case from its first minute, and two do. Raises Refusal unless they
    are two members of the team, one of them ``by``, and neither is excluded from it.
    """
    now = timezone.now()
    proposer = standing_of(by).person
    if proposer not in people or len({person.pk for person in people}) < 2:
        raise Refusal(NO_SECOND_LEAD, "second")
    for person in people:
        if not keeping.is_of_team(person, thing.area_id, now):
            raise Refusal(NO_SECOND_LEAD, "second")
        _refuse_excluded(person, thing, "second")
    grants = []
    for person in people:
        grant = _new(Grant.Kind.CASE_LEAD, thing, person, proposer, None, "Keeps the case.", now, now, until)
        grant.starts_at, grant.ends_at, grant.review_on = now, until, _review_day(now)
        grant.save()
        history.record("grant.taken", grant, by=by, within=_about(grant), changes=_told(grant))
        grants.append(grant)
    return grants


@transaction.atomic
def approve_grant(grant, *, by):
    """
    Approve, as the second person, what somebody else proposed; an urgent grant is confirmed, an emergency opened.

    Both are looked at again: who approves must still be one who may, and who proposed it too. Raises Refusal for
    anybody else, and for what was decided already or is too late.
    """
    now = timezone.now()
    grant = _held(grant)
    thing = _thing(grant)
    _refuse_decided(grant, now)
    verdict = rules.may_be_second(by, grant.kind, thing, proposer=grant.proposed_by, person=grant.person)
    me = standing_of(by).person
    if not verdict or grant.second_id != me.pk:
        raise Refusal(verdict.reason or "Somebody else was asked to approve this.")
    _refuse_lapsed_proposer(grant, thing)
    grant.approved_at, grant.approved_by = now, me
    grant.starts_at = grant.starts_at or max(grant.wanted_from, now)
    grant.ends_at = grant.starts_at + EMERGENCY if grant.kind == Grant.Kind.EMERGENCY else grant.wanted_until
    grant.review_on = _review_day(grant.starts_at)
    grant.save()
    changes = {"approved_at": (None, now), "ends_at": (None, grant.ends_at)}
    if grant.kind == Grant.Kind.EMERGENCY:
        history.record("emergency.opened", grant, by=by, within=_about(grant), changes=changes)
        notices.tell(_everybody(grant), grant, f"Emergency access is open until {_moment(grant.ends_at)}.", key="open")
    else:
        history.record("grant.approved", grant, by=by, within=_about(grant), changes=changes)
        notices.tell([grant.person, grant.proposed_by], grant, "Access was approved.", key="approved")
    return grant


@transaction.atomic
def refuse_grant(grant, because, *, by):
    """Say no, as the person who was asked, and why. What worked already because it was urgent ends now."""
    now = timezone.now()
    grant = _held(grant)
    _refuse_decided(grant, now)
    me = standing_of(by).person
    if me is None or grant.second_id != me.pk:
        raise Refusal("Somebody else was asked to approve this.")
    if not because.strip():
        raise Refusal("Enter why it is refused.", "because")
    grant.refused_at, grant.refused_by, grant.refused_because = now, me, because.strip()
    if grant.starts_at:
        grant.ends_at = max(now, grant.starts_at)
    grant.save()
    history.record(
        "grant.refused", grant, by=by, within=_about(grant), changes={"refused_because": (None, because.strip())}
    )
    notices.tell([grant.person, grant.proposed_by], grant, "Access was refused.", key="refused")
    return grant


@transaction.atomic
def end_grant(grant, because, *, by):
    """End a grant before its day, or take a proposal back. Raises Refusal without a reason, and where it is over."""
    now = timezone.now()
    grant = _held(grant)
    thing = _thing(grant)
    me = standing_of(by).person
    verdict = rules.may_end(by, grant, thing)
    if not (verdict or grant.proposed_by_id == me.pk):
        raise Refusal(verdict.reason)
    if grant.ended_by_id or grant.refused_at or (grant.starts_at and grant.ends_at <= now):
        raise Refusal("This is over already.")
    if not because.strip():
        raise Refusal("Enter why it ends.", "because")
    if grant.kind == Grant.Kind.CASE_LEAD:
        keeping.refuse_last(thing, grant.person_id, now)
    before = grant.ends_at
    grant.ended_by, grant.ended_because = me, because.strip()
    if grant.starts_at:
        grant.ends_at = max(now, grant.starts_at)
    grant.save()
    history.record("grant.ended", grant, by=by, within=_about(grant), changes={"ends_at": (before, grant.ends_at)})
    notices.tell([grant.person], grant, "Access was ended.", key="ended")
    return grant


@transaction.atomic
def review_grant(grant, *, by):
    """Say, after 90 days, that a grant is still needed; it is looked at again 90 days on."""
    grant = _held(grant)
    thing = _thing(grant)
    now = timezone.now()
    if not rules.reaches(standing_of(by), subjects.of(thing).manage, subjects.of(thing), thing):
        raise Refusal("Only those who keep this can say that the access is still needed.")
    if not grant.is_in_force(now):
        raise Refusal("This is over already.")
    if grant.person_id == standing_of(by).person.pk:
        raise Refusal("Somebody else says that your access is still needed.")
    changes = history.changed(grant, review_on=_review_day(now))
    grant.save(update_fields=["review_on"])
    history.record("grant.reviewed", grant, by=by, within=_about(grant), changes=changes)
    return grant


@transaction.atomic
def ask_for_emergency(thing, *, by, second, reason, submission=None):
    """
    Ask for emergency access to ``thing``: it opens for an hour when ``second`` confirms it, and everybody is told.

    Raises Refusal for who may not ask, without a reason, and for a second person who may not confirm it.
    """
    claimed = submissions.claim(submission, by=by)
    now = timezone.now()
    verdict = rules.may_ask_for_emergency(by)
    if not verdict:
        raise Refusal(verdict.reason)
    me = standing_of(by).person
    if thing.pk in standing_of(by).excluded(subjects.of(thing).label) or thing.area_id not in standing_of(by).area_ids:
        raise Refusal(rules.NOT_THERE.reason)
    _refuse_second(second, Grant.Kind.EMERGENCY, thing, proposer=me, person=me)
    # A request that nobody confirms within the hour is over.
    grant = _new(Grant.Kind.EMERGENCY, thing, me, me, second, reason, now, now, now + EMERGENCY)
    grant.save()
    history.record("emergency.asked", grant, by=by, within=_about(grant), changes=_told(grant))
    notices.tell([second], grant, "You are asked to confirm emergency access.", key="proposed")
    submissions.leads_to(claimed, grant.get_absolute_url())
    return grant


@transaction.atomic
def exclude(thing, person, reason, *, by):
    """
    Keep ``person`` from ``thing`` for a conflict of interest: from now on it is not there for them, whatever they hold.

    Somebody's own declaration is the same act, by themselves. Raises Refusal without a reason, for somebody of another
    area, and where they are excluded already.
    """
    now = timezone.now()
    me = standing_of(by).person
    own = me is not None and me.pk == person.pk
    verdict = rules.may_exclude(by, thing)
    if not verdict and not (own and subjects.of(thing).can_exclude and rules.sees(by, thing)):
        raise Refusal(verdict.reason)
    if not reason.strip():
        raise Refusal("Enter the interest, in a few words.", "reason")
    if person.area_id != thing.area_id:
        raise Refusal("That person belongs to another area.", "person")
    keeping.refuse_last(thing, person.pk, now)
    label = thing._meta.label
    rows = Exclusion.objects.regardless("one exclusion at a time, whoever sees it")
    if rows.in_force(now).filter(person=person, subject=label, subject_id=thing.pk).exists():
        raise Refusal("They are excluded already.", "person")
    exclusion = Exclusion.objects.create(
        area_id=thing.area_id,
        person=person,
        subject=label,
        subject_id=thing.pk,
        reason=reason.strip(),
        declared_by=me,
        starts_at=now,
    )
    verb = "interest.declared" if own else "exclusion.made"
    history.record(
        verb, exclusion, by=by, within=thing, changes={"person": (None, person.pk), "reason": (None, reason.strip())}
    )
    return exclusion


@transaction.atomic
def end_exclusion(exclusion, because, *, by):
    """Let somebody see again what they were kept from. Never by themselves, and never without a reason."""
    now = timezone.now()
    rows = Exclusion.objects.regardless("held while it is ended; who may is asked below")
    exclusion = rows.select_for_update(of=("self",)).get(pk=exclusion.pk)
    thing = _thing(exclusion)
    me = standing_of(by).person
    verdict = rules.may_exclude(by, thing)
    if not verdict or me.pk == exclusion.person_id:
        raise Refusal(verdict.reason or "Nobody ends their own exclusion.")
    if not because.strip():
        raise Refusal("Enter why it ends.", "because")
    if not exclusion.is_in_force(now):
        raise Refusal("This is over already.")
    exclusion.ends_at, exclusion.ended_by, exclusion.ended_because = now, me, because.strip()
    exclusion.save()
    history.record("exclusion.ended", exclusion, by=by, within=thing, changes={"ends_at": (None, now)})
    return exclusion


# --- What every act looks at ------------------------------------------------------------------------------------------


def _new(kind, thing, person, proposer, second, reason, now, begins, until):
    if not reason.strip():
        raise Refusal(NO_REASON, "reason")
    return Grant(
        area_id=thing.area_id,
        kind=kind,
        person=person,
        subject=thing._meta.label,
        subject_id=thing.pk,
        reason=reason.strip(),
        rests_on=_ground(kind, person, now),
        wanted_from=begins,
        wanted_until=until,
        proposed_at=now,
        proposed_by=proposer,
        second=second,
    )


def _ground(kind, person, now):
    """What the grant ends with: a lead's with the team; anybody's who takes part, with the last part they have."""
    if kind == Grant.Kind.CASE_LEAD:
        return Ground.TEAM
    return Ground.PART if takes_part(person, now) else Ground.ITSELF


def _work_until_confirmed(grant, now):
    """An urgent grant holds until the end of the next working day, or until its own end if that is sooner."""
    last = add_working_days(timezone.localdate(now), 1) + dt.timedelta(days=1)
    grant.confirm_by = timezone.make_aware(dt.datetime.combine(last, dt.time()))
    grant.starts_at = grant.wanted_from
    grant.ends_at = min(grant.confirm_by, grant.wanted_until)
    if grant.ends_at <= grant.starts_at:
        raise Refusal("It begins after it would have to be confirmed. Propose it without haste.", "urgent")


def _refuse_person(person, proposer, thing):
    if person.pk == proposer.pk:
        raise Refusal("You cannot let yourself in. Ask somebody else to propose it.", "person")
    if person.area_id != thing.area_id:
        raise Refusal("That person belongs to another area.", "person")
    _refuse_excluded(person, thing, "person")


def _refuse_excluded(person, thing, field):
    rows = Exclusion.objects.regardless("somebody with an interest is not let in; who keeps the thing may know that")
    excluded = rows.in_force(timezone.now()).filter(person=person, subject=thing._meta.label, subject_id=thing.pk)
    if excluded.exists():
        raise Refusal("They are excluded from it for a conflict of interest.", field)


def _refuse_dates(begins, until, now):
    if until <= now:
        raise Refusal("It would end before it begins. Enter an end that lies ahead.", "until")
    if until <= begins:
        raise Refusal("It ends before it begins. Enter an end after the start.", "until")
    if until - begins > LONGEST:
        raise Refusal("A grant is for twelve months at most. Enter an earlier end.", "until")


def _refuse_second(second, kind, thing, *, proposer, person):
    if second is None or second.user is None:
        raise Refusal(NO_SECOND, "second")
    verdict = rules.may_be_second(second.user, kind, thing, proposer=proposer, person=person)
    if not verdict:
        raise Refusal(NO_SECOND, "second")


def _refuse_decided(grant, now):
    if grant.approved_at or grant.refused_at or grant.ended_by_id:
        raise Refusal("This was decided already.")
    if now >= (grant.confirm_by or grant.wanted_until):
        raise Refusal("It is too late for this: it was not approved in time. It has to be proposed again.")


def _refuse_lapsed_proposer(grant, thing):
    user = grant.proposed_by.user
    if user is None:
        raise Refusal("Whoever proposed this has left. Ask somebody who keeps it to propose it again.")
    emergency = grant.kind == Grant.Kind.EMERGENCY
    verdict = rules.may_ask_for_emergency(user) if emergency else rules.may_propose(user, grant.kind, thing)
    if not verdict:
        raise Refusal("Whoever proposed this may not do so any more. Somebody else has to propose it.")


def _held(grant):
    rows = Grant.objects.regardless("held while it changes; who may is asked by the act")
    return rows.select_for_update(of=("self",)).select_related("area", "person", "proposed_by__user").get(pk=grant.pk)


def _thing(row):
    """What a grant or an exclusion is about. Raises Refusal where it is gone."""
    model = subjects.SUBJECTS[row.subject].model
    things = model._default_manager.regardless("what the act is about; who may is asked by the act")
    thing = things.filter(pk=row.subject_id).first()
    if thing is None:
        raise Refusal("What this is about is not there any more.")
    return thing


def _everybody(grant):
    """Whom an emergency is told: the information governance lead, the team, and all who could have confirmed it."""
    now = timezone.now()
    people = Person.objects.filter(area=grant.area_id, user__isnull=False, user__is_active=True).select_related("user")
    concerned = people.filter(offices__in=Office.objects.in_force(now)) | people.filter(chairings__isnull=False)
    told = [
        person
        for person in concerned.distinct()
        if standing_of(person.user, at=now).reach(Act.BREAK_GLASS) or standing_of(person.user, at=now).is_team
    ]
    return [*told, grant.person]


def _about(grant):
    """What a grant is about, as the history names it."""
    return grant.subject, grant.subject_id


def _review_day(moment):
    return timezone.localdate(moment + REVIEWED_AFTER)


def _told(grant):
    return {
        "kind": (None, grant.kind),
        "person": (None, grant.person_id),
        "subject": (None, f"{grant.subject} {grant.subject_id}"),
        "until": (None, grant.wanted_until),
    }


def _moment(moment):
    local = timezone.localtime(moment)
    return f"{clock(local)} on {day(local)}"
