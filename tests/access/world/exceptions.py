"""Who may see what, in the world: grants in every state, exclusions, and reviews of access."""

import datetime as dt
import uuid

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.access.world.readers import ANSWER, ENDED, MANY, UNSEEN

# They do not approve what concerns the partnership.
APPROVE = ("lead partner", "scrutineer")
CANNOT_APPROVE = (MANY, "chair", "vice-chair", "case lead", "democratic services", "emergency")


def asked_name(role):
    """What the world calls the grant that waits for somebody of ``role``."""
    return f"asked_of_{role.replace(' ', '_').replace('-', '_')}"


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
    off = make.OfficeFactory(kind="agency administrator", person__agency=finance.agency, person__user__is_active=False)
    for body in (world.review, world.partnership):  # so that their chairs see whose account is switched off
        make.AppointmentFactory(seat__body=body, person=off.person)
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


def asked_of(world):
    """Grants that wait for somebody who may not approve any more, or never could, and for those who may."""
    proposed_by = world.people["team"].person
    for role in CANNOT_APPROVE:
        second = world.people[role].person
        thing = world.board_meeting.items.get(number=1)
        asked = make.GrantFactory(kind="presenter", thing=thing, waiting=True, proposed_by=proposed_by, second=second)
        setattr(world, asked_name(role), asked)
    chair, item = world.people["chair"].person, world.in_session.items.get(number=1)
    presenter = {"kind": "presenter", "thing": item, "second": chair, "proposed_by": proposed_by}
    world.asked_of_its_chair = make.GrantFactory(**presenter, waiting=True)
    for role in APPROVE:
        setattr(
            world,
            asked_name(role),
            make.GrantFactory(**presenter | {"second": world.people[role].person}, waiting=True),
        )
    world.refused = make.GrantFactory(**presenter, refused=True)
    world.taken_back = make.GrantFactory(**presenter, taken_back=True)
    world.too_late = make.GrantFactory(**presenter, waiting=True, over=True)


def in_other_states(world):
    """A grant of the chair's own to be looked at again, one that is over, and an exclusion that is."""
    chair, due = world.people["chair"].person, timezone.localdate()
    world.due_of_chair = make.GrantFactory(kind="presenter", thing=world.item, person=chair, review_on=due)
    by_scrutineer = {"proposed_by": world.people["scrutineer"].person}
    world.proposed = make.GrantFactory(kind="presenter", thing=world.item, waiting=True, **by_scrutineer)
    world.let_in = make.GrantFactory(thing=world.review, **by_scrutineer)
    world.of_excluded = world.people["excluded from the case"].person.grants.get(subject_id=world.case.pk)
    world.over = make.GrantFactory(thing=world.review, over=True, review_on=due)
    world.lay = world.people["lay member"].person.grants.get()
    world.over_exclusion = make.ExclusionFactory(thing=world.item, person=world.people["member"].person, over=True)
