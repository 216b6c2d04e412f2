"""Each role that the portal knows, as an account, and those whom a grant or an exclusion concerns."""

import datetime as dt

from django.utils import timezone

from tests import factories as make
from tests.access.world.readers import ASKED, KEPT_OUT, MANY, ON_IT


def member_of(body, **dates):
    """The account of somebody who holds a place on ``body``."""
    return make.AppointmentFactory(seat__body=body, with_account=True, **dates).person.user


def holder(kind, **more):
    return make.OfficeFactory(kind=kind, **more).person.user


def people(world):
    """Each role that the portal knows, as an account; the public has none."""
    now = timezone.now()
    chair = make.ChairingFactory(body=world.review, with_account=True)
    vice_chair = make.ChairingFactory(body=world.review, vice=True, with_account=True)
    for body in (world.panel, world.holders):
        make.ChairingFactory(body=body, person=chair.person)
    for body in (world.panel, world.holders, world.second_partnership):
        make.ChairingFactory(body=body, person=vice_chair.person, vice=True)
    return {
        "public": None,
        "without a place": make.UserFactory(),
        "member": member_of(world.review),
        "named deputy": make.NamedDeputyFactory(seat__body=world.review, with_account=True).person.user,
        "presiding deputy": make.NamedDeputyFactory(seat__body=world.review, with_account=True).person.user,
        "chair": chair.person.user,
        "vice-chair": vice_chair.person.user,
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
        "delegated partner": holder("delegated partner", person=member_of(world.review).person),
        "place ended": held_once(world, member_of(world.review, ends_at=now - dt.timedelta(seconds=1))),
        "place not begun": member_of(world.review, starts_at=now + dt.timedelta(days=1)),
        MANY: of_many_parts(world),
    }


def held_once(world, user):
    """``user``, who held everything else too that lets somebody read, and holds it no more."""
    begun = make.LONG_AGO - dt.timedelta(days=9)
    over = {"person": user.person, "starts_at": begun, "ends_at": make.LONG_AGO}
    make.NamedDeputyFactory(seat__body=world.review, seat__starts_at=begun, **over)
    make.ChairingFactory(body=world.review, **over)
    make.OfficeFactory(kind="scrutineer", **over)
    place_that_is_gone = {"seat__body": world.review, "seat__starts_at": begun, "seat__ends_at": make.LONG_AGO}
    for factory in (make.AppointmentFactory, make.NamedDeputyFactory):
        factory(person=user.person, starts_at=begun, **place_that_is_gone)
    return user


def of_many_parts(world):
    """
    A member who holds beside it what opens little by itself.

    By somebody who sees meetings, cases of access and people anyway, it shows what those parts let one do with them.
    """
    person = member_of(world.review).person
    make.NamedDeputyFactory(seat__body=world.review, seat__agency=person.agency, person=person)
    for kind in ("finance editor", "system administrator", "agency administrator", "information governance"):
        make.OfficeFactory(kind=kind, person=person)
    return person.user


def guests(world):
    """Those who are let in, or kept out, by exception; they come after the things that this is about."""

    def guest(kind, thing, **more):
        return make.GrantFactory(kind=kind, thing=thing, with_account=True, **more).person.user

    excluded = member_of(world.review)
    for item in [*world.in_session.items.all(), *world.closed.items.all()]:
        make.ExclusionFactory(thing=item, person=excluded.person)
    many = world.people[MANY].person
    make.GrantFactory(kind="presenter", thing=world.in_session.items.get(number=1), person=many)
    make.GrantFactory(kind="lay member", thing=world.review, person=many)
    for kind in ("panel member", "independent reviewer"):
        make.GrantFactory(kind=kind, thing=make.CaseFactory(), person=many)
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


def on_cases(world, kind, user=None, **more):
    """Somebody (``user``, or somebody new) with a grant of ``kind`` on the open case and on the closed one."""
    person = user.person if user else make.PersonFactory(with_account=True)
    for case in (world.case, world.closed_case):
        make.GrantFactory(kind=kind, thing=case, person=person, **{"reason": ON_IT} | more)
    return person.user


def auditor_of(world):
    """Another scrutineer, whose audit reaches the open case and the closed one."""
    person = make.OfficeFactory(scrutineer=True).person
    world.audit = make.AuditFactory(person=person)
    for case in (world.case, world.closed_case):
        make.AuditedCaseFactory(audit=world.audit, case=case, grant__reason=ON_IT)
    return person.user


def on_the_case(world):
    """Those who have to do with a case, or had, or will have; every one of them beside ``case lead``."""
    excluded = lead_of(world.case, world.closed_case)
    world.exclusion = make.ExclusionFactory(thing=world.case, person=excluded.person, reason=KEPT_OUT)
    make.ExclusionFactory(thing=world.closed_case, person=excluded.person, reason=KEPT_OUT)
    left = lead_of(world.case, world.closed_case, world.orphan)
    of_team = on_cases(world, "emergency", make.TeamMemberFactory().user, emergency=True)
    make.GrantFactory(thing=world.orphan, person=of_team.person, emergency=True, reason=ON_IT)
    left.person.offices.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    elsewhere = make.TeamMemberFactory(area=world.elsewhere.area)
    make.GrantFactory(thing=make.CaseFactory(area=elsewhere.area), lead=True, person=elsewhere)
    return {
        "case grant waiting": on_cases(world, "panel member", waiting=True, reason=ASKED),
        "case grant ended": on_cases(world, "panel member", over=True),
        "case grant not begun": on_cases(world, "panel member", not_begun=True, reason=ASKED),
        "excluded from the case": excluded,
        "other case": lead_of(make.CaseFactory()),
        "emergency on the case": on_cases(world, "emergency", member_of(world.review), emergency=True),
        "lead who left the team": left,
        "other area's case lead": elsewhere.user,
        "emergency of the team": of_team,
        "scrutineer in the audit": auditor_of(world),
    }
