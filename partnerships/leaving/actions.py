"""Ending what somebody holds: one thing, or everything in one act. Each act is signed and in history, whole or not."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.explaining import words
from partnerships.explaining.holdings import APPOINTMENT, CHAIR, DEPUTISING, MODELS, ROLE, load
from partnerships.granting import keeping
from partnerships.joining.rules import may_switch_off
from partnerships.leaving import following, rules
from partnerships.models import Grant, Office, Person
from partnerships.standing import standing_of
from records import history, sessions, submissions

NO_REASON = "Enter why it ends, such as “Retired” or “New post”."
NOTHING_HELD = "They hold nothing, and no account of theirs is in use. There is nothing to end."
NOTHING_LATER = "They hold nothing that could end on a later day. Enter today to switch their account off."
# As the history calls it, by the kind of what is held.
ENDED = {
    APPOINTMENT: "appointment.ended",
    DEPUTISING: "deputising.ended",
    CHAIR: "chair.ended",
    ROLE: "role.ended",
}
WITHDRAWN = {
    APPOINTMENT: "appointment.withdrawn",
    DEPUTISING: "deputising.withdrawn",
    CHAIR: "chair.withdrawn",
    ROLE: "role.withdrawn",
}
LAST_KEEPER = (
    "Nobody else keeps, at once or from a later day on, a record that they keep and that few may know of. Ask them to "
    "put a colleague on it first."
)


@transaction.atomic
def leave(person, *, by, day, reason, successor=None, submission=None):
    """
    End everything that ``person`` holds on ``day``: now, where that is today; else at the end of that day.

    What has not begun by then is withdrawn. Today also switches the account off and ends its sessions. ``successor``
    (a person, or None) takes over what the person was to do. Returns what was done, as sentences. Raises Refusal, at
    its field, for a day that is over, without a reason, for a successor of another area or who holds nothing then, for
    somebody who holds nothing, for the last who has a role that is never empty, and for who may not do this.
    """
    claimed = submissions.claim(submission, by=by)
    now = timezone.now()
    person = _held(person)
    _refuse_who_may_not(by, person)
    at = rules.moment_of_end(day, now)
    reason = _reason(reason)
    found = [holding for holding in load([person.pk]) if not holding.is_over(at)]
    grants = _grants_beyond(person, at, now)
    _refuse_nothing(person, found, grants, is_now=at == now)
    _refuse_last(person, found, at)
    _refuse_last_keeper(grants, person, at)
    if successor is not None:
        _refuse_successor(person, successor, at)
    for holding in found:
        _end(holding, person, at, reason, by)
    for grant in grants:
        _end_grant(grant, at, now, reason, by)
    said = following.handed_over(person, successor, at=at, by=by) if successor else []
    said += following.released(person, at=at, by=by)
    if at == now:
        said += _switch_off(person, by)
    said += following.staying(person, by=by)
    changes = {"at": (None, at), "reason": (None, reason), "successor": (None, successor.pk if successor else None)}
    history.record("person.left", person, by=by, changes=changes)
    submissions.leads_to(claimed, person.get_absolute_url())
    return said


@transaction.atomic
def end_one(person, kind, pk, *, by, day, reason, submission=None):
    """
    End one thing that ``person`` holds, named by its ``kind`` and ``pk``; as of :func:`leave`, with its refusals.

    What has not begun by then is withdrawn.
    """
    claimed = submissions.claim(submission, by=by)
    person = _held(person)
    _refuse_who_may_not(by, person)
    at = rules.moment_of_end(day, timezone.now())
    end_holding(person, kind, pk, at=at, reason=reason, by=by)
    submissions.leads_to(claimed, person.get_absolute_url())


@transaction.atomic
def switch_off(person, reason, *, by, submission=None):
    """
    Switch the account of ``person`` off and sign them out everywhere; what they hold stays theirs.

    Raises Refusal without a reason, for the last with an account who has a role that is never empty or who keeps a
    case, and where ``by`` may not.
    """
    claimed = submissions.claim(submission, by=by)
    person = _held(person)
    verdict = may_switch_off(by, person)
    if not verdict:
        raise Refusal(verdict.reason)
    if not reason.strip():
        raise Refusal("Enter why, in a sentence.", "because")
    now = timezone.now()
    _refuse_last(person, [holding for holding in load([person.pk]) if not holding.is_over(now)], now)
    _refuse_last_keeper(_cases_of(person, now), person, now)
    _switch_off(person, by, reason.strip())
    submissions.leads_to(claimed, person.get_absolute_url())
    return person


def end_holding(person, kind, pk, *, at, reason, by):
    """
    End one thing at the moment ``at``, for an act that has looked whether ``by`` may; inside its transaction.

    Raises Refusal without a reason, where it is over already, for the last of a role that is never empty, and for the
    team's role of the last who keeps a case.
    """
    reason = _reason(reason)
    found = [held for held in load([person.pk]) if (held.kind, held.pk) == (kind, pk) and not held.is_over(at)]
    if not found:
        raise Refusal("This is over already.")
    _refuse_last(person, found, at)
    if found[0].what == Office.Kind.TEAM:  # what a case's lead may do rests on being in the team
        within = [(found[0].starts_at, found[0].ends_at)]
        _refuse_last_keeper(_cases_of(person, at), person, at, within=within)
    _end(found[0], person, at, reason, by)


# --- What every act looks at ------------------------------------------------------------------------------------------


def _held(person):
    """
    The person, held until the transaction ends, so that two who end the same thing take turns.

    Not so that nobody can sign a row meanwhile: of two who end each other's, each would wait for the other.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "user")
    return rows.get(pk=person.pk)


