"""Who may do what to the structure of the partnerships, on the workbench, and about access itself."""

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
    if standing.may(Act.CHANGE_TERMS, body):
        return ALLOWED
    return refused("Only the MK Together Team can enter a new version of the terms of reference.")
