"""The page of a piece of work: for whom it is, and how little it asks the database."""

import uuid

import pytest

from tests.factories import JobFactory, UserFactory
from tests.records.conftest import KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower(client, workshop):
    """Somebody signed in whom the rule lets."""
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("trait", ["running", "done", "failed"])
@pytest.mark.parametrize("query", ["", "?part=1"])
def test_it_asks_the_database_little(client, follower, trait, query, django_assert_max_num_queries):
    job = JobFactory(kind=KIND, **{trait: True})
    with django_assert_max_num_queries(5):
        response = client.get(job.get_absolute_url() + query)
    assert response.status_code == 200


def test_it_says_what_is_to_be_known_of_the_result(client, follower, words):
    job = JobFactory(kind=KIND, done=True, remark="Two letters cannot be printed.")
    assert "Two letters cannot be printed." in words(client.get(job.get_absolute_url()))


def test_work_that_somebody_may_not_follow_is_like_work_that_does_not_exist(client, follower, workshop):
    job = JobFactory(kind=KIND, running=True)
    workshop.shut_out.add(follower.pk)
    for query in ("", "?part=1"):
        assert client.get(job.get_absolute_url() + query).status_code == 404
        assert client.get(f"/jobs/{uuid.uuid4()}/{query}").status_code == 404


def test_work_of_a_kind_that_no_app_knows_does_not_exist(client, follower):
    assert client.get(JobFactory(kind="forgotten").get_absolute_url()).status_code == 404
