"""What every act on access looks at, and the row that it holds while it changes."""

import datetime as dt

from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from mktogether.lib.verdict import Refusal
from partnerships.granting import people, rules, subjects
from partnerships.models import Grant, Person
from partnerships.models.grounds import Ground
from partnerships.standing import standing_of, takes_part

REVIEWED_AFTER = dt.timedelta(days=90)
NO_SECOND = "Choose a second person who may approve it: neither yourself nor the person who is let in."
NO_REASON = "Enter the reason, in a sentence that says nothing about the case itself."


def held(grant):
    """``grant`` read again and held until the transaction ends, so that it is decided once."""
    rows = Grant.objects.regardless("held while it changes; who may is asked by the act")
    found = rows.select_for_update(of=("self",)).select_related("area", "person__user", "proposed_by__user")
    return found.get(pk=grant.pk)


def take_turns(person):
    """
    Hold ``person`` until the transaction ends: of two who do the same about them at once, the second sees the first's.

    Not so that nobody can sign a row meanwhile: of two who do it about each other, each would wait for the other.
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def thing_of(row):
    """What a grant or an exclusion is about. Raises Refusal where it is gone."""
    subject = subjects.SUBJECTS.get(row.subject)
    if subject is not None:
        things = subject.model._default_manager.regardless("what the act is about; who may is asked by the act")
        thing = things.select_related(*subject.related).filter(pk=row.subject_id).first()
        if thing is not None:
            return thing
    raise Refusal("What this is about is not there any more.")


def person_of(user):
    """The person behind the account. Raises Refusal where there is none."""
    person = standing_of(user).person
    if person is None:
        raise Refusal(rules.NOT_THERE.reason)
    return person


def refuse(verdict, field=None):
    """Raise Refusal where ``verdict`` says no."""
    if not verdict:
        raise Refusal(verdict.reason, field)


def new_grant(kind, thing, person, *, by, second, reason, now, begins, until):
    """The row of a proposal, not kept yet. Raises Refusal without a reason."""
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
        proposed_by=by,
        second=second,
    )


def _ground(kind, person, now):
    """What the grant ends with: a lead's with the team; anybody's who takes part, with the last part they have."""
    if kind == Grant.Kind.CASE_LEAD:
        return Ground.TEAM
    if kind == Grant.Kind.AUDIT:
        return Ground.SCRUTINY
    return Ground.PART if takes_part(person, now) else Ground.ITSELF


def refuse_person(person, thing, *, proposer):
    """Nobody is let in by themselves, from another area, or in spite of an interest."""
    if person.pk == proposer.pk:
        raise Refusal("You cannot let yourself in. Ask somebody else to propose it.", "person")
    refuse_kept_out(person, thing)


def refuse_kept_out(person, thing, field="person"):
    """Nobody is let in from another area, or in spite of an interest."""
    if person.area_id != thing.area_id:
        raise Refusal("That person belongs to another area.", field)
    if people.excluded_from(thing).filter(person=person).exists():
        raise Refusal("They are excluded from it for a conflict of interest.", field)


def refuse_dates(begins, until, now):
    """It ends after it begins, in the future, and after twelve months at most."""
    if until <= now:
        raise Refusal("It would end before it begins. Enter an end that lies ahead.", "until")
    if until <= begins:
        raise Refusal("It ends before it begins. Enter an end after the start.", "until")
    latest = twelve_months_after(begins)
    if until > latest:
        last = day(timezone.localtime(latest) - dt.timedelta(days=1))
        raise Refusal(f"Access is given for twelve months at most. Enter {last} or an earlier day.", "until")


def twelve_months_after(moment):
    """The moment at which the clock shows the same on the same day of the next year; from 29 February on 1 March."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    try:
        later = local.replace(year=local.year + 1)
    except ValueError:
        later = local.replace(year=local.year + 1, month=3, day=1)
    return timezone.make_aware(later)


def refuse_second(second, kind, thing, *, proposer, person):
    """The second person is one who may approve this, and can sign in to do it."""
    if second is None or second.user is None:
        raise Refusal(NO_SECOND, "second")
    if not rules.may_be_second(second.user, kind, thing, proposer=proposer, person=person):
        raise Refusal(NO_SECOND, "second")


def review_day(moment):
    """The day on which somebody looks again whether it is still needed."""
    return timezone.localdate(moment + REVIEWED_AFTER)


def about(grant):
    """What a grant is about, as the history names it."""
    return grant.subject, grant.subject_id


def told(grant):
    """What history says of a grant that is new."""
    changes = {
        "kind": (None, grant.kind),
        "person": (None, grant.person_id),
        "subject": (None, f"{grant.subject} {grant.subject_id}"),
        "until": (None, grant.wanted_until),
    }
    return changes | ({"ends_at": (None, grant.ends_at)} if grant.ends_at else {})
