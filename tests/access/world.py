"""
A small partnership with one of every kind of person and of everything that has an address.

The Review group belongs to the Safeguarding Partnership; the Other group stands beside it, and Elsewhere is another
area. Every address of the portal is one of CASES: the route, on which object, and what a valid form would send.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from meetings import actions, minutes
from meetings.models import Meeting
from partnerships.explaining import holdings
from partnerships.reviewing import quarters
from records import files, history
from tests import factories as make
from tests.access import yearly_reports
from tests.access.yearly_reports import DRAFT, DRAFT_MONEY, NOTE, SAID

# Strings that stand in one thing each, and must never stand on a page of somebody who may not see that thing.
MEETING, ITEM, CONFIDENTIAL, ACTION = "canary-meeting", "canary-item", "canary-confidential", "canary-action"
TRIAL, SHARED = "canary-trial", "canary-shared"
# A case shows what it is about and its reference to those on it; interests and what waits, to those who keep it.
CASE, REFERENCE, CLOSED_CASE, ON_IT, KEPT_OUT, ASKED = (
    "canary-case",
    "MK-2031-C-777",
    "canary-closed-case",
    "canary-on-the-case",
    "canary-interest",
    "canary-asked-for",
)
ENDED, ANSWER = "canary-ended", "canary-answer"
UNSEEN = "0ca9a175"  # begins the address of each of these people; their posts stand in lists to choose from
READERS = {
    "member",
    "named deputy",
    "presiding deputy",
    "chair",
    "vice-chair",
    "partnership chair",
    "scrutineer",
    "team",
}
GUESTS = {"lay member", "democratic services"}
# Every lead of a case is one of the team, and reads what the team reads.
LEADS = {"case lead", "excluded from the case", "other case"}
READERS |= LEADS
READ_DRAFTS = {"partnership chair", "scrutineer", "team", "lead partner", "delegated partner"} | LEADS
ON_THE_CASE = {"case lead", "panel member", "independent reviewer", "emergency on the case"}
MAY_READ = {
    MEETING: READERS | GUESTS | {"excluded member", "emergency"},
    ITEM: READERS | GUESTS | {"emergency"},
    CONFIDENTIAL: {"member", "chair", "vice-chair", "team", "presenter", "democratic services", "emergency"} | LEADS,
    ACTION: READERS | GUESTS | {"excluded member"},
    TRIAL: {"member", "scrutineer", "team"} | LEADS,
    ENDED: {"team", "information governance", "agency administrator"} | LEADS,
    ANSWER: {"team", "information governance", "agency administrator"} | LEADS,
    UNSEEN: {"team", "information governance"} | LEADS,
    SHARED: READERS - {"partnership chair"} | GUESTS | {"excluded member"},
    CASE: ON_THE_CASE,
    REFERENCE: ON_THE_CASE,
    CLOSED_CASE: ON_THE_CASE,
    ON_IT: ON_THE_CASE,
    KEPT_OUT: {"case lead"},
    ASKED: {"case lead"},
    DRAFT: READ_DRAFTS,
    SAID: READ_DRAFTS,
    DRAFT_MONEY: READ_DRAFTS | {"finance editor"},
    NOTE: {"scrutineer"},
}


# --- People -----------------------------------------------------------------------------------------------------------


def member_of(body, **dates):
    """The account of somebody who holds a place on ``body``."""
    return make.AppointmentFactory(seat__body=body, with_account=True, **dates).person.user


def holder(kind, **more):
    return make.OfficeFactory(kind=kind, **more).person.user


def people(world):
    """Each role that the portal knows, as an account; the public has none."""
    now = timezone.now()
    chair = make.ChairingFactory(body=world.review, with_account=True)
    return {
        "public": None,
        "without a place": make.UserFactory(),
        "member": member_of(world.review),
        "named deputy": make.NamedDeputyFactory(seat__body=world.review, with_account=True).person.user,
        "presiding deputy": make.NamedDeputyFactory(seat__body=world.review, with_account=True).person.user,
        "chair": chair.person.user,
        "vice-chair": make.ChairingFactory(body=world.review, vice=True, with_account=True).person.user,
        "partnership chair": make.ChairingFactory(body=world.partnership, with_account=True).person.user,
        "partnership member": member_of(world.partnership),
        "scrutineer": holder("scrutineer", person__agency=None),
        "team": world.clerk,
        "lead partner": holder("lead partner"),
        "agency administrator": holder("agency administrator"),
        "finance editor": holder("finance editor"),
        "information governance": holder("information governance"),
        "system administrator": holder("system administrator"),
        "other group": member_of(world.other),
        "other area": member_of(world.elsewhere),
        "other area's team": make.OfficeFactory(person__area=world.elsewhere.area).person.user,
        "delegated partner": holder("delegated partner"),
        "place ended": member_of(world.review, ends_at=now - dt.timedelta(seconds=1)),
        "place not begun": member_of(world.review, starts_at=now + dt.timedelta(days=1)),
    }


def guests(world):
    """Those who are let in, or kept out, by exception; they come after the things that this is about."""

    def guest(kind, thing, **more):
        return make.GrantFactory(kind=kind, thing=thing, with_account=True, **more).person.user

    excluded = member_of(world.review)
    for item in [*world.in_session.items.all(), *world.closed.items.all()]:
        make.ExclusionFactory(thing=item, person=excluded.person)
    return {
        "excluded member": excluded,
        "presenter": guest("presenter", world.secret_item),
        "lay member": guest("lay member", world.review),
        "democratic services": guest("democratic services", world.review),
        "case lead": lead_of(world.case, world.closed_case),
        "panel member": on_cases(world, "panel member"),
        "independent reviewer": on_cases(world, "independent reviewer"),
        "emergency": guest("emergency", world.closed, emergency=True),
        "grant waiting": guest("lay member", world.review, waiting=True),
        "grant ended": guest("lay member", world.review, over=True),
        "grant not begun": guest("lay member", world.review, not_begun=True),
    }


def lead_of(*cases):
    """One of the team who keeps each of ``cases``."""
    person = make.TeamMemberFactory()
    for case in cases:
        make.GrantFactory(thing=case, lead=True, person=person, reason=ON_IT)
    return person.user


def on_cases(world, kind, **more):
    """Somebody with a grant of ``kind`` on the open case and on the closed one."""
    first = make.GrantFactory(kind=kind, thing=world.case, with_account=True, **{"reason": ON_IT} | more)
    make.GrantFactory(kind=kind, thing=world.closed_case, person=first.person, **{"reason": ON_IT} | more)
    return first.person.user


def on_the_case(world):
    """Those who have to do with a case, or had, or will have; every one of them beside ``case lead``."""
    excluded = lead_of(world.case, world.closed_case)
    world.exclusion = make.ExclusionFactory(thing=world.case, person=excluded.person, reason=KEPT_OUT)
    make.ExclusionFactory(thing=world.closed_case, person=excluded.person, reason=KEPT_OUT)
    left = lead_of(world.case, world.closed_case)
    left.person.offices.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    elsewhere = make.TeamMemberFactory(area=world.elsewhere.area)
    make.GrantFactory(thing=make.CaseFactory(area=elsewhere.area), lead=True, person=elsewhere)
    return {
        "case grant waiting": on_cases(world, "panel member", waiting=True, reason=ASKED),
        "case grant ended": on_cases(world, "panel member", over=True),
        "case grant not begun": on_cases(world, "panel member", not_begun=True, reason=ASKED),
        "excluded from the case": excluded,
        "other case": lead_of(make.CaseFactory()),
        "emergency on the case": on_cases(world, "emergency", emergency=True),
        "lead who left the team": left,
        "other area's case lead": elsewhere.user,
    }


# --- Things -----------------------------------------------------------------------------------------------------------


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


def who_may_see_what(world):
    """A grant that waits, one to be reviewed, an emergency and an exclusion, about people who have no other part."""
    chair, team = world.people["chair"].person, world.people["team"].person
    scrutineer, second = world.people["scrutineer"].person, world.people["partnership chair"].person
    item = world.in_session.items.get(number=1)
    world.asked = make.GrantFactory(kind="presenter", thing=item, waiting=True, proposed_by=chair, second=second)
    due = timezone.localdate()
    world.due = make.GrantFactory(thing=world.review, proposed_by=team, second=scrutineer, review_on=due)
    world.emergency = world.people["emergency"].person.grants.get()
    world.item_exclusion = make.ExclusionFactory(thing=item)
    world.nobody = make.PersonFactory(with_account=True)


def minutes_of(meeting, kind, by):
    return files.store(b"%PDF", kind=kind, target=meeting, name="minutes.pdf", content_type="application/pdf", by=by)


def without_a_part_now(world):
    """People whom the chair of the review group does not see: their part there is over, or it is another one."""

    def unseen():
        return {"person__public_id": uuid.UUID(UNSEEN + uuid.uuid4().hex[8:])}

    over = {"starts_at": make.LONG_AGO - dt.timedelta(days=9), "ends_at": make.LONG_AGO}
    make.NamedDeputyFactory(seat__body=world.review, seat__starts_at=over["starts_at"], **over, **unseen())
    make.AppointmentFactory(seat__body=world.review, seat__starts_at=over["starts_at"], **over, **unseen())
    make.ChairingFactory(body=world.review, vice=True, **over, **unseen())
    make.ChairingFactory(body=world.other, vice=True, **unseen())
    make.GrantFactory(thing=world.review, over=True, **unseen())
    make.GrantFactory(thing=world.other, **unseen())
    make.GrantFactory(thing=world.review, subject="nothing.Here", **unseen())


def access(world):
    """Somebody of the administrator's organisation, reviews of access, and a browser where the member is signed in."""
    agency = world.people["agency administrator"].person.agency
    place = make.NamedDeputyFactory(seat__body=world.other, seat__agency=agency)
    world.colleague = place.person
    make.AppointmentFactory(person=world.colleague, seat__body=world.other, ends_at=timezone.now(), ended_because=ENDED)
    without_a_part_now(world)
    scrutineer = world.people["scrutineer"].person
    review_of = {"year": 2024, "quarter": 3}
    world.access_review = make.AccessReviewFactory(agency=agency, **review_of)
    world.independent_review = make.AccessReviewFactory(independent=True, **review_of)
    world.answered_review = make.AccessReviewFactory(agency=agency, year=2024, quarter=2)
    world.closed_review = make.AccessReviewFactory(agency=agency, year=2024, quarter=1, closed=True)
    # Nobody goes through it by themselves: whoever administers it cannot sign in, and others hold other roles there.
    finance = world.people["finance editor"].person
    unkept = make.AccessReviewFactory(agency=finance.agency, **review_of)
    make.OfficeFactory(kind="agency administrator", person__agency=finance.agency, person__user__is_active=False)
    make.OfficeFactory(kind="agency administrator", person__agency=None)  # of no organisation, so of no review

    def line(review, held, kind, **answer):
        return make.AccessReviewLineFactory(
            review=review, person=held.person, kind=kind, row=held.pk, held=None, what="A part", **answer
        )

    world.line = line(world.access_review, place, "deputising")
    world.independent_line = line(world.independent_review, scrutineer.offices.get(), "role")
    world.closed_line = line(world.closed_review, place, "deputising")
    world.unkept_line = line(unkept, finance.offices.get(), "role")
    line(world.answered_review, place, "deputising", kept=True, note=ANSWER)
    browser = Client()
    browser.force_login(world.people["member"])
    world.session = UserSession.objects.create(
        user=world.people["member"], session_key=browser.session.session_key, ip="127.0.0.1", user_agent="Firefox"
    )


