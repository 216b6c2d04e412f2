"""Who may do what with money. Which years, contributions and lines somebody sees, their querysets say."""

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.roles import Act
from partnerships.standing import NOWHERE, standing_of


def finds_money(user):
    """Whether money is a part of the portal for them. Asks no query of its own."""
    return standing_of(user).reach(Act.READ_MONEY).area


def reads_budget(user, year):
    """Whether they read the budget of ``year`` line by line, and what was printed of it."""
    return _reaches(user, Act.READ_BUDGET, year)


def reads_contributions(user, year):
    """How far they read contributions to ``year``: of every partner, of their own organisation, or none."""
    standing = standing_of(user)
    return standing.reach(Act.READ_CONTRIBUTIONS) if year.area_id in standing.area_ids else NOWHERE


def may_open_year(user):
    """The finance editor and the team open years."""
    if standing_of(user).reach(Act.RECONCILE_MONEY).area:
        return ALLOWED
    return refused("Only the finance editor and the support team open a financial year.")


def may_enter(user, year):
    """The finance editor enters contributions and budget lines."""
    if _reaches(user, Act.ENTER_MONEY, year):
        return ALLOWED
    return refused("Only the finance editor enters contributions and budget lines.")


def may_reconcile(user, year):
    """The finance editor and the team, who make the annual report, enter what was printed and explain differences."""
    if _reaches(user, Act.RECONCILE_MONEY, year):
        return ALLOWED
    return refused("Only the finance editor and the support team enter printed figures and explain differences.")


def _reaches(user, act, year):
    standing = standing_of(user)
    return year.area_id in standing.area_ids and standing.reach(act).area
