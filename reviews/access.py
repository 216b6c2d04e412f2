"""Who may do what with cases. Seeing is a queryset, and for everybody whom it leaves out there is no case at all."""

from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, refused
from partnerships import navigation
from partnerships.granting import keeping, rules, subjects
from partnerships.roles import Act
from partnerships.standing import standing_of
from reviews.models import Case

LABEL = Case._meta.label


def finds_cases(user):
    """Whether cases are a part of the portal for them: on any, or one who registers or audits them. Asks no query."""
    standing = standing_of(user)
    on_some = standing.reach(Act.READ_CASE).of(LABEL) - standing.excluded(LABEL)
    answers_for_some = standing.reach(Act.REGISTER_CASES).area or standing.reach(Act.AUDIT_CASES).area
    return bool(on_some) or answers_for_some


def register():
    """Name the section for those who find cases."""
    navigation.add(navigation.Section("Cases", "/cases/", shown=finds_cases), order=50)


def may_refer(user):
    """Whoever takes part in the partnership refers an incident to the Case Review Panel."""
    if standing_of(user).reach(Act.REFER).area:
        return ALLOWED
    return refused("Those who take part in the partnership refer incidents. Ring the support team.")


def may_register(user):
    """The team registers cases."""
    if standing_of(user).reach(Act.REGISTER_CASES).area:
        return ALLOWED
    return refused("Only the support team registers cases.")


def may_read_people(user, case):
    """Who the people in a case are is read by those on it; whoever audits it reads the case and not that."""
    if rules.reaches(standing_of(user), Act.READ_CASE_PEOPLE, subjects.of(case), case):
        return ALLOWED
    return refused("An audit reads the case, and not who the people in it are.")


def may_audit(user):
    """The independent scrutineer begins and ends the yearly audit of rapid reviews."""
    if standing_of(user).reach(Act.AUDIT_CASES).area:
        return ALLOWED
    return refused("Only the independent scrutineer audits the rapid reviews of a year.")


def may_manage(user, case):
    """Its case leads say who is on a case, and see who read it and what was done."""
    if rules.reaches(standing_of(user), Act.MANAGE_CASE, subjects.of(case), case):
        return ALLOWED
    return refused("Only those who keep this case can do that.")


def may_change(user, case):
    """Its case leads change and close it while it is open."""
    verdict = may_manage(user, case)
    if verdict and case.is_closed:
        return refused("This case is closed. Reopen it first.")
    return verdict


def may_reopen(user, case):
    """Its case leads reopen a case that was closed."""
    verdict = may_manage(user, case)
    if verdict and not case.is_closed:
        return refused("This case is open.")
    return verdict


def may_take_over(user, case):
    """
    One of the team who got in by emergency access takes over a case that nobody keeps any more.

    That needs two people already, with everybody told; without it a case whose leads have left would be lost.
    """
    standing = standing_of(user)
    if (LABEL, case.pk) not in standing.emergencies or not standing.reach(Act.REGISTER_CASES).area:
        return refused("Only a member of the team with emergency access can take over a case.")
    if keeping.keepers(case, timezone.now()):
        return refused("This case is kept. Ask those who keep it to let you in.")
    return ALLOWED