def build():
    """The whole world, made once for all walks."""
    world = SimpleNamespace()
    world.partnership = make.BodyFactory(partnership=True)
    world.review = make.BodyFactory(name="Review group", slug="review", reports_to=world.partnership)
    world.other = make.BodyFactory(name="Other group", slug="other", reports_to=None)
    world.elsewhere = make.BodyFactory(area=make.AnotherAreaFactory(), slug="elsewhere")
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
    world.people |= guests(world) | on_the_case(world)
    who_may_see_what(world)
    world.scenario = make.ScenarioFactory(name=TRIAL, created_by=author, body=world.review)
    world.shared = make.ScenarioFactory(name=SHARED, created_by=author, body=world.review, shared=True)
    access(world)
    yearly_reports.add_to(world)
    world.item = world.in_session.items.get(confidential=False)
    remember(world)
    return world


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


# --- Addresses --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """An address to ask for: the name of its route, the object in words, and how to fill the route from the world."""

    route: str
    on: str = ""
    fill: Callable = lambda world: {}
    send: Callable = field(default=lambda world: {})  # a form that the view would take from whoever may


def of(name, attribute="public_id"):
    """Fill the route's ``public_id`` (or another part) from the object ``name`` of the world."""
    return lambda world: {attribute: getattr(getattr(world, name), attribute)}


