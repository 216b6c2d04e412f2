"""Access ends with what it came from: to the second, everywhere, at the next request."""

import datetime as dt
import random

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from meetings import actions, minutes
from meetings.calendars.actions import make_address
from meetings.models import Meeting
from meetings.replying.links import links_for
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import jobs
from records.models import Job, StoredFile
from tests import factories as make
from tests.access.walking import ask
from tests.access.world import minutes_of

pytestmark = pytest.mark.django_db
UTC = dt.UTC
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=UTC)


# --- Every way of having a part, and everything that it opens -------------------------------------------------------


def place(body):
    return make.AppointmentFactory(seat__body=body, with_account=True)


def deputising(body):
    return make.NamedDeputyFactory(seat__body=body, with_account=True)


def chair(body):
    body.chairings.all().delete()
    return make.ChairingFactory(body=body, with_account=True)


def chair_of_the_board_above(body):
    body.reports_to.chairings.all().delete()
    return make.ChairingFactory(body=body.reports_to, with_account=True)


def of_the_team(body):
    return make.OfficeFactory(person__area=body.area)


def scrutineer(body):
    return make.OfficeFactory(person__area=body.area, scrutineer=True)


def lay_member(body):
    return make.GrantFactory(thing=body, with_account=True)


def clerk(body):
    return make.GrantFactory(thing=body, kind="democratic services", with_account=True)


PARTS = (place, deputising, chair, chair_of_the_board_above, of_the_team, scrutineer, lay_member, clerk)


class Artefacts:
    """A group with a closed meeting, and what somebody with a part in it can hold in their hands."""

    def __init__(self):
        self.body = make.BodyFactory(reports_to=make.BodyFactory(partnership=True))
        self.clerk = make.OfficeFactory(person__area=self.body.area).person.user
        meeting = make.MeetingFactory(body=self.body, opened=True, opened_by=self.clerk)
        self.item = make.AgendaItemFactory(meeting=meeting)
        self.meeting = Meeting.objects.get(pk=actions.close_meeting(meeting, by=self.clerk).pk)
        Job.objects.all().delete()  # what closing asked for would be taken for the work that is asked for here
        self.file = minutes_of(self.meeting, minutes.OPEN_PART, self.clerk)
        self.action = make.ActionFactory(body=self.body, owner=self.clerk.person)
        self.coming = make.MeetingFactory(body=self.body)
        self.taken_away = []

    def take_away(self, person):
        """What somebody has outside the portal: their calendars, and the links to reply by where they have a place."""
        calendars = [make_address(person, body, by=person.user) for body in (None, self.body)]
        links = {address.partition("?")[0] for _label, address in links_for(self.coming, person)}
        self.taken_away = [f"/calendars/{secret}.ics" for secret in calendars]
        self.taken_away += [link.removeprefix(settings.SITE_ORIGIN) for link in links]

    def addresses(self):
        """Every address that a part in the group opens."""
        page = self.meeting.get_absolute_url()
        return [page, f"{page}minutes/", f"{page}live/rule/", f"{page}live/changes/", self.file.get_absolute_url()]

    def alive(self, client, user):
        """What of all this still answers, also what was asked for before and is done only now."""
        alive = [path for path in self.addresses() if ask(client, "GET", path).status not in {302, 403, 404}]
        alive += [path for path in self.taken_away if ask(Client(), "GET", path).status != 404]
        job = make.JobFactory(kind=minutes.OPEN_PART, target_id=self.meeting.pk, asked_by=user, area=self.body.area)
        jobs.run(job.pk)
        job.refresh_from_db()
        job_page = client.get(job.get_absolute_url())
        if job.result_id or job_page.status_code == 200:
            alive.append("the queued work")
        Job.objects.filter(pk=job.pk).delete()
        if str(self.meeting.public_id) in client.get("/meetings/?state=all").content.decode():
            alive.append("the list of meetings")
        if self.action.what in client.get("/actions/").content.decode():
            alive.append("the list of actions")
        return alive


@pytest.fixture
def artefacts():
    return Artefacts()


@pytest.fixture(autouse=True)
def no_layout(monkeypatch):
    """The work that was asked for begins and stores a file; laying it out is not what is asked here."""
    monkeypatch.setattr(minutes, "render_pdf", lambda html, *, title: b"%PDF of a test")


def revoke(artefacts, make_part):
    """Give somebody a part, sign them in, end it; return what was alive before and after."""
    part = make_part(artefacts.body)
    user = part.person.user
    client = Client()
    client.force_login(user)
    artefacts.take_away(part.person)
    before = artefacts.alive(client, user)
    cache.clear()  # of a thousand dead addresses asked for in a minute the portal would answer a part with 429
    part.ends_at = timezone.now()
    part.save()
    user = type(user).objects.get(pk=user.pk)
    return before, artefacts.alive(client, user)


