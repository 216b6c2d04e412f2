"""The sample is loaded once for all the tests of this folder, and rolled back after them."""

import pytest
from django.db import transaction

from meetings.sample import loading


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker):
    """The loaded sample. What a test changes in it is rolled back after that test."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load()
        yield
        transaction.set_rollback(True)
