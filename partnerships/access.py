"""Who may do what to the structure of the partnerships, on the workbench, and about access itself."""

from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.roles import Act
from partnerships.standing import standing_of


def may_use_workbench(user):
    """Whoever takes part in an area tries rules on its boards; what they see there they see everywhere."""
    if standing_of(user).reach(Act.TRY_RULES):
        return ALLOWED
    return refused("The workbench is for people with a place or a role.")


def may_change_scenario(user, scenario):
    """Its author renames, changes, shares and deletes a scenario; others save a copy."""
    if scenario.created_by_id == user.pk and scenario.area_id in standing_of(user).area_ids:
        return ALLOWED
    return refused("Only its author can change this scenario. Save a copy of your own.")


def may_change_terms(user, body):
    """The team enters new versions of the terms of reference of the boards and groups of its area."""
    standing = standing_of(user)
    if body.area_id not in standing.area_ids:
        return refused("This board or group belongs to another area.")
    if not body.is_present(timezone.localdate()):
        return refused("This is a board of the past. What its terms were stays as its source has it.")
    if standing.may(Act.CHANGE_TERMS, body):
        return ALLOWED
    return refused("Only the support team can enter a new version of the terms of reference.")


def may_change_places(user, body):
    """The team names members and deputies of the boards and groups of its area, and hands over their chairs."""
    standing = standing_of(user)
    if body.area_id not in standing.area_ids:
        return refused("This board or group belongs to another area.")
    if not body.is_present(timezone.localdate()):
        return refused("This is a board of the past. Who sat there stays as it was.")
    if standing.may(Act.CHANGE_PLACES, body):
        return ALLOWED
    return refused("Only the support team names members and deputies and hands over the chair.")


def may_see_access_to(user, body):
    """The chair of a board or group, the team and the information governance lead see who reads it."""
    if standing_of(user).may(Act.SEE_ACCESS, body):
        return ALLOWED
    return refused("Only its chair, the support team and the information governance lead see who can read this.")


def may_see_people(user):
    """Whether there is anybody of whom they may see what they hold."""
    if standing_of(user).reach(Act.SEE_ACCESS):
        return ALLOWED
    return refused("Only those who answer for access see who holds what.")


def may_read_roles(user):
    """Whoever takes part reads what each role may do."""
    if standing_of(user).reach(Act.SEE_STRUCTURE).area:
        return ALLOWED
    return refused("The roles are for people with a place or a role.")