def story_of(kind, name, attribute="public_id"):
    """The address of the whole history of the object ``name`` of the world."""
    return lambda world: {"kind": kind, "thing_id": getattr(getattr(world, name), attribute)}


def at_meeting(name, **parts):
    """The address of something at the meeting ``name``; the parts are values, or functions of the world."""
    return lambda world: {
        "public_id": getattr(world, name).public_id,
        **{part: value(world) if callable(value) else value for part, value in parts.items()},
    }


def item(number, of="in_session"):
    """The address part of an item of the meeting ``of``."""
    return lambda world: getattr(world, of).items.get(number=number).public_id


def seat(world):
    return world.seat.pk


def about(number, of="in_session"):
    """The address of an act on access to an item of the meeting ``of``."""
    return lambda world: {"path": "items", "key": str(getattr(world, of).items.get(number=number).public_id)}


def let_in(world):
    soon = timezone.localdate() + dt.timedelta(days=7)
    return {
        "act": "confirm",
        "kind": "presenter",
        "person": world.nobody.pk,
        "reason": "Wrote the paper.",
        "second": world.people["scrutineer"].person.pk,
        "until_0": soon.day,
        "until_1": soon.month,
        "until_2": soon.year,
    }


def emergency(world):
    second = world.people["information governance"].person.pk
    thing = f"meetings/{world.in_session.public_id}"
    return {"act": "confirm", "thing": thing, "reason": "An inspector asks today.", "second": second}


