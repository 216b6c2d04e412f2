"""Web and worker share one broker, or neither goes on."""

import datetime as dt
import json
import uuid

import pytest
import redis
from celery import Celery
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from kombu import Exchange, Queue

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
        queue, control = str(folder / "queue"), str(folder / "control")
        self.options = {
            "data_folder_in": queue,
            "data_folder_out": queue,
            "control_folder": control,
            "processed_folder": str(folder / "processed"),
            "store_processed": False,
        }

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


# --- A folder in which something was cut off --------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, use):
    """A broker in a folder, which this process uses, and an app of Celery on it."""
    made = Folder(tmp_path / "broker")
    use(made)
    app = Celery("of the test", broker=made.url, broker_transport_options=made.options, set_as_current=False)
    yield made.folder, app
    app.close()


def publish(app, number):
    for n in range(number):
        app.send_task("records.tasks.mark_broker", args=[n])


def taken(app):
    """The arguments of everything that a worker would take from the queue."""
    found = []
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        while len(found) < 9:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                return found
            found.append(message.payload[0][0])
            message.ack()
    return found


def bind(app):
    """What a worker does when it starts to listen to the others."""
    with app.connection_for_read() as connection:
        everybody = Exchange("heard-by-all", type="fanout")
        Queue(str(uuid.uuid4()), everybody, channel=connection.default_channel).declare()


def cut_off_first(folder, keep):
    first, *_others = sorted(folder.iterdir())
    content = first.read_bytes()
    first.write_bytes(content[: int(len(content) * keep)])


@pytest.mark.parametrize("keep", [0, 0.5, 0.99])
def test_half_a_message_stops_no_worker(folder, keep):
    path, app = folder
    publish(app, 3)
    cut_off_first(path / "queue", keep)
    with pytest.raises(json.JSONDecodeError):
        taken(app)
    cut_off_first(path / "queue", keep)
    broker.check_at_worker_start()
    assert len(taken(app)) == 1
    publish(app, 1)
    assert taken(app) == [0]


@pytest.mark.parametrize("keep", [0, 0.5, 0.99])
def test_half_a_list_of_who_listens_stops_no_worker(folder, keep):
    path, app = folder
    bind(app)
    cut_off_first(path / "control", keep)
    with pytest.raises(json.JSONDecodeError):
        bind(app)
    broker.check_at_worker_start()
    bind(app)


def test_what_is_whole_stays_where_it_is(folder):
    _path, app = folder
    bind(app)
    publish(app, 3)
    broker.check_shared()
    assert broker.take_away_what_is_cut_off() == 0
    assert sorted(taken(app)) == [0, 1, 2]


def test_a_redis_has_no_files_to_look_at(two_brokers, use):
    ours, _other = two_brokers
    use(ours)
    broker.check_at_worker_start()
    assert ours.read()
