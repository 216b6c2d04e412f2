"""Who may propose, approve, review and end grants, and who may exclude. Each answer is a verdict with its sentence."""

from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.roles import Act, names_of
from partnerships.standing import standing_of

NOT_THERE = refused("There is no such record.")
OVER = refused("This is over already.")
DECIDED = refused("This was decided already.")
TOO_LATE = refused("It is too late for this: it was not approved in time. It has to be proposed again.")
AUDITED = refused("The audited do not choose what the scrutineer reads. The scrutineer ends the audit as a whole.")
NOT_ASKED = refused("Somebody else was asked to approve this.")


def reaches(standing, act, subject, thing):
    """Whether somebody's doing of ``act`` reaches ``thing``: by area or board, or one by one where it hides."""
    if thing.area_id not in standing.area_ids or thing.pk in standing.excluded(subject.label):
        return False
    reach = standing.reach(act)
    if thing.pk in reach.of(subject.label):
        return True
    return not subject.hides_existence and (reach.area or subject.body_of(thing) in reach.bodies)


def sees(user, thing):
    """Whether ``user`` may see ``thing`` at all."""
    return subjects.of(thing).visible_to(user).filter(pk=thing.pk).exists()


def keeps(user, thing):
    """Whether ``user`` is one of those who say who is let in to ``thing``."""
    subject = subjects.of(thing)
    return reaches(standing_of(user), subject.manage, subject, thing)


# --- Grants -----------------------------------------------------------------------------------------------------------


def may_propose(user, kind, thing):
    """Whoever keeps a thing proposes who is let in, of the kinds that there are for it; emergencies are asked for."""
    if not sees(user, thing):
        return NOT_THERE
    if kind not in subjects.of(thing).kinds_for(thing):
        return refused("That kind of access is not given for this.")
    if not keeps(user, thing):
        return refused("Only those who keep this can propose that somebody is let in.")
    return ALLOWED


def may_be_told_why(user, grant, *, sees_it):
    """
    Whoever sees a grant reads the reasons given for it, with one exception.

    A reason to let somebody in to what is there for nobody without a grant speaks of it; once their access is over,
    ``sees_it`` is false, and it is not theirs to read any more.
    """
    own = standing_of(user).person is not None and standing_of(user).person.pk == grant.person_id
    if own and not sees_it and subjects.hides_existence(grant):
        return refused("Your access is over, and what was said of it went with it.")
    return ALLOWED


def may_take_case(user, thing):
    """Whoever registers cases takes the lead of one, and names the second."""
    if Grant.Kind.CASE_LEAD not in subjects.of(thing).kinds:
        return refused("That kind of access is not given for this.")
    standing = standing_of(user)
    if thing.area_id in standing.area_ids and standing.reach(Act.REGISTER_CASES).area:
        return ALLOWED
    return refused("Only the support team registers cases.")


def may_be_second(user, kind, thing, *, proposer, person):
    """
    Whether ``user`` can be the second person for a grant of ``kind`` on ``thing``.

    Not whoever proposes it, not whoever gets it, and nobody who is excluded from the thing.
    """
    standing = standing_of(user)
    if standing.person is None or standing.person.pk in {proposer.pk, person.pk}:
        return refused("A second person approves it: neither who proposed it nor who gets it.")
    subject = subjects.of(thing)
    if thing.pk in standing.excluded(subject.label) or thing.area_id not in standing.area_ids:
        return NOT_THERE
    reach = standing.reach(act_of_second(kind))
    if reach.area or (subject.body and subject.body_of(thing) in reach.bodies):
        return ALLOWED
    return refused("Only a partnership's chair, a safeguarding partner or the scrutineer can approve this.")


def act_of_second(kind):
    """What somebody does who is the second person for a grant of ``kind``."""
    return Act.BREAK_GLASS if kind == Grant.Kind.EMERGENCY else Act.APPROVE_GRANTS


def may_decide(user, grant, now):
    """Whoever was asked approves or refuses, once, and in time."""
    person = standing_of(user).person
    if person is None or grant.second_id != person.pk:
        return NOT_ASKED
    if grant.approved_at or grant.refused_at or grant.ended_by_id:
        return DECIDED
    return TOO_LATE if grant.is_decided(now) else ALLOWED


def may_end(user, grant, thing, now):
    """Whoever keeps the thing ends a grant, and so may whoever has it, and whoever proposed it while it waits."""
    person = standing_of(user).person
    if person is None:
        return NOT_THERE
    if grant.is_over(now):
        return OVER
    if grant.kind == Grant.Kind.AUDIT:
        return AUDITED
    waits = grant.starts_at is None
    own = person.pk == grant.person_id and not waits
    if own or (waits and person.pk == grant.proposed_by_id) or (thing is not None and keeps(user, thing)):
        return ALLOWED
    return refused("Only those who keep this, and whoever has the access, can end it.")


def may_review(user, grant, thing, now):
    """Those who keep the thing say, once the day has come, that somebody else's access is still needed."""
    person = standing_of(user).person
    if thing is None or not keeps(user, thing):
        return refused("Only those who keep this can say that the access is still needed.")
    if grant.person_id == person.pk:
        return refused("Somebody else says that your access is still needed.")
    if not grant.is_in_force(now):
        return OVER
    if grant.review_on is None or timezone.localdate(now) < grant.review_on:
        return refused("It is not due to be looked at again yet.")
    return ALLOWED


# --- Emergencies ------------------------------------------------------------------------------------------------------

NOT_FOR_THEM = f"Only somebody with one of these roles asks for emergency access: {names_of(Act.BREAK_GLASS)}."


def may_ask_for_emergency(user):
    """Those named in the roles ask for emergency access; a second of them confirms it."""
    if standing_of(user).reach(Act.BREAK_GLASS).area:
        return ALLOWED
    return refused(NOT_FOR_THEM)


def may_open_in_emergency(user, thing):
    """Whether an emergency can open ``thing`` to ``user``: not from what an interest keeps them, nor what they read."""
    verdict = may_ask_for_emergency(user)
    if not verdict:
        return verdict
    subject, standing = subjects.of(thing), standing_of(user)
    if thing.area_id not in standing.area_ids or thing.pk in standing.excluded(subject.label):
        return NOT_THERE
    if Grant.Kind.EMERGENCY not in subject.kinds:
        return refused("Emergency access is not given for this.")
    if subject.reads(user, thing):
        return refused("You read this already. No emergency access is needed for it.")
    return ALLOWED


# --- Exclusions -------------------------------------------------------------------------------------------------------


def may_exclude(user, thing):
    """Those who keep the thing exclude others; everybody who sees it declares their own interest."""
    subject = subjects.of(thing)
    if not subject.can_exclude:
        return refused("Nobody is excluded from this.")
    act = subject.manage if subject.hides_existence else Act.EXCLUDE
    if reaches(standing_of(user), act, subject, thing):
        return ALLOWED
    return refused("Only the chair, the vice-chair or the support team can exclude somebody.")


def may_withdraw(user, thing):
    """Everybody who sees a thing declares an interest of their own in it."""
    if not subjects.of(thing).can_exclude:
        return refused("Nobody is excluded from this.")
    if standing_of(user).person is None or not sees(user, thing):
        return NOT_THERE
    return ALLOWED


def may_end_exclusion(user, exclusion, thing, now):
    """Those who exclude let somebody see again, and never themselves."""
    verdict = may_exclude(user, thing)
    if standing_of(user).person is not None and standing_of(user).person.pk == exclusion.person_id:
        return refused("Nobody ends their own exclusion.")
    if verdict and not exclusion.is_in_force(now):
        return OVER
    return verdict
