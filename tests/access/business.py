"""
More of everything, for the canaries: rows in every state in which they hold a text.

The walk of the addresses needs one of everything that has an address; the canaries need one of every text, also of a
meeting that was cancelled, a decision under a confidential item, a grant that was refused, and work that failed.
"""

from django.utils import timezone

from meetings import actions, minutes
from meetings.models import Meeting
from records import history
from records.models import Job
from reports import building
from tests import factories as make
from tests.access import world as worlds
from tests.access.walking import address
from tests.factories import reports


def build():
    """The world of the walk, and more business in it."""
    world = worlds.build()
    coming(world)
    in_session(world)
    earlier(world)
    others(world)
    exceptions(world)
    work(world)
    before(world)
    reports_in_the_making(world)
    # What a secret address answers to whoever knows it is read by its owner: see test_canaries.py.
    world.addresses = [(case, address(case, world)) for case in worlds.CASES if not case.is_secret]
    return world


def reports_in_the_making(world):
    """What is said and answered of a section about money too, and work on a draft in each state."""
    comment = reports.CommentFactory(section=world.money_section, by=world.people["scrutineer"])
    reports.AnswerFactory(comment=comment, by=world.clerk)
    reports.AnswerFactory(comment=world.draft_comment, by=world.clerk)
    make.JobFactory(kind=building.KIND, target_id=world.draft_report.pk, failed=True)
    make.JobFactory(kind=building.KIND, target_id=world.draft_report.pk, running=True, step="Laying out page 3")


def coming(world):
    make.ReplyFactory(meeting=world.planned, seat=world.seat, apologies=True)
    sends = make.AppointmentFactory(seat__body=world.review)
    make.ReplyFactory(meeting=world.planned, seat=sends.seat, answer="deputy", colleague="Somebody on duty")
    make.MeetingFactory(body=world.review, cancelled=True)
    make.AgendaItemFactory(meeting=world.planned, number=1, to_decide=True)
    for terms in world.review.terms.all():
        type(terms).objects.filter(pk=terms.pk).update(notes=["Two readings are possible."], summary="In short.")


def in_session(world):
    """The ordinary item, and the confidential one, each with a decision and an action."""
    make.AttendanceFactory(meeting=world.in_session, seat=make.SeatFactory(body=world.review), apologies=True)
    agreed(world, world.in_session)


def agreed(world, meeting):
    for item in meeting.items.all():
        make.DecisionFactory(item=item, by=world.clerk)
        make.ActionFactory(body=meeting.body, meeting=meeting, item=item, owner=make.PersonFactory(area=meeting.area))


def earlier(world):
    """Another closed meeting of the group, with more in its record than that of the walk has, and corrections."""
    meeting = make.MeetingFactory(body=world.review, opened=True, opened_by=world.clerk, note="Begun late.")
    make.AgendaItemFactory(meeting=meeting, number=1, note="Said.")
    make.AgendaItemFactory(meeting=meeting, number=2, private=True, note="Said among us.")
    make.AttendanceFactory(meeting=meeting, seat=world.seat, person=world.people["member"].person)
    make.AttendanceFactory(meeting=meeting, seat=make.SeatFactory(body=world.review), apologies=True, reason="Ill.")
    for item in meeting.items.all():
        make.ExclusionFactory(thing=item, person=world.people["excluded member"].person)
    agreed(world, meeting)
    world.earlier = Meeting.objects.get(pk=actions.close_meeting(meeting, by=world.clerk).pk)
    for closed in (world.earlier, world.closed):
        make.CorrectionFactory(meeting=closed, by=world.clerk)


def others(world):
    """The business of the partnership, of the other group and of the other area."""
    for body in (world.partnership, world.other, world.elsewhere):
        meeting = make.MeetingFactory(body=body, opened=True)
        make.AgendaItemFactory(meeting=meeting, number=1)
        make.AgendaItemFactory(meeting=meeting, number=2, private=True)
        agreed(world, meeting)
        if body != world.partnership:
            author = make.PersonFactory(area=body.area, with_account=True)
            make.ScenarioFactory(area=body.area, body=body, shared=True, created_by=author.user)


def exceptions(world):
    """Grants that were refused or taken back, and exclusions that are over, about items and cases."""
    item = world.in_session.items.get(confidential=False)
    for thing, kind in ((item, "presenter"), (world.case, "panel member")):
        make.GrantFactory(thing=thing, kind=kind, refused=True)
        make.GrantFactory(thing=thing, kind=kind, taken_back=True)
        make.ExclusionFactory(thing=thing, over=True)
    make.ExclusionFactory(thing=world.secret_item)
    over = {"ends_at": timezone.now(), "ended_because": "They have moved on."}
    make.NamedDeputyFactory(seat__body=world.other, **over)
    make.ChairingFactory(body=world.other, **over)
    make.OfficeFactory(kind="finance editor", **over)


def work(world):
    """Work under way and work that failed, and mail that waits and mail that failed."""
    Job.objects.filter(target_id=world.earlier.pk).delete()
    of_it = {"target_id": world.earlier.pk, "asked_by": world.clerk}
    make.JobFactory(kind=minutes.OPEN_PART, running=True, step="Laying out the pages", **of_it)
    make.JobFactory(kind=minutes.WITH_CONFIDENTIAL, failed=True, **of_it)
    for kind in (minutes.OPEN_PART, minutes.WITH_CONFIDENTIAL):
        worlds.minutes_of(world.earlier, kind, world.clerk)
    make.OutboxMessageFactory()
    make.OutboxMessageFactory(failed=True)


def before(world):
    """Values before, of the things of which the history of the walk has none."""
    confidential = world.earlier.items.get(confidential=True)
    for verb, thing, name in (
        ("meeting.changed", world.earlier, "place"),
        ("item.noted", confidential, "note"),
        ("case.changed", world.case, "about"),
        ("case.reopened", world.case, "closed_because"),
    ):
        history.record(verb, thing, by=world.clerk, changes={name: (f"{name} before", timezone.now().isoformat())})
