"""The meetings of the world: planned, in session and closed, and what came of them."""

from meetings import actions
from meetings.models import Meeting
from records import files, history
from tests import factories as make
from tests.access.world.readers import CONFIDENTIAL, ITEM, MEETING, SHARED, TRIAL


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
