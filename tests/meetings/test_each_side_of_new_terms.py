"""New terms from a day: a meeting on each side of it is judged by the rules of its own day."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings import judging, roster
from partnerships.models import TermsOfReference
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    AttendanceFactory,
    BodyFactory,
    MeetingFactory,
    OfficeFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

pytestmark = pytest.mark.django_db


def test_a_meeting_on_each_side_is_judged_by_its_own(as_user, words):
    clerk = OfficeFactory().person.user
    body = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(body=body, rules="quorum: one from each of MKCC, TVP")
    here = [
        AppointmentFactory(seat=SeatFactory(body=body, agency=AgencyFactory(short_name=name)))
        for name in ("MKCC", "TVP")
    ]
    day = timezone.localdate() + dt.timedelta(days=10)
    turn = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 30)))
    before = MeetingFactory(body=body, starts_at=turn - dt.timedelta(days=1))
    after = MeetingFactory(body=body, starts_at=turn)
    for meeting in (before, after):
        AttendanceFactory(meeting=meeting, seat=here[0].seat, person=here[0].person)
    form = {
        "edition": "Handbook of next year",
        "rules": "quorum: one member",
        "starts_on_0": day.day,
        "starts_on_1": day.month,
        "starts_on_2": day.year,
    }
    client = as_user(clerk)
    shown = client.post("/boards/review/terms/new/", {**form, "act": "continue"})
    assert "Meetings that the new version judges 1 on or after" in words(shown)
    assert TermsOfReference.objects.count() == 1
    assert client.post("/boards/review/terms/new/", {**form, "act": "publish"}).status_code == 302

    def verdict(meeting):
        return judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting)).status

    assert (str(verdict(before)), str(verdict(after))) == ("not quorate", "quorate")
