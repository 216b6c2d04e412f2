"""Every model has a factory, and what the factories make is whole and consistent."""

import inspect

import pytest
from django.apps import apps
from factory import Trait
from factory.django import DjangoModelFactory

from tests import factories

OURS = ("records", "partnerships", "meetings", "finance", "reviews", "reports")
FACTORIES = {
    factory._meta.model: factory
    for _name, factory in inspect.getmembers(factories, inspect.isclass)
    if issubclass(factory, DjangoModelFactory) and factory is not DjangoModelFactory
}
TRAITS = [
    (factory, trait)
    for factory in FACTORIES.values()
    for trait, declaration in factory._meta.parameters.items()
    if isinstance(declaration, Trait)
]


def test_every_model_has_a_factory():
    models = {model for app in OURS for model in apps.get_app_config(app).get_models()}
    assert models - set(FACTORIES) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES.values(), ids=lambda factory: factory.__name__)
def test_a_factory_makes_three_rows_that_are_whole(factory):
    for row in factory.create_batch(3):
        row.validate_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "trait"), TRAITS, ids=lambda value: getattr(value, "__name__", value))
def test_each_trait_makes_a_row_that_the_database_accepts(factory, trait):
    assert factory(**{trait: True}).pk


@pytest.mark.django_db
def test_a_decision_its_item_and_its_meeting_lie_in_one_area():
    decision = factories.DecisionFactory()
    assert decision.item.meeting == decision.meeting
    assert decision.meeting.area == decision.meeting.body.area


@pytest.mark.django_db
def test_the_member_of_a_place_comes_from_its_agency():
    appointment = factories.AppointmentFactory(with_account=True)
    assert appointment.person.agency == appointment.seat.agency
    assert appointment.person.area == appointment.seat.body.area == appointment.seat.agency.area


@pytest.mark.django_db
def test_somebody_with_an_account_signs_in_with_the_password_of_the_tests():
    assert factories.PersonFactory(with_account=True).user.check_password(factories.PASSWORD)
    assert factories.UserFactory(password="another long password").check_password("another long password")
