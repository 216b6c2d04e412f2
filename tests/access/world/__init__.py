"""
A small partnership with one of every kind of person and of everything that has an address.

The Review group belongs to the Safeguarding Partnership; the Other group stands beside it, and Elsewhere is another
area. Every address of the portal is one of CASES: the route, on which object, and what a valid form would send.
"""

from types import SimpleNamespace

from meetings import minutes
from tests import factories as make
from tests.access.world import case_parts, mailing, money, representation, secret_addresses, yearly_reports
from tests.access.world.business import (
    actions_of,
    closed_meeting,
    meeting_in_session,
    minutes_of,
    other_meetings,
    remember,
)
from tests.access.world.cases import CASES
from tests.access.world.exceptions import access, asked_of, in_other_states, who_may_see_what
from tests.access.world.people import guests, holder, on_the_case, people
from tests.access.world.readers import ACTION, CASE, CLOSED_CASE, CONFIDENTIAL, MAY_READ, MEETING, SHARED, TRIAL

__all__ = ["CASES", "CONFIDENTIAL", "MAY_READ", "build", "minutes_of"]


def build():
    """The whole world, made once for all walks; the same whatever was tested before, down to the order in lists."""
    make.count_anew()
    world = SimpleNamespace()
    world.partnership = make.BodyFactory(partnership=True, slug="partnership")
    world.review = make.BodyFactory(name="Review group", slug="review", reports_to=world.partnership)
    world.other = make.BodyFactory(name="Other group", slug="other", reports_to=None)
    world.reporting = make.BodyFactory(slug="reporting", reports_to=world.review)
    world.panel = make.BodyFactory(panel=True, slug="panel")
    world.holders = make.BodyFactory(kind="office-holders", slug="office-holders")
    world.second_partnership = make.BodyFactory(partnership=True, slug="second-partnership")
    world.elsewhere = make.BodyFactory(area=make.AnotherAreaFactory(), slug="elsewhere")
    world.shared_body = make.BodyFactory(area=world.elsewhere.area, slug="shared")
    world.shared_body.shared_with.add(world.review.area)
    for body in (world.review, world.other, world.elsewhere):
        make.TermsOfReferenceFactory(body=body, rules="quorum: two members")
    world.clerk = holder("team")
    world.people = people(world)
    world.seat = world.people["member"].person.appointments.get().seat
    world.planned = make.MeetingFactory(body=world.review, place=f"Room {MEETING}")
    world.in_session, world.decision = meeting_in_session(world)
    world.in_session.presiding = world.people["presiding deputy"].person
    world.in_session.save(update_fields=["presiding"])
    world.closed = closed_meeting(world)
    world.action = make.ActionFactory(body=world.review, owner=world.people["chair"].person, what=ACTION)
    world.open_file = minutes_of(world.closed, minutes.OPEN_PART, world.clerk)
    world.confidential_file = minutes_of(world.closed, minutes.WITH_CONFIDENTIAL, world.clerk)
    world.job = make.JobFactory(kind=minutes.WITH_CONFIDENTIAL, target_id=world.closed.pk, asked_by=world.clerk)
    author = world.people["member"]
    world.secret_item = world.in_session.items.get(confidential=True)
    world.case = make.CaseFactory(about=CASE, year=2031, number=777)
    world.closed_case = make.CaseFactory(about=CLOSED_CASE, closed=True, closed_because=CLOSED_CASE)
    other_meetings(world)
    world.orphan = make.CaseFactory()  # nobody keeps it any more
    world.people |= guests(world) | on_the_case(world)
    representation.build(world)
    who_may_see_what(world)
    asked_of(world)
    world.scenario = make.ScenarioFactory(name=TRIAL, created_by=author, body=world.review)
    world.shared = make.ScenarioFactory(name=SHARED, created_by=author, body=world.review, shared=True)
    access(world)
    actions_of(world)
    world.item = world.in_session.items.get(confidential=False)
    yearly_reports.add_to(world)
    case_parts.add_to(world)
    in_other_states(world)
    remember(world)
    money.build(world)
    secret_addresses.add_to(world)
    mailing.build(world)
    return world
