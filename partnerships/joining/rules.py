"""Who gives accounts and takes them back, to whom, and who names further members of the team."""

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.roles import Act
from partnerships.standing import standing_of

HAS_ONE = (
    "They have an account and have chosen their password. Whoever forgot it asks for a new one where people sign in."
)


def may_give_account(user, person):
    """
    The team gives an account to somebody of their area, and sends its mail again until they have chosen a password.

    Nobody has two. What is many organisations under one name is reached by mail, and has no account.
    """
    if not _reaches(user, Act.GIVE_ACCOUNTS, person):
        return refused("Only the support team gives accounts.")
    if person.user is not None and not person.user.is_active:
        return refused("Their account is switched off. Switch it on again instead.")
    if person.user is not None and person.user.has_usable_password():
        return refused(HAS_ONE)
    if person.agency is not None and person.agency.is_crowd:
        return refused(f"{person.agency.short_name} is many organisations under one name: it is reached by mail.")
    return ALLOWED


def may_switch_off(user, person):
    """The team switches off the account of anybody of their area but their own; what they hold stays theirs."""
    if not _reaches(user, Act.GIVE_ACCOUNTS, person):
        return refused("Only the support team switches accounts off.")
    if person.user is None or not person.user.is_active:
        return refused("They have no account that is switched on.")
    if person.user_id == user.pk:
        return refused("You cannot switch your own account off. Ask somebody else of the team.")
    return ALLOWED


def may_name_team(user):
    """The team names further members of the team of their own area."""
    if standing_of(user).reach(Act.NAME_TEAM).area:
        return ALLOWED
    return refused("Only the support team names further members of the team.")


def _reaches(user, act, person):
    standing = standing_of(user)
    return person.area_id in standing.area_ids and standing.reach(act).area
