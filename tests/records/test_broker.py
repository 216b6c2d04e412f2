"""Web and worker share one broker, or neither goes on."""

import datetime as dt
import uuid

import pytest
import redis
from celery import Celery
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from mktogether import celery_app
from mktogether.setup.throwaway_postgres import free_port
from records import broker, tasks
from records.models import BrokerMark

pytestmark = pytest.mark.django_db


class Folder:
    """A broker in a folder, as on one machine."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "queue").mkdir(parents=True)
        self.url = "filesystem://localhost/"
        self.options = {"data_folder_in": str(folder / "queue")}

    def read(self):
        mark = self.folder / "mark"
        return mark.read_text() if mark.exists() else None

    def write(self, token):
        (self.folder / "mark").write_text(token)

    def lose_everything(self):
        (self.folder / "mark").unlink()


class Redis:
    """One database of a real Redis."""

    options = {}

    def __init__(self, port, number):
        self.url = f"redis://127.0.0.1:{port}/{number}"

    def _client(self):
        return redis.Redis.from_url(self.url, decode_responses=True)

    def read(self):
        with self._client() as client:
            return client.get(broker.KEY)

    def write(self, token):
        with self._client() as client:
            client.set(broker.KEY, token)

    def lose_everything(self):
        with self._client() as client:
            client.flushdb()


@pytest.fixture(params=["folder", "redis"])
def two_brokers(request, tmp_path):
    """The broker that the others use, and another one of the same make."""
    if request.param == "folder":
        return Folder(tmp_path / "a"), Folder(tmp_path / "b")
    port = request.getfixturevalue("redis_port")
    both = Redis(port, 0), Redis(port, 1)
    for each in both:
        each.lose_everything()
    return both


@pytest.fixture
def use(settings):
    """Make this process one that uses the given broker."""

    def use(chosen):
        settings.CELERY_BROKER_URL = chosen.url
        settings.CELERY_BROKER_TRANSPORT_OPTIONS = chosen.options

    return use


def long_ago():
    BrokerMark.objects.update(seen_at=timezone.now() - broker.SEEN_LATELY - dt.timedelta(seconds=1))


def test_processes_with_one_broker_start_in_any_order_and_number(two_brokers, use):
    ours, _other = two_brokers
    use(ours)
    for _process in range(3):
        broker.check_shared()
    assert ours.read() == str(BrokerMark.objects.get().token)


def test_a_process_with_another_broker_is_stopped(two_brokers, use):
    ours, other = two_brokers
    use(ours)
    broker.check_shared()
    use(other)
    with pytest.raises(ImproperlyConfigured, match="is not the one that the other processes use") as refusal:
        broker.check_shared()
    assert "Set REDIS_URL" in str(refusal.value)
    assert other.read() is None


def test_a_process_with_another_broker_is_stopped_while_workers_are_heard(two_brokers, use):
    ours, other = two_brokers
    use(ours)
    broker.check_shared()
    long_ago()
    tasks.mark_broker()
    use(other)
    with pytest.raises(ImproperlyConfigured, match="is not the one"):
        broker.check_shared()


def test_a_broker_of_a_portal_with_another_database_is_refused_and_left_alone(two_brokers, use):
    ours, _other = two_brokers
    theirs = str(uuid.uuid4())
    ours.write(theirs)
    use(ours)
    with pytest.raises(ImproperlyConfigured, match="belongs to a portal with another database"):
        broker.check_shared()
    assert ours.read() == theirs


def test_a_broker_that_lost_everything_is_taken_up_again_after_a_while(two_brokers, use):
    ours, _other = two_brokers
    use(ours)
    broker.check_shared()
    ours.lose_everything()
    with pytest.raises(ImproperlyConfigured):
        broker.check_shared()
    long_ago()
    broker.check_shared()
    assert ours.read() == str(BrokerMark.objects.get().token)


def test_a_running_worker_mends_a_broker_that_lost_everything(two_brokers, use):
    ours, _other = two_brokers
    use(ours)
    broker.check_shared()
    ours.lose_everything()
    tasks.mark_broker()
    broker.check_shared()


def test_a_broker_that_does_not_answer_is_named_without_its_password(settings):
    port = free_port()
    settings.CELERY_BROKER_URL = f"redis://portal:canary@127.0.0.1:{port}/3"
    with pytest.raises(ImproperlyConfigured) as refusal:
        broker.check_shared()
    assert f"127.0.0.1:{port}/3 does not answer" in str(refusal.value)
    assert "Start Redis" in str(refusal.value)
    assert "canary" not in str(refusal.value)


def test_a_project_that_forgot_its_queue_fails_the_check():
    """What happens when nobody imports the project's Celery app: tasks would go to the library's default broker."""
    assert broker.check_queue_is_the_projects(None) == []
    try:
        Celery("forgotten").set_current()
        (error,) = broker.check_queue_is_the_projects(None)
    finally:
        celery_app.set_current()
    assert error.id == "records.E001"
