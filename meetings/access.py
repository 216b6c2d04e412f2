"""Who may do what at a meeting. Seeing is a queryset; these are the acts."""

from django.utils import timezone

from meetings.models import Meeting
from mktogether.lib.verdict import ALLOWED, refused
from partnerships.roles import Act
from partnerships.standing import standing_of


def may_record(user, meeting):
    """The chair, the vice-chair, whoever presides and the team record attendance, decisions and actions."""
    standing = standing_of(user)
    if meeting.area_id not in standing.area_ids:
        return refused("This meeting belongs to another area.")
    presides = standing.person is not None and standing.person.pk == meeting.presiding_id
    if presides or standing.reach(Act.RECORD).to_body(meeting.body_id):
        return ALLOWED
    return refused("Only the chair, the vice-chair or the support team can record this meeting.")


def may_change(user, meeting):
    """Recording ends with closing: what is found wrong later is a correction beside the record."""
    verdict = may_record(user, meeting)
    if not verdict:
        return verdict
    if meeting.is_closed:
        return refused("This meeting is closed. Its record stays as it was; add a correction beside it.")
    if meeting.is_cancelled:
        return refused("This meeting was cancelled.")
    return ALLOWED


def may_correct(user, meeting):
    """Corrections are added by those who could record the meeting, once it is closed."""
    verdict = may_record(user, meeting)
    if verdict and not meeting.is_closed:
        return refused("This meeting is not closed yet. Change the entry itself.")
    return verdict


def may_plan(user, body):
    """The team plans meetings of every group; a chair those of their own."""
    if not body.is_present(timezone.localdate()):
        return refused(f"{body} is a board of the past. Nothing is planned for it.")
    if standing_of(user).may(Act.PLAN, body):
        return ALLOWED
    return refused("Only the chair or the support team can plan a meeting of this group.")


def may_plan_somewhere(user):
    """Whether there is any group whose meetings they plan."""
    if standing_of(user).reach(Act.PLAN):
        return ALLOWED
    return refused("Only chairs and the support team plan meetings.")


def may_rearrange(user, meeting):
    """Whoever could plan the meeting changes its time and place, or cancels it, until it begins."""
    verdict = may_plan(user, meeting.body)
    if not verdict:
        return verdict
    if meeting.is_cancelled:
        return refused("This meeting was cancelled.")
    if meeting.opened_at is not None:
        return refused("This meeting has begun. Its time and place stay as they are.")
    return ALLOWED


def may_read_confidential(user, meeting):
    """Members, chairs and the team; not deputies, and not the scrutineer unless a member or in an emergency."""
    standing = standing_of(user)
    if meeting.area_id not in standing.area_ids:
        return refused("This meeting belongs to another area.")
    reach = standing.reach(Act.READ_CONFIDENTIAL)
    if reach.to_body(meeting.body_id) or meeting.pk in reach.of(Meeting._meta.label):
        return ALLOWED
    return refused("The confidential part is for members of the group.")


def may_complete(user, action):
    """Its owner, its owner's agency, the chair of its group and the team say that an action is done."""
    standing = standing_of(user)
    if action.area_id not in standing.area_ids:
        return refused("This action belongs to another area.")
    own = standing.person.pk == action.owner_id
    agency = standing.reach(Act.READ_AGENCY_ACTIONS).agency
    own_agency = agency is not None and agency == action.agency_id
    if own or own_agency or standing.reach(Act.COMPLETE_ACTIONS).to_body(action.body_id):
        return ALLOWED
    return refused("Only the owner of this action, their agency, the chair or the team can say that it is done.")