def because(world):
    return {"because": "It is not needed."}


def day(name):
    return {f"{name}_0": "12", f"{name}_1": "1", f"{name}_2": "2032"}


def time_and_place(world):
    return {"body": world.review.pk, **day("day"), "starts": "10:00", "ends": "12:00", "mode": "virtual"}


def an_action(world):
    return {"what": "Bring the report", "owner": world.people["chair"].person.pk, **day("due_on")}


def a_note(world):
    return {"note": "Said.", "seen": world.in_session.items.get(number=1).note_digest}


def a_decision(world):
    return {"wording": "Noted.", "how": "noted"}


def a_case(world):
    return {"kind": "child", "about": "infant, recovered", "second": world.clerk.person.pk, "read_again": "on"}


def an_interest(world):
    return {"person": world.people["chair"].person.pk, "reason": "A relative works there."}


def on_each_case(route, send=lambda world: {}):
    """The route of the open case and of the closed one."""
    return [
        Case(route, "an open case", of("case"), send),
        Case(route, "a closed case", of("closed_case"), send),
    ]


def version_of(name, number):
    return lambda world: {"public_id": getattr(world, name).public_id, "number": number}


def named_figure(name):
    return lambda world: {"slug": getattr(world, name).slug, "name": "contributions-total"}


def on_draft_and_published(route, send=lambda world: {}):
    """The route of the draft and of the published report."""
    return [
        Case(route, "a draft", of("draft", "slug"), send),
        Case(route, "a published report", of("published", "slug"), send),
    ]


