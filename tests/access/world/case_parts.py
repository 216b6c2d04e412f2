"""What belongs to the cases of the world: referrals, days, deadlines, a panel, a decision, and who the people are."""

import datetime as dt

from django.utils import timezone

from meetings import years
from tests import factories as make
from tests.access.world.addresses import Case, a_case, of, on_day, on_each_case
from tests.access.world.readers import DETAILS, REFERRED, REFERRED_CASE

AN_OPEN_CASE, A_CLOSED_CASE = "an open case", "a closed case"


def add_to(world):
    """A referral in each state, and of everything that a case has one, on the open case and on the closed one."""
    member, chair = world.people["member"], world.people["chair"]
    world.referral = referred_by(member, happened=REFERRED)
    world.closed_referral = referred_by(member, happened=REFERRED, closed=True, closed_because=REFERRED)
    world.lost_receipt = referred_by(world.people["place ended"], happened=REFERRED, closed=True)
    world.accepted_referral = referred_by(chair, happened=REFERRED_CASE, accepted=True, case=world.case)
    for referral in (world.referral, world.closed_referral, world.lost_receipt):
        make.ExclusionFactory(thing=referral, person=world.people["excluded from the case"].person)
    for case, name in ((world.case, "open"), (world.closed_case, "closed")):
        make.CaseDateFactory(case=case)
        make.CaseDateFactory(case=case, event="notified", on=dt.date(2024, 9, 16))
        make.CaseDeadlineFactory(case=case, missed=True)
        make.CaseDeadlineFactory(case=case, code="SIN-1", amount=5, due_on=dt.date(2024, 9, 17))
        make.CaseHoldFactory(case=case)
        make.PanelPlaceFactory(case=case, person=world.people["panel member"].person)
        decision = make.PanelDecisionFactory(case=case)
        make.DecisionCorrectionFactory(decision=decision)
        setattr(world, f"{name}_decision", decision)
        setattr(world, f"{name}_person", make.CasePersonFactory(case=case, name=DETAILS))


def referred_by(user, **values):
    return make.ReferralFactory(person=user.person, referred_by=user, area=user.person.area, **values)


def a_referral(world):
    return {
        "kind": "child",
        "happened": "infant, recovered",
        "agencies": [world.people["member"].person.agency_id],
        "read_again": "on",
        **on_day("known_on"),
    }


def a_panel(world):
    return {
        "seat_police": world.nobody.pk,
        "second": world.people["scrutineer"].person.pk,
        **soon("until"),
    }


def soon(name):
    """A day within twelve months from now."""
    day = timezone.localdate() + dt.timedelta(days=30)
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def over(world):
    """The last day of a hold."""
    return {"last_day_0": "31", "last_day_1": "10", "last_day_2": "2024"}


def a_panel_decision(world):
    return {
        "outcome": "none",
        "reasons": "Nothing new is to be learned.",
        "deciders": ["police"],
        "read_again": "on",
        **on_day("decided_on"),
    }


def somebody(world):
    return {"part": "parent", "name": "Somebody"}


def correction(world):
    return {"what": "It was the day before.", "because": "A slip."}


def numbered(name, number):
    return lambda world: {"public_id": getattr(world, name).public_id, "number": number}


def on_each(route, number, send=lambda world: {}):
    return [
        Case(route, AN_OPEN_CASE, numbered("case", number), send),
        Case(route, A_CLOSED_CASE, numbered("closed_case", number), send),
    ]


def of_each(route, thing, send=lambda world: {}):
    return [
        Case(route, AN_OPEN_CASE, of(f"open_{thing}"), send),
        Case(route, A_CLOSED_CASE, of(f"closed_{thing}"), send),
    ]


# In the kind "child" the second event is that the National Panel was notified, and the third deadline the rapid review.
NOTIFIED, RAPID_REVIEW = 2, 3


def an_audit(world):
    return {"year": years.year_of(timezone.now()), "reason": "Audit of the year", **soon("until")}


CASES = [
    Case("cases:audits"),
    Case("cases:begin_audit", send=an_audit),
    Case("cases:audit", "of another scrutineer", of("audit")),
    Case("cases:end_audit", "of another scrutineer", of("audit")),
    Case("cases:deadlines"),
    Case("cases:refer", send=a_referral),
    Case("cases:receipts"),
    Case("cases:receipt", "of a referral that waits", of("referral")),
    Case("cases:receipt", "of a referral that became a case", of("accepted_referral")),
    Case("cases:receipt", "of somebody whose place ended", of("lost_receipt")),
    Case("cases:referrals"),
    *(
        Case(f"cases:{route}", words, of(name), send)
        for route, send in (
            ("referral", lambda world: {}),
            ("accept", a_case),
            ("close_referral", lambda world: {"because": "Known already."}),
        )
        for words, name in (
            ("that waits", "referral"),
            ("closed without a case", "closed_referral"),
            ("that became a case", "accepted_referral"),
        )
    ),
    Case(
        "granting:withdraw",
        "a referral that waits",
        lambda world: {"path": "referrals", "key": str(world.referral.public_id)},
        lambda world: {"act": "confirm", "reason": "A relative works there."},
    ),
    *on_each_case("cases:time"),
    *on_each("cases:why", RAPID_REVIEW, lambda world: {"because": "School closed."}),
    *on_each("cases:date", NOTIFIED, lambda world: on_day("on")),
    *on_each("cases:remove_date", NOTIFIED),
    *on_each_case("cases:hold", lambda world: {"because": "Trial.", **on_day("first_day")}),
    *on_each_case("cases:resume", over),
    *on_each_case("cases:panel", a_panel),
    *on_each_case("cases:decide", a_panel_decision),
    *of_each("cases:decision", "decision"),
    *of_each("cases:correct", "decision", correction),
    *on_each_case("cases:people"),
    *on_each_case("cases:enter_person", somebody),
    *of_each("cases:change_person", "person", somebody),
    *of_each("cases:remove_person", "person"),
]
