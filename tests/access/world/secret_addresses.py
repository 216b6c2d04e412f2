"""Links to reply by, and addresses of calendars: some that live, and each kind that is dead."""

from django.utils import timezone

from meetings.calendars import feed
from meetings.replying import deputy_links, links
from tests import factories as make
from tests.access.world.addresses import Case, at_meeting, seat

ACCEPTS = {"answer": "accept"}


def add_to(world):
    """
    A link and a calendar that live, of the partnership; and dead ones, of the Review group.

    Whoever has one is taken for its owner, so that what lives holds no string of what others may not read.
    """
    member, left = world.people["member"], world.people["place ended"]
    board_member = world.people["partnership member"]
    world.link = link(world.board_planned, board_member)
    world.link_to_what_began = link(world.in_session, member)
    world.link_of_a_leaver = link(world.planned, left)
    world.deputised = sent(
        make.MeetingFactory(body=world.review), world.people["named deputy"].person.deputisings.get()
    )
    deputy = make.NamedDeputyFactory(seat__body=world.partnership, with_account=True)
    meeting = sent(make.MeetingFactory(body=world.partnership), deputy).meeting
    world.deputy_link = deputy_links.token(meeting, deputy, deputy.person.user.email)
    idle = make.NamedDeputyFactory(seat__body=world.partnership, with_account=True)
    world.link_of_an_idle_deputy = deputy_links.token(meeting, idle, idle.person.user.email)
    world.calendar = calendar(board_member, "c" * 43)
    world.calendar_that_ended = calendar(member, "d" * 43, ended_at=timezone.now())
    world.calendar_of_a_leaver = calendar(left, "e" * 43)
    calendar(member, "f" * 43, body=world.review)
    calendar(member, "g" * 43)


def link(meeting, user):
    """The token of a link that went to ``user``, whatever became of their place since."""
    mandate = user.person.appointments.filter(seat__body=meeting.body).latest("starts_at")
    return links.token(meeting, mandate, user.email)


def calendar(user, secret, **more):
    make.CalendarAddressFactory(person=user.person, secret_digest=feed.digest(secret), made_at=make.LONG_AGO, **more)
    return secret


def sent(meeting, deputyship):
    """The reply by which somebody is sent to ``meeting`` as a deputy."""
    return make.ReplyFactory(meeting=meeting, seat=deputyship.seat, answer="deputy", deputy=deputyship.person)


def with_token(name):
    return lambda world: {"token": getattr(world, name)}


def with_secret(name):
    return lambda world: {"secret": getattr(world, name)}


def of_review(world):
    return {"slug": world.review.slug}


def entered(world):
    return {**ACCEPTS, "came": "telephone"}


CASES = [
    Case(
        "meetings:reply",
        "of the member at a planned meeting",
        at_meeting("planned", seat_id=seat),
        lambda world: ACCEPTS,
    ),
    Case("meetings:reply", "of the member in session", at_meeting("in_session", seat_id=seat), lambda world: ACCEPTS),
    Case("meetings:enter_reply", "of the member at a planned meeting", at_meeting("planned", seat_id=seat), entered),
    Case("meetings:enter_reply", "of the member in session", at_meeting("in_session", seat_id=seat), entered),
    Case("replies:reply", "a link that lives", with_token("link"), lambda world: ACCEPTS, is_secret=True),
    Case("replies:reply", "to a meeting that began", with_token("link_to_what_began"), lambda world: ACCEPTS),
    Case("replies:reply", "of a leaver", with_token("link_of_a_leaver"), lambda world: ACCEPTS),
    Case(
        "meetings:reply_as_deputy",
        "of the deputy at a planned meeting",
        lambda world: {"public_id": world.deputised.meeting.public_id, "seat_id": world.deputised.seat_id},
        lambda world: ACCEPTS,
    ),
    Case(
        "replies:reply_as_deputy", "a link that lives", with_token("deputy_link"), lambda world: ACCEPTS, is_secret=True
    ),
    Case(
        "replies:reply_as_deputy",
        "of one who is not sent",
        with_token("link_of_an_idle_deputy"),
        lambda world: ACCEPTS,
    ),
    Case("calendars:calendar", "one that lives", with_secret("calendar"), is_secret=True),
    Case("calendars:calendar", "one that was ended", with_secret("calendar_that_ended")),
    Case("calendars:calendar", "of a leaver", with_secret("calendar_of_a_leaver")),
    Case("own_calendars:make"),
    Case("own_calendars:end"),
    Case("own_calendars:make_of_board", "of the review group", of_review),
    Case("own_calendars:end_of_board", "of the review group", of_review),
]