PLANNED, SESSION, CLOSED = (
    ("planned", "a planned meeting"),
    ("in_session", "in session"),
    ("closed", "a closed meeting"),
)


def each(route, *meetings, send=lambda world: {}, **parts):
    """One case for each of the meetings named."""
    return [Case(route, words, at_meeting(name, **parts), send) for name, words in meetings]


MEMBER = "of the review group"
COLLEAGUE = "of the administrator's organisation"
INDEPENDENT = "of people without an organisation"
UNKEPT = "of an organisation without an administrator"


def someone(role):
    """Fill the route from the person of a role."""
    return lambda world: {"public_id": world.people[role].person.public_id}


def place_of(person):
    """The address parts of the one place in force that ``person`` holds or deputises for."""
    (holding,) = holdings.load([person.pk], at=timezone.now())
    return {"public_id": person.public_id, "kind": holding.kind, "pk": holding.pk}


def ends_it(world):
    return {"act": "confirm", "reason": "Retired", **day("day")}


CASES = [
    *(Case(name) for name in ("home", "health", "accessibility", "privacy", "cookies", "worried")),
    *(Case(name) for name in ("account_login", "account_logout", "account_change_password", "account_reauthenticate")),
    *(Case(name) for name in ("account_reset_password", "account_reset_password_done", "account_inactive")),
    *(Case(name) for name in ("account_reset_password_from_key_done", "account_signup")),
    Case("account_reset_password_from_key", "a stale link", lambda world: {"uidb36": "1", "key": "cx1-" + "0" * 32}),
    Case("file", "open minutes", of("open_file")),
    Case("file", "confidential minutes", of("confidential_file")),
    Case("file", "a built draft", of("built_file")),
    Case("work", "confidential minutes", of("job")),
    Case("work", "a build of a draft", of("build")),
    Case("cancel_work", "confidential minutes", of("job")),
    Case("cancel_work", "a build of a draft", of("build")),
    Case("boards:list"),
    Case("boards:board", "the review group", of("review", "slug")),
    Case("boards:new_terms", "the review group", of("review", "slug"), lambda world: {"act": "publish"}),
    Case("meetings:list"),
    Case("meetings:plan", send=time_and_place),
    *each("meetings:meeting", PLANNED, SESSION, CLOSED),
    *each("meetings:change", PLANNED, SESSION, send=time_and_place),
    *each("meetings:cancel", PLANNED, SESSION, send=lambda world: {"reason": "Too little business"}),
    *each("meetings:live", PLANNED, SESSION, CLOSED),
    *each("meetings:open", PLANNED, CLOSED),
    *each("meetings:roll", SESSION, CLOSED),
    *each("meetings:rule", PLANNED, SESSION),
    *each("meetings:changes", SESSION, CLOSED),
    *each("meetings:close", SESSION, CLOSED),
    *each("meetings:attendance", SESSION, CLOSED, seat_id=seat, send=lambda world: {"state": "apologies"}),
    *each("meetings:place", SESSION, CLOSED, seat_id=seat, send=lambda world: {"state": "absent"}),
    *each(
        "meetings:came_or_left",
        SESSION,
        CLOSED,
        seat_id=seat,
        send=lambda world: {"what": "joined", "time-at": "09:30"},
    ),
    *each("meetings:decide", SESSION, item_id=item(1), send=a_decision),
    Case("meetings:decide", "a confidential item", at_meeting("in_session", item_id=item(2)), a_decision),
    *each("meetings:add_action", SESSION, item_id=item(1), send=an_action),
    *each("meetings:note", SESSION, item_id=item(1), send=a_note),
    *each("meetings:note", CLOSED, item_id=item(1, of="closed"), send=lambda world: {"note": "Said."}),
    *each("meetings:remove_decision", SESSION, pk=lambda world: world.decision.pk),
    *each("meetings:minutes", SESSION, CLOSED),
    *each("meetings:minutes_file", SESSION, CLOSED),
    Case(
        "meetings:minutes_file",
        "the confidential part",
        at_meeting("in_session"),
        lambda world: {"part": "confidential"},
    ),
    *each("meetings:correct", CLOSED, send=lambda world: {"text": "She was there.", "reason": "Missed."}),
    Case("actions:list"),
    Case("actions:complete", "of the chair", of("action")),
    Case("workbench:workbench"),
    Case("workbench:scenarios"),
    Case("workbench:scenario", "of the member", of("scenario")),
    Case("workbench:scenario", "shared", of("shared")),
    Case("workbench:file", "of the member", of("scenario")),
    Case("workbench:rename", "of the member", of("scenario"), lambda world: {"name": "Renamed"}),
    Case("workbench:share", "of the member", of("scenario")),
    Case("workbench:delete", "of the member", of("scenario")),
    # Access itself.
    Case("access:index"),
    Case("access:roles"),
    Case("boards:access", "the review group", of("review", "slug")),
    Case("people:list"),
    Case("people:person", MEMBER, someone("member")),
    Case("people:person", COLLEAGUE, of("colleague")),
    Case("people:person", INDEPENDENT, someone("scrutineer")),
    Case("people:leave", MEMBER, someone("member"), ends_it),
    Case("people:leave", COLLEAGUE, of("colleague"), ends_it),
    Case("people:end", MEMBER, lambda world: place_of(world.people["member"].person), ends_it),
    Case("people:end", COLLEAGUE, lambda world: place_of(world.colleague), ends_it),
    Case("me:me"),
    Case("me:end_session", "of the member", of("session", "pk")),
    Case("me:end_other_sessions"),
    Case("access:reviews"),
    Case("access:begin_reviews", send=lambda world: {"quarter": quarters.of(timezone.localdate()).before.key}),
    Case("access:review", COLLEAGUE, of("access_review")),
    Case("access:review", INDEPENDENT, of("independent_review")),
    Case("access:close_review", "with an open line", of("access_review")),
    Case("access:close_review", "all answered", of("answered_review")),
    Case("access:keep", COLLEAGUE, of("line")),
    Case("access:keep", INDEPENDENT, of("independent_line")),
    Case("access:keep", UNKEPT, of("unkept_line")),
    Case("access:keep", "in a closed review", of("closed_line")),
    Case("access:end", COLLEAGUE, of("line"), lambda world: {"reason": "New post"}),
    Case("access:end", INDEPENDENT, of("independent_line"), lambda world: {"reason": "New post"}),
    Case("access:evidence", COLLEAGUE, lambda world: {"public_id": world.answered_review.public_id, "form": "csv"}),
    Case("access:quarter_evidence", fill=lambda world: {"year": 2024, "quarter": 2, "form": "csv"}),
    Case("history:search"),
    Case("history:export", fill=lambda world: {"kind": "csv"}),
    Case("history:mine"),
    Case("history:person", "the member", someone("member")),
    Case("history:thing", "the review group", story_of("board", "review", "pk")),
    Case("history:thing", "in session", story_of("meeting", "in_session")),
    Case("history:thing", "an item", story_of("item", "item")),
    Case("history:thing", "a confidential item", story_of("item", "secret_item")),
    Case("history:thing", "a scenario of the member", story_of("scenario", "scenario")),
    Case("cases:list"),
    Case("cases:register", send=a_case),
    *on_each_case("cases:case"),
    *on_each_case("cases:change", send=lambda world: {"about": "adult, recovered", "read_again": "on"}),
    *on_each_case("cases:close", send=lambda world: {"because": "Nothing more to learn."}),
    *on_each_case("cases:reopen"),
    *on_each_case("cases:exclude", send=an_interest),
    *on_each_case("cases:interest", send=an_interest),
    Case(
        "cases:end_exclusion",
        "an open case",
        lambda world: {"public_id": world.case.public_id, "pk": world.exclusion.pk},
        lambda world: {"because": "They left that employer."},
    ),
    *on_each_case("cases:keep", send=lambda world: {"second": world.clerk.person.pk}),
    *on_each_case("cases:reads"),
    *on_each_case("cases:history"),
    Case("reports:list"),
    Case("reports:picture", "of a draft", of("picture")),
    Case("reports:picture", "of a published report", of("published_picture")),
    Case("reports:remove_picture", "of a draft", of("picture")),
    Case("reports:remove_picture", "of a published report", of("published_picture")),
    Case("reports:section", "of a draft", of("section")),
    Case("reports:section", "about money", of("money_section")),
    Case("reports:section", "of a published report", of("published_section")),
    Case("reports:changes", "of a draft", of("section")),
    Case("reports:read", "of a draft", of("section")),
    Case("reports:comment", "of a draft", of("section"), yearly_reports.a_challenge),
    Case("reports:comment", "about money", of("money_section"), yearly_reports.a_challenge),
    Case("reports:keep_note", "of a draft", of("section"), lambda world: {"text": "Ask."}),
    Case("reports:keep_note", "about money", of("money_section"), lambda world: {"text": "Ask."}),
    Case("reports:edit", "of a draft", of("section"), lambda world: {"text": "Better.", "seen": 2}),
    Case("reports:edit", "waiting for approval", of("proposed_section"), lambda world: {"text": "Better.", "seen": 1}),
    Case("reports:edit", "of a published report", of("published_section"), lambda world: {"text": "So.", "seen": 1}),
    Case("reports:versions", "of a draft", of("section")),
    Case("reports:version", "of a draft", version_of("section", 1)),
    Case("reports:bring_back", "of a draft", version_of("section", 1)),
    Case("reports:remove_note", "of the scrutineer", of("note")),
    Case("reports:answer", "a challenge", of("comment"), lambda world: {"outcome": "kept", "text": "Because."}),
    *on_draft_and_published("reports:pdf"),
    *on_draft_and_published("reports:making"),
    *on_draft_and_published("reports:build"),
    *on_draft_and_published("reports:comments"),
    *on_draft_and_published("reports:pictures", send=yearly_reports.a_picture),
    *on_draft_and_published("reports:figures"),
    Case("reports:figure", "of a draft", named_figure("draft")),
    Case("reports:figure", "of a published report", named_figure("published")),
    *on_draft_and_published("reports:report"),
    Case("reports:propose", "a draft", of("draft", "slug")),
    Case("reports:propose", "ready to be proposed", of("ready", "slug")),
    Case("reports:propose", "waiting for approval", of("proposed", "slug")),
    Case("reports:approve", "a draft", of("draft", "slug")),
    Case("reports:approve", "waiting for approval", of("proposed", "slug"), yearly_reports.approval),
    Case("reports:withdraw", "waiting for approval", of("proposed", "slug")),
    *(
        Case(f"reports:{act}", "a published report", of("published", "slug"))
        for act in ("propose", "approve", "withdraw")
    ),
    Case(
        "reports:comment",
        "of a published report",
        of("published_section"),
        lambda world: {"kind": "challenge", "text": "So."},
    ),
    Case("meetings:item", "an item", lambda world: {"public_id": world.in_session.items.get(number=1).public_id}),
    Case("meetings:item", "a confidential item", lambda world: {"public_id": world.secret_item.public_id}),
    Case("granting:grants"),
    Case("granting:grant", "a presenter who waits", of("asked")),
    Case("granting:approve", "a presenter who waits", of("asked")),
    Case("granting:refuse", "a presenter who waits", of("asked"), because),
    Case("granting:end", "a presenter who waits", of("asked"), because),
    Case("granting:still_needed", "a lay member to review", of("due")),
    Case("granting:emergency", "", send=emergency),
    Case("granting:end_emergency", "an open emergency", of("emergency")),
    Case("granting:declared"),
    Case("granting:end_exclusion", "from an item", of("item_exclusion"), because),
    Case("granting:let_in", "an item", about(1), let_in),
    Case(
        "granting:exclude",
        "an item",
        about(1),
        lambda world: {"act": "confirm", "person": world.nobody.pk, "reason": "Works there."},
    ),
    Case("granting:withdraw", "an item", about(1), lambda world: {"reason": "My partner works there."}),
]