def _reason(reason):
    if not reason.strip():
        raise Refusal(NO_REASON, "reason")
    return reason.strip()


def _refuse_who_may_not(by, person):
    verdict = rules.may_end(by, person)
    if not verdict:
        raise Refusal(verdict.reason)


def _refuse_nothing(person, found, grants, *, is_now):
    if found or grants:
        return
    if person.user is None or not person.user.is_active:
        raise Refusal(NOTHING_HELD)
    if not is_now:
        raise Refusal(NOTHING_LATER, "day")


def _refuse_last(person, found, at):
    """
    Of two who would each leave the other as the last, the second finds that they are the last.

    What the first of them did while the second waited may be later than ``at``, the moment at which the second began;
    so it is asked of the moment when the wait is over.
    """
    roles = [holding for holding in found if holding.kind == ROLE and holding.what in rules.NEVER_EMPTY]
    if roles:
        held = Office.objects.select_for_update(of=("self",)).filter(area=person.area_id, kind__in=rules.NEVER_EMPTY)
        list(held.order_by("pk"))  # in one order, so that two who do this at once do not wait for each other
        refusal = rules.last_of(person, roles, max(at, timezone.now()))
        if refusal:
            raise Refusal(refusal)


def _refuse_successor(person, successor, at):
    if successor.pk == person.pk:
        raise Refusal("They cannot follow themselves. Choose somebody else, or nobody.", "successor")
    if successor.area_id != person.area_id:
        raise Refusal("That person belongs to another area. Choose somebody of this one.", "successor")
    if not load([successor.pk], at=at):
        raise Refusal("That person holds nothing then, or leaves too. Choose somebody who stays.", "successor")


def _grants_beyond(person, at, now):
    """Every grant of theirs that would go on after ``at``, or that somebody can still approve."""
    rows = Grant.objects.regardless("everything of a leaver ends, also what whoever ends it may not know of")
    open_ones = rows.filter(person=person, refused_at__isnull=True, ended_by__isnull=True, wanted_until__gt=at)
    return [
        grant
        for grant in open_ones.select_for_update(of=("self",))
        if (grant.ends_at and grant.ends_at > at)
        or (grant.approved_at is None and (grant.confirm_by or grant.wanted_until) > now)
    ]


def _cases_of(person, at):
    """The grants by which somebody keeps a case at ``at`` or later."""
    rows = Grant.objects.regardless("counted, not shown")
    return rows.filter(person=person, kind=Grant.Kind.CASE_LEAD, ends_at__gt=at)


def _refuse_last_keeper(grants, person, at, *, within=None):
    """
    A case that nobody keeps, at ``at`` or on a later day, could not be opened again by anybody.

    They go from their cases for good, or in the spans ``within``.
    """
    kept = {(grant.subject, grant.subject_id) for grant in grants if grant.kind == Grant.Kind.CASE_LEAD}
    for label, pk in sorted(kept):  # in one order, so that two who go at once do not wait for each other
        if keeping.first_left(label, pk, at, person_id=person.pk, within=within) is not None:
            raise Refusal(LAST_KEEPER)


# --- What ends --------------------------------------------------------------------------------------------------------


def _end(holding, person, at, reason, by):
    """End a row at ``at``; one that has not begun by then goes away, and history keeps what it was."""
    row = MODELS[holding.kind].objects.select_for_update(of=("self",)).get(pk=holding.pk)
    if row.starts_at > at:
        gone = {"person": (person.pk, None), "starts_at": (row.starts_at, None), "what": (words.what(holding), None)}
        history.record(WITHDRAWN[holding.kind], row, by=by, within=person, changes=gone)
        row.delete()
        return
    changes = history.changed(row, ends_at=at, ended_because=reason)
    row.save(update_fields=["ends_at", "ended_because"])
    history.record(ENDED[holding.kind], row, by=by, within=person, changes=changes)


def _end_grant(grant, at, now, reason, by):
    """End a grant now, or let it run no longer than ``at``; one that would begin later is ended before it begins."""
    begins = grant.starts_at or grant.wanted_from
    if at == now or begins >= at:
        grant.ended_by, grant.ended_because = standing_of(by).person, reason
        changes = {"ends_at": (grant.ends_at, max(at, begins))}
        if grant.starts_at:
            grant.ends_at = min(grant.ends_at, max(now, grant.starts_at))
    else:
        changes = history.changed(
            grant, wanted_until=min(grant.wanted_until, at), ends_at=min(grant.ends_at, at) if grant.ends_at else None
        )
    grant.save()
    history.record("grant.ended", grant, by=by, within=(grant.subject, grant.subject_id), changes=changes)


def _switch_off(person, by, reason=None):
    """Switch the account off and end its sessions: whoever is signed in with it is at the door at the next request."""
    if person.user is None or not person.user.is_active:
        return []
    changes = history.changed(person.user, is_active=False) | ({"reason": (None, reason)} if reason else {})
    person.user.save(update_fields=["is_active"])
    history.record("account.switched_off", person.user, by=by, area_id=person.area_id, changes=changes)
    sessions.end_all(person.user, by=by)
    return ["Their account is switched off, and they are signed out everywhere."]
