"""Who may propose, approve and end grants, and who may exclude. Each answer is a verdict with its sentence."""

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.roles import Act
from partnerships.standing import standing_of

NOT_THERE = refused("There is no such record.")


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


def may_propose(user, kind, thing):
    """Whoever keeps a thing proposes who is let in, of the kinds that there are for it; emergencies are asked for."""
    subject = subjects.of(thing)
    if kind not in subject.kinds or kind == Grant.Kind.EMERGENCY:
        return refused("That kind of access is not given for this.")
    if not sees(user, thing):
        return NOT_THERE
    if not reaches(standing_of(user), subject.manage, subject, thing):
        return refused("Only those who keep this can propose that somebody is let in.")
    return ALLOWED


def may_ask_for_emergency(user):
    """Those named in the roles ask for emergency access; a second of them confirms it."""
    if standing_of(user).reach(Act.BREAK_GLASS).area:
        return ALLOWED
    return refused("Emergency access is asked for by the team, the chairs of the partnerships and the scrutineer.")


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
    act = Act.BREAK_GLASS if kind == Grant.Kind.EMERGENCY else Act.APPROVE_GRANTS
    reach = standing.reach(act)
    if reach.area or (subject.body and subject.body_of(thing) in reach.bodies):
        return ALLOWED
    return refused("Only a partnership's chair, a safeguarding partner or the scrutineer can approve this.")


def may_end(user, grant, thing):
    """Whoever keeps the thing ends a grant, and so may whoever has it."""
    standing = standing_of(user)
    if standing.person is not None and standing.person.pk == grant.person_id:
        return ALLOWED
    if thing is not None and reaches(standing, subjects.of(thing).manage, subjects.of(thing), thing):
        return ALLOWED
    return refused("Only those who keep this, and whoever has the access, can end it.")


def may_exclude(user, thing):
    """Those who keep the thing exclude others; everybody who sees it declares their own interest."""
    subject = subjects.of(thing)
    if not subject.can_exclude:
        return refused("Nobody is excluded from this.")
    act = subject.manage if subject.hides_existence else Act.EXCLUDE
    if reaches(standing_of(user), act, subject, thing):
        return ALLOWED
    return refused("Only the chair, the vice-chair or the MK Together Team can exclude somebody.")
