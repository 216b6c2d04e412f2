"""The published counts of a year: who reads them, and that they are what the report prints."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from meetings.sample import loading
from mktogether.lib.scoped import Unscoped, on_behalf_of
from records.models import User
from reviews.models import Case, YearCount
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    GrantFactory,
    UserFactory,
    YearCountFactory,
)

pytestmark = pytest.mark.django_db
FIRST_DAY = dt.date(2021, 4, 1)


def test_whoever_takes_part_in_the_area_reads_them_and_nobody_else():
    count = YearCountFactory()
    member = AppointmentFactory(with_account=True).person.user
    outsider = AppointmentFactory(seat__body=BodyFactory(area=AnotherAreaFactory()), with_account=True).person.user
    presenter = GrantFactory(kind="presenter", with_account=True).person.user
    assert list(YearCount.objects.visible_to(member)) == [count]
    for user in (outsider, presenter, UserFactory()):
        assert not YearCount.objects.visible_to(user).exists()


def test_a_look_that_forgets_for_whom_it_is_raises():
    member = AppointmentFactory(with_account=True).person.user
    with on_behalf_of(member), pytest.raises(Unscoped):
        YearCount.objects.count()


@pytest.mark.parametrize(
    "wrong", [{"first_day": dt.date(2021, 4, 2)}, {"first_day": dt.date(2021, 1, 1)}, {"label": ""}, {"source": ""}]
)
def test_the_database_wants_a_year_a_label_and_a_source(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        YearCountFactory(**wrong)


def test_a_key_stands_once_in_a_year():
    YearCountFactory(key="reviews-published")
    YearCountFactory(key="reviews-published", first_day=dt.date(2022, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        YearCountFactory(key="reviews-published")


def test_the_sample_has_the_numbers_of_the_report_and_no_cases_for_them():
    loading.load()
    user = User.objects.get(email="member.tvp@mktogether.example")
    counts = YearCount.objects.visible_to(user)
    assert dict(counts.of_year(FIRST_DAY).values_list("key", "count")) == {
        "adult-rapid-reviews": 4,
        "child-rapid-reviews": 5,
        "child-threshold-met": 1,
        "reviews-published": 4,
        "child-reviews-published": 2,
        "domestic-reviews-published": 2,
        "reviews-delayed": 5,
    }
    assert counts.of_year(dt.date(2020, 4, 1)).get(key="child-deaths-reviewed").count == 13
    assert not Case.objects.filter(year__lt=2024).exists()
