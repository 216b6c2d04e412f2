"""Work in the background: done once, lost never, and only for whom it still is allowed."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from records import jobs
from records.models import Event, Job, StoredFile
from tests.factories import AreaFactory, JobFactory, StoredFileFactory, UserFactory
from tests.records.conftest import KIND, Target, content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored_names(private_folder):
    """Every file in the private storage, wherever it lies."""
    return lambda: [path.name for path in private_folder.rglob("*") if path.is_file()]


def ask(*, by=None, pk=7, area=None, **more):
    with transaction.atomic():
        return jobs.request(KIND, Target(area or AreaFactory(), pk), by=by or UserFactory(), **more)


def all_at_once(number, act):
    """Run ``act`` in so many threads, each with a connection of its own, and return what they returned."""
    together = threading.Barrier(number)

    def run(_number):
        together.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


# --- Asking ---


def test_asking_writes_a_row_and_history_and_nudges_after_the_commit(workshop, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = ask()
    assert job.state == Job.State.WAITING
    assert Event.objects.get().verb == "job.asked"
    assert len(callbacks) == 1


def test_what_is_under_way_is_not_begun_twice(workshop):
    first = ask()
    assert ask() == first
    Job.objects.update(state=Job.State.RUNNING, lease_until=timezone.now() + jobs.LEASE)
    assert ask() == first
    assert ask(pk=8) != first


def test_what_is_made_of_the_same_is_not_made_twice(workshop):
    first = ask(inputs="a" * 64)
    jobs.run(first.pk)
    assert ask(inputs="a" * 64) == first
    assert ask(inputs="b" * 64) != first


def test_what_failed_is_begun_anew(workshop):
    job = JobFactory(failed=True, inputs="a" * 64)
    assert ask(pk=job.target_id, inputs="a" * 64) != job


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_all_get_the_same_job(workshop):
    area, user = AreaFactory(), UserFactory()
    asked = all_at_once(8, lambda: ask(by=user, area=area).pk)
    assert len(set(asked)) == 1
    assert Job.objects.count() == 1
    assert Event.objects.filter(verb="job.asked").count() == 1


def test_work_that_the_database_refuses_for_another_reason_is_not_asked_for_again_and_again(workshop):
    with pytest.raises(IntegrityError):
        ask(audience=None)


# --- Running ---


def test_it_makes_the_file_that_was_asked_for(workshop):
    job = ask()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempts, job.lease_until) == (Job.State.DONE, 100, 1, None)
    assert job.finished_at is not None
    assert content_of(job.result) == b"made by attempt 1"


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_exactly_one_gets_the_claim(workshop):
    workshop.before_storing = lambda job, report: time.sleep(0.1)
    job = ask()
    all_at_once(8, lambda: jobs.run(job.pk))
    assert workshop.made == 1
    assert StoredFile.objects.count() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 1)


def test_work_that_is_done_is_not_done_again(workshop):
    job = ask()
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert workshop.made == 1


def test_work_that_cannot_be_done_says_why(workshop):
    def refuse(job, report):
        raise jobs.JobFailed("The paper is encrypted.")

    workshop.before_storing = refuse
    job = ask()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.FAILED, "The paper is encrypted.")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("lost", ["a place", "the account"])
def test_access_is_asked_again_when_the_work_begins(workshop, stored_names, lost):
    user = UserFactory()
    job = ask(by=user)
    if lost == "a place":
        workshop.shut_out.add(user.pk)
    else:
        type(user).objects.update(is_active=False)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.FAILED, jobs.NO_LONGER)
    assert workshop.made == 0
    assert stored_names() == []


def test_a_kind_that_no_app_knows_is_made_for_nobody(workshop):
    job = JobFactory(kind="forgotten")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_reporting_shows_how_far_it_is_and_holds_the_claim(workshop):
    seen = []

    def half_way(job, report):
        Job.objects.regardless("the test turns the clock").update(lease_until=timezone.now() + dt.timedelta(seconds=1))
        report(50, "Half of it")
        job.refresh_from_db()
        seen.append((job.progress, job.step, job.lease_until - timezone.now() > dt.timedelta(seconds=30)))

    workshop.before_storing = half_way
    jobs.run(ask().pk)
    assert seen == [(50, "Half of it", True)]


# --- Losing a worker ---


def test_the_sweeper_finds_what_waits_and_what_was_lost_and_nothing_else(workshop):
    now = timezone.now()
    waiting, lost = JobFactory(), JobFactory(lost=True)
    JobFactory(running=True)
    JobFactory(done=True)
    JobFactory(failed=True)
    assert jobs.sweep(now) == [lost.pk], "what was asked for a moment ago has its own nudge"
    assert jobs.sweep(now + dt.timedelta(seconds=10)) == [waiting.pk, lost.pk]


def test_it_gives_up_after_four_attempts_with_a_sentence(workshop):
    def fail(job, report):
        raise OSError("The disk is gone.")

    workshop.before_storing = fail
    job = ask()
    for _attempt in range(jobs.ATTEMPTS):
        with pytest.raises(OSError, match="disk"):
            jobs.run(job.pk)
        Job.objects.regardless("the test turns the clock").update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    jobs.run(job.pk)  # a late nudge claims nothing
    assert jobs.sweep(timezone.now()) == []
    job.refresh_from_db()
    assert (job.state, job.failure, job.attempts) == (Job.State.FAILED, jobs.GAVE_UP, 4)


def test_what_a_worker_made_that_lost_its_claim_is_thrown_away(
    workshop, stored_names, django_capture_on_commit_callbacks
):
    """It was so slow that another worker took the job over and finished it."""
    job = ask()

    def another_takes_over(running, report):
        workshop.before_storing = lambda running, report: None
        Job.objects.regardless("the test turns the clock").update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        jobs.run(job.pk)

    workshop.before_storing = another_takes_over
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert workshop.made == 2
    assert content_of(job.result) == b"made by attempt 2"
    assert StoredFile.objects.get() == job.result
    assert len(stored_names()) == 1


def test_a_file_that_another_job_was_given_is_never_thrown_away(workshop):
    shared = StoredFileFactory()
    JobFactory(done=True, result=shared)
    jobs._throw_away(shared)
    assert StoredFile.objects.get() == shared


def test_the_late_word_of_a_worker_that_lost_its_claim_changes_nothing(workshop):
    job = JobFactory(running=True, attempts=2, progress=40)
    jobs._report(job.pk, 1, 90, "Nearly")
    assert not jobs._finish(job.pk, 1, state=Job.State.FAILED, failure="No")
    job.refresh_from_db()
    assert (job.state, job.progress) == (Job.State.RUNNING, 40)


# --- A worker that is killed ---

WORKER = """
import sys, time
import django; django.setup()
from django.db import connections
from django.db.models import Q
from records import files, jobs
from records.models import StoredFile
from records.storage import FolderStorage
from tests.records.conftest import KIND, Target

