"""The meetings of the world: planned, in session and closed, and what came of them."""

from django.utils import timezone

from meetings import actions
from meetings.models import Meeting
from records import files, history
from tests import factories as make
from tests.access.world.readers import (
    AGENCY,
    AGENCY_CONFIDENTIAL,
    BOARD,
    BOARD_CONFIDENTIAL,
    CONFIDENTIAL,
    ITEM,
    MEETING,
    OTHER,
    OTHER_CONFIDENTIAL,
    PLANNED_ITEM,
    REPORTING,
    SHARED,
    TRIAL,
)


def meeting_in_session(world):
    """With an item, a confidential item, a decision and an action, each as its own row of the world."""
    meeting = make.MeetingFactory(body=world.review, opened=True, opened_by=world.clerk, place=f"Room {MEETING}")
    item = make.AgendaItemFactory(meeting=meeting, number=1, title=ITEM)
    make.AgendaItemFactory(meeting=meeting, number=2, title=CONFIDENTIAL, private=True)
    make.AttendanceFactory(meeting=meeting, seat=world.seat, person=world.people["member"].person)
    decision = make.DecisionFactory(item=item, by=world.clerk, wording=ITEM)
    return meeting, decision


def closed_meeting(world):
    meeting = make.MeetingFactory(body=world.review, opened=True, opened_by=world.clerk, place=f"Room {MEETING}")
    make.AgendaItemFactory(meeting=meeting, number=1, title=ITEM)
    make.AgendaItemFactory(meeting=meeting, number=2, title=CONFIDENTIAL, private=True)
    return Meeting.objects.get(pk=actions.close_meeting(meeting, by=world.clerk).pk)


def minutes_of(meeting, kind, by):
    return files.store(b"%PDF", kind=kind, target=meeting, name="minutes.pdf", content_type="application/pdf", by=by)


def remember(world):
    """What the history holds of each thing, with values before: who may not see the thing must not find them there."""
    member, clerk = world.people["member"], world.clerk
    for thing, name, value in (
        (world.in_session, "place", MEETING),
        (world.item, "note", ITEM),
        (world.secret_item, "note", CONFIDENTIAL),
        (world.scenario, "name", TRIAL),
        (world.shared, "name", SHARED),
    ):
        verb = {"place": "meeting.changed", "note": "item.noted", "name": "scenario.changed"}[name]
        history.record(verb, thing, by=member, changes={name: (value, "other")})
        history.read(thing, by=clerk, verb="file.read")
    history.record(
        "decision.removed",
        world.decision,
        by=clerk,
        within=world.secret_item,
        changes={"wording": (CONFIDENTIAL, None)},
    )
    history.record("job.asked", world.job, by=clerk, within=world.closed)
    history.read(world.confidential_file, by=member, verb="file.read", within=world.closed)


def other_meetings(world):
    """A meeting of the partnership, one of the group beside the Review group, and one of a group that reports to it."""
    world.board_meeting = in_session(world, world.partnership, BOARD, BOARD_CONFIDENTIAL)
    make.AgendaItemFactory(meeting=world.planned, number=9, title=PLANNED_ITEM)
    world.cancelled = make.MeetingFactory(body=world.review, cancelled=True, place=f"Room {MEETING}")
    world.board_planned = make.MeetingFactory(body=world.partnership)
    world.other_meeting = in_session(world, world.other, OTHER, OTHER_CONFIDENTIAL)
    world.reporting_meeting = make.MeetingFactory(body=world.reporting, place=f"Room {REPORTING}")
    make.AgendaItemFactory(meeting=world.reporting_meeting, number=1, title=REPORTING)


def in_session(world, body, open_words, confidential_words):
    """A meeting of ``body`` with an open item and a confidential one."""
    meeting = make.MeetingFactory(body=body, opened=True, opened_by=world.clerk)
    make.AgendaItemFactory(meeting=meeting, number=1, title=open_words)
    make.AgendaItemFactory(meeting=meeting, number=2, title=confidential_words, private=True)
    return meeting


def actions_of(world):
    """What the member is to do, what the partnership has to do, and what each organisation has for the Other group."""
    member = world.people["member"].person
    soon = timezone.localdate()
    world.own_action = make.ActionFactory(body=world.review, owner=member, agency=None, due_on=soon)
    world.reporting_action = make.ActionFactory(body=world.reporting, agency=None, due_on=soon)
    world.board_action = make.ActionFactory(body=world.partnership, agency=None, due_on=soon)
    world.closed_action = make.ActionFactory(
        body=world.review, item=world.closed.items.get(number=1), meeting=world.closed, agency=None, due_on=soon
    )
    secret = world.other_meeting.items.get(confidential=True)
    under_it = {"item": secret, "meeting": world.other_meeting}
    for user in world.people.values():
        person = getattr(user, "person", None)
        if person is not None and person.agency_id and person.area_id == world.other.area_id:
            of_agency = {"body": world.other, "agency": person.agency}
            action = make.ActionFactory(**of_agency, what=AGENCY)
            make.ActionFactory(**of_agency, **under_it, what=AGENCY_CONFIDENTIAL)
            if user == world.people["member"]:
                world.agency_action = action
