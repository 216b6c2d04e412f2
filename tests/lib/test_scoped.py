"""Rows that not everybody may see: a look-up that forgot for whom it is raises, however it is made."""

import operator

import pytest
from django.db.models import Count, Exists, OuterRef

from meetings.models import Meeting
from mktogether.lib.scoped import ScopedQuerySet, Unscoped, on_behalf_of, regardless
from partnerships.models import Body
from tests.factories import AppointmentFactory, MeetingFactory

pytestmark = pytest.mark.django_db

LOOKS = {
    "all": lambda rows: list(rows.all()),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "values": lambda rows: list(rows.values_list("pk")),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "update": lambda rows: rows.update(note="x"),
    "delete": lambda rows: rows.delete(),
    "union": lambda rows: list(rows.order_by().values_list("pk").union(rows.order_by().values_list("pk"))),
    "bulk_update": lambda rows: rows.bulk_update([Meeting(pk=1, note="x")], ["note"]),
    "raw": lambda rows: list(rows.raw("SELECT id FROM meetings_meeting")),
    "explain": lambda rows: rows.explain(),
    "subquery": lambda rows: list(Body.objects.regardless("the test looks").filter(meetings__in=rows.all())),
    "exists in a filter": lambda rows: list(
        Body.objects.regardless("the test looks").filter(Exists(rows.filter(body=OuterRef("pk"))))
    ),
}


@pytest.fixture
def user():
    return AppointmentFactory(with_account=True).person.user


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_no_way_of_looking_gets_round_it(user, look):
    MeetingFactory()
    with on_behalf_of(user), pytest.raises(Unscoped, match=r"meetings\.Meeting was looked up"):
        look(Meeting.objects)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_with_a_scope_every_way_of_looking_works(user, look):
    pk = MeetingFactory(pk=1).pk
    with on_behalf_of(user):
        look(Meeting.objects.regardless("the test looks").filter(pk=pk))


@pytest.mark.parametrize("join", [operator.or_, operator.xor], ids=["or", "xor"])
def test_rows_that_somebody_may_see_bring_in_no_others(user, join):
    MeetingFactory()
    with on_behalf_of(user):
        theirs = Meeting.objects.visible_to(user)
        for pair in ((theirs, Meeting.objects.all()), (Meeting.objects.all(), theirs)):
            with pytest.raises(Unscoped):
                list(join(*pair))
        assert list(join(theirs, theirs.filter(note="x"))) == []


def test_rows_of_a_related_manager_are_guarded_too(user):
    meeting = MeetingFactory()
    with on_behalf_of(user), pytest.raises(Unscoped):
        list(meeting.items.all())
    with on_behalf_of(user), pytest.raises(Unscoped):
        list(meeting.body.meetings.all())


def test_a_join_that_brings_them_along_is_guarded_by_its_own_scope(user):
    MeetingFactory()
    with on_behalf_of(user):
        assert list(Meeting.objects.visible_to(user).select_related("body")) == []


def test_without_a_reader_there_is_no_guard():
    MeetingFactory()
    assert Meeting.objects.count() == 1


def test_the_guard_ends_with_the_block(user):
    with on_behalf_of(user), pytest.raises(Unscoped):
        Meeting.objects.count()
    assert Meeting.objects.count() == 0


def test_it_is_lifted_for_code_that_is_not_ours_and_stands_again_after_it(user):
    with on_behalf_of(user):
        with regardless("the test looks"):
            assert Meeting.objects.count() == 0
        with pytest.raises(Unscoped):
            Meeting.objects.count()


@pytest.mark.parametrize("lift", [lambda: Meeting.objects.regardless(""), lambda: regardless("").__enter__()])
def test_nobody_lifts_it_without_saying_why(lift):
    with pytest.raises(ValueError, match="Say why"):
        lift()


def test_a_model_that_does_not_say_what_somebody_sees_shows_nothing(user):
    with pytest.raises(NotImplementedError):
        ScopedQuerySet(Meeting).visible_to(user)