connections["default"].settings_dict["NAME"] = sys.argv[2]
StoredFile._meta.get_field("file").storage = FolderStorage(location=sys.argv[3])

def run(job, report):
    report(40, "Laying out the pages")
    print("begun", flush=True)
    time.sleep(float(sys.argv[4]))
    return files.store(b"%PDF whole", kind=KIND, target=Target(job.area, job.target_id), name="made.pdf",
                       content_type="application/pdf", by=job.asked_by, public_id=job.file_id)

jobs.register(KIND, jobs.Kind(run=run, rule=lambda user: ~Q(pk__in=[]), title=str, back=str))
jobs.run(int(sys.argv[1]))
"""


class Workers:
    """Real processes that work on the test's own database and folder."""

    def __init__(self, folder):
        self.database = str(connection.settings_dict["NAME"])
        self.folder = folder

    def start(self, job, seconds):
        arguments = [str(job.pk), self.database, self.folder, str(seconds)]
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, *arguments], cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE
        )
        with worker.stdout:
            worker.stdout.readline()  # it has begun, or had nothing to do
        return worker


@pytest.fixture
def workers(db, private_folder):
    return Workers(str(private_folder))


def lease_runs_out():
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_nothing(workshop, stored_names, workers):
    job = ask()
    worker = workers.start(job, 60)
    worker.kill()
    assert worker.wait() == -signal.SIGKILL
    job.refresh_from_db()
    assert (job.state, job.progress) == (Job.State.RUNNING, 40)
    assert jobs.sweep(timezone.now()) == [], "its lease holds for a while"
    lease_runs_out()
    assert jobs.sweep(timezone.now()) == [job.pk]
    assert workers.start(job, 0).wait() == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert content_of(job.result) == b"%PDF whole"
    assert StoredFile.objects.count() == len(stored_names()) == 1


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_workers_that_are_killed_at_any_moment_lose_nothing_and_leave_nothing(workshop, stored_names, workers):
    """Twelve jobs, each killed once or twice at another moment of its work, and then left in peace."""
    area, user = AreaFactory(), UserFactory()
    asked = [ask(by=user, area=area, pk=number) for number in range(1, 13)]
    killed = []
    for number, job in enumerate(asked):
        for round_ in range(1 + number % 2):
            worker = workers.start(job, 0.004 * number)
            time.sleep(0.005 * ((number * 7 + round_ * 3) % 12))
            worker.kill()
            killed.append(worker.wait() == -signal.SIGKILL)
            lease_runs_out()
    for job_pk in jobs.sweep(timezone.now() + dt.timedelta(seconds=10)):
        assert workers.start(Job.objects.get(pk=job_pk), 0).wait() == 0
    assert sum(killed) > 6
    assert Job.objects.filter(state=Job.State.DONE).count() == 12
    assert all(content_of(job.result) == b"%PDF whole" for job in Job.objects.all())
    assert len(stored_names()) == StoredFile.objects.count() == 12
