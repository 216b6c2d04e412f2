"""Those who are offered and told are those whom the rules let, for offices and chairs of every kind."""

import pytest

from partnerships.granting import people as whom
from partnerships.granting import rules
from partnerships.models import Chairing, Grant, Office, Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from tests.factories import BodyFactory, ChairingFactory, ExclusionFactory, OfficeFactory
from tests.partnerships.granting.conftest import fresh


@pytest.fixture
def everybody(people):
    for kind in Office.Kind:
        OfficeFactory(kind=kind)
    for kind in ("statutory", "group", "panel"):
        for part in Chairing.Part:
            ChairingFactory(body=BodyFactory(kind=kind), part=part, with_account=True)
    return [fresh(person.user) for person in Person.objects.filter(user__isnull=False)]


@pytest.mark.parametrize("kind", [Grant.Kind.PRESENTER, Grant.Kind.EMERGENCY])
def test_the_seconds_who_are_offered_are_those_who_may_approve(people, everybody, kind):
    ExclusionFactory(thing=people.item, person=people.scrutineer)
    thing = people.item
    offered = {person.pk for person in whom.seconds(kind, thing, but={people.chair.pk, people.guest.pk})}
    may = {
        user.person.pk
        for user in everybody
        if rules.may_be_second(user, kind, thing, proposer=people.chair, person=people.guest)
    }
    assert offered == may
    assert people.second.pk in offered
    assert people.scrutineer.pk not in offered


@pytest.mark.parametrize("act", [Act.BREAK_GLASS, Act.EXCLUDE, Act.APPROVE_GRANTS, Act.PLAN])
def test_who_may_do_something_is_asked_of_the_table_of_roles(people, everybody, act):
    found = {person.pk for person in whom.who_may(act, people.review.area_id, body_id=people.review.pk)}
    reach = {user.person.pk: standing_of(user).reach(act) for user in everybody}
    assert found == {pk for pk, one in reach.items() if one.to_body(people.review.pk)}


def test_accounts_that_are_switched_off_are_neither_asked_nor_told(people):
    people.second.user.is_active = False
    people.second.user.save()
    found = whom.who_may(Act.APPROVE_GRANTS, people.review.area_id)
    assert people.second not in found
    assert people.scrutineer in found


def test_it_takes_one_query_whatever_their_number(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        few = len(whom.seconds(Grant.Kind.PRESENTER, people.item, but=[]))
    for _time in range(10):
        OfficeFactory(scrutineer=True)
    with django_assert_num_queries(1):
        assert len(whom.seconds(Grant.Kind.PRESENTER, people.item, but=[])) == few + 10


def test_somebody_with_two_roles_is_offered_once(people):
    OfficeFactory(kind="delegated partner", person=people.second)
    offered = list(whom.seconds(Grant.Kind.PRESENTER, people.item, but=[]))
    assert offered.count(people.second) == 1