@pytest.mark.parametrize("make_part", PARTS, ids=lambda make_part: make_part.__name__)
def test_whatever_opened_it_nothing_is_alive_at_the_next_request(artefacts, make_part):
    before, after = revoke(artefacts, make_part)
    assert len(before) >= len(artefacts.addresses()) + len(artefacts.taken_away)
    assert after == []


@pytest.mark.prove
def test_of_a_thousand_parts_that_end_nothing_is_alive_at_the_next_request(artefacts):
    chance = random.Random(20261125)
    alive = []
    for number in range(1000):
        make_part = chance.choice(PARTS)
        before, after = revoke(artefacts, make_part)
        assert before, f"{number}: {make_part.__name__} opened nothing"
        alive += after
    assert alive == []


def test_somebody_with_two_places_loses_only_the_one(artefacts):
    first = place(artefacts.body)
    other = Artefacts()
    make.AppointmentFactory(seat__body=other.body, person=first.person)
    client = Client()
    client.force_login(first.person.user)
    first.ends_at = timezone.now()
    first.save()
    assert client.get(artefacts.meeting.get_absolute_url()).status_code == 404
    assert client.get(other.meeting.get_absolute_url()).status_code == 200


def test_an_account_that_is_switched_off_ends_every_session(artefacts):
    user = place(artefacts.body).person.user
    client = Client()
    client.force_login(user)
    assert client.get(artefacts.meeting.get_absolute_url()).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(artefacts.meeting.get_absolute_url()).status_code == 302
    assert artefacts.alive(client, user) == []


def test_the_rule_for_files_is_asked_of_the_person_and_not_of_the_row(artefacts):
    user = place(artefacts.body).person.user
    assert StoredFile.objects.visible_to(user).filter(pk=artefacts.file.pk).exists()
    assert not StoredFile.objects.visible_to(make.UserFactory()).exists()


# --- To the second, and across the changes of the clocks ------------------------------------------------------------

CLOCK_CHANGES = (dt.datetime(2026, 10, 25, 1, tzinfo=UTC), dt.datetime(2027, 3, 28, 1, tzinfo=UTC))
SECOND = dt.timedelta(seconds=1)
near_a_change = st.tuples(st.sampled_from(CLOCK_CHANGES), st.integers(-7200, 7200))
any_day = st.tuples(st.just(dt.datetime(2021, 1, 1, tzinfo=UTC)), st.integers(0, 14 * 365 * 86400))
moments = st.one_of(near_a_change, any_day).map(lambda drawn: drawn[0] + drawn[1] * SECOND)


class TheSecond(TestCase):
    """A part holds from its first second on, and no longer in the second of its end."""

    @given(begins=moments, length=st.integers(1, 400 * 86400))
    def test_each_part_holds_from_its_first_second_to_the_one_before_its_end(self, begins, length):
        ends = begins + length * SECOND
        body = make.BodyFactory()
        dates = {"starts_at": begins, "ends_at": ends}
        for make_part in (make.AppointmentFactory, make.NamedDeputyFactory):
            user = make_part(seat__body=body, seat__starts_at=LONG_AGO, with_account=True, **dates).person.user
            reads = [standing_of(user, at=at).reads(body) for at in (begins - SECOND, begins, ends - SECOND, ends)]
            assert reads == [False, True, True, False]

    @given(begins=moments, length=st.integers(2, 400 * 86400))
    def test_a_place_that_is_closed_takes_its_member_along(self, begins, length):
        ends = begins + length * SECOND
        appointment = make.AppointmentFactory(
            seat__starts_at=begins, seat__ends_at=ends, starts_at=LONG_AGO, with_account=True
        )
        user, body = appointment.person.user, appointment.seat.body
        reads = [standing_of(user, at=at).reads(body) for at in (begins - SECOND, begins, ends - SECOND, ends)]
        assert reads == [False, True, True, False]

    @given(begins=moments, length=st.integers(1, 300 * 86400))
    def test_a_grant_too(self, begins, length):
        ends = begins + length * SECOND
        grant = make.GrantFactory(
            with_account=True, wanted_from=begins, wanted_until=ends, proposed_at=LONG_AGO, approved_at=LONG_AGO
        )
        user = grant.person.user
        reach = [standing_of(user, at=at).reach(Act.READ) for at in (begins - SECOND, begins, ends - SECOND, ends)]
        assert [bool(one) for one in reach] == [False, True, True, False]
