"""Prepared queries: the same rows as the queryset would give, with the SQL built once."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.db.models import BigAutoField, CharField, DateTimeField, FilteredRelation, Q, Value

from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared, PreparedModels
from partnerships.models import Agency, Appointment, Body, Person, Seat
from partnerships.models.dated import in_force
from tests import factories

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def of_area(area):
    return Agency.objects.filter(area=area).order_by("name").values_list("short_name", "classes")


def holders(body, at):
    holding = FilteredRelation("appointments", condition=in_force(at, "appointments__"))
    seats = Seat.objects.filter(body=body).annotate(holding=holding).order_by("order")
    return seats.values_list("title", "holding__person__post", "starts_at")


def test_it_gives_the_rows_of_its_values_each_time_it_is_asked():
    first, second = (factories.AgencyFactory(area=factories.AnotherAreaFactory(), classes=["police"]) for _ in "ab")
    prepared = Prepared(of_area, area=BigAutoField())
    for agency in (first, second, first):
        assert prepared(area=agency.area_id) == [(agency.short_name, ["police"])]


def test_it_builds_its_sql_once(django_assert_num_queries):
    built = []

    def build(area):
        built.append(area)
        return of_area(area)

    prepared = Prepared(build, area=BigAutoField())
    with django_assert_num_queries(3):
        for area in (1, 2, 3):
            assert prepared(area=area) == []
    assert len(built) == 1


def test_it_gives_what_the_queryset_gives_with_moments_joins_and_empty_sides():
    held = factories.AppointmentFactory(starts_at=NOON, ends_at=NOON + dt.timedelta(hours=1))
    factories.SeatFactory(body=held.seat.body)
    prepared = Prepared(holders, body=BigAutoField(), at=DateTimeField())
    for at in (NOON - dt.timedelta(microseconds=1), NOON, NOON + dt.timedelta(hours=1)):
        assert prepared(body=held.seat.body_id, at=at) == list(holders(held.seat.body_id, at))
    assert prepared(body=held.seat.body_id, at=NOON)[0][1] == held.person.post
    assert prepared(body=held.seat.body_id, at=NOON)[1][1] is None


def test_it_takes_a_union():
    held = factories.AppointmentFactory()

    def of_person(person):
        text = CharField()
        seats = Appointment.objects.filter(person=person).values_list("seat_id", Value("place", text))
        bodies = Body.objects.filter(seats__appointments__person=person).values_list("id", Value("board", text))
        return seats.order_by().union(bodies.order_by(), all=True)

    found = Prepared(of_person, person=BigAutoField())(person=held.person_id)
    assert sorted(found) == sorted([(held.seat_id, "place"), (held.seat.body_id, "board")])


def test_it_keeps_what_people_type_out_of_its_sql():
    factories.AgencyFactory(short_name="TVP")
    prepared = Prepared(lambda name: Agency.objects.filter(Q(short_name=name)).values_list("id"), name=CharField())
    assert len(prepared(name="TVP")) == 1
    assert prepared(name="' OR 1=1 --") == []


def test_it_refuses_to_run_without_a_value():
    with pytest.raises(KeyError):
        Prepared(of_area, area=BigAutoField())()


@pytest.mark.django_db(transaction=True)
def test_each_thread_has_its_own():
    agency = factories.AgencyFactory()
    prepared = Prepared(of_area, area=BigAutoField())
    prepared(area=agency.area_id)
    if is_lost_when_closed():
        return
    found = []

    def look():
        found.append(prepared(area=agency.area_id))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [[(agency.short_name, [])]]


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_what_the_last_one_knew():
    agency = factories.AgencyFactory()
    prepared = Prepared(of_area, area=BigAutoField())
    expected = [(agency.short_name, [])]
    assert prepared(area=agency.area_id) == expected
    if is_lost_when_closed():
        return
    connection.close()
    assert prepared(area=agency.area_id) == expected


def is_lost_when_closed():
    """A database in memory ends with its connection."""
    return connection.vendor == "sqlite"


def test_it_runs_after_the_transaction_in_which_it_first_ran_is_taken_back():
    agency = factories.AgencyFactory()
    prepared = Prepared(of_area, area=BigAutoField())
    for _time in range(2):
        with transaction.atomic():
            assert prepared(area=agency.area_id) == [(agency.short_name, [])]
            transaction.set_rollback(True)


def test_it_takes_constants_beside_its_values():
    """Those with a sign that the driver reads as a place for a value among them."""
    agency = factories.AgencyFactory(short_name="100% ours")
    ours = Q(short_name__startswith="100%")
    prepared = Prepared(
        lambda area: Agency.objects.filter(ours, area=area).values_list("short_name", Value("50% 'each'", CharField())),
        area=BigAutoField(),
    )
    assert prepared(area=agency.area_id) == [("100% ours", "50% 'each'")]


def test_it_takes_many_numbers_as_one_value():
    ours, theirs, others = (factories.AgencyFactory(area=factories.AnotherAreaFactory()) for _ in "abc")
    prepared = Prepared(
        lambda areas, ids: (
            Agency.objects.filter(Q(area__pk__among=areas) | Q(pk__among=ids)).order_by("pk").values_list("pk")
        ),
        areas=Numbers(),
        ids=Numbers(),
    )
    assert prepared(areas={ours.area_id}, ids=[theirs.pk]) == [(ours.pk,), (theirs.pk,)]
    assert prepared(areas=[], ids={others.pk: "by id"}) == [(others.pk,)]
    assert prepared(areas=frozenset(), ids=()) == []


def people(area):
    return Person.objects.select_related("agency__area", "user").filter(area=area).order_by("id")


def test_it_gives_instances_with_those_they_name(django_assert_num_queries):
    bound = factories.PersonFactory(with_account=True)
    free = factories.PersonFactory(area=bound.area, independent=True)
    prepared = PreparedModels(people, area=BigAutoField())
    for _time in range(2):
        with django_assert_num_queries(1):
            first, last = prepared(area=bound.area_id)
            assert (first, first.user, first.agency.area) == (bound, bound.user, bound.agency.area)
            assert (last, last.user, last.agency) == (free, None, None)
        assert not first._state.adding
    assert prepared(area=0) == []
