"""Work that is cancelled, and what workers that were killed leave behind: nothing."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import ALLOWED, Refusal, refused
from records import files, jobs
from records.models import Event, Job, StoredFile
from tests.factories import AreaFactory, JobFactory, StoredFileFactory, UserFactory
from tests.records.conftest import KIND, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored_names(private_folder):
    """Every file in the private storage, wherever it lies."""
    return lambda: [path.name for path in private_folder.rglob("*") if path.is_file()]


def ask(*, inputs=""):
    with transaction.atomic():
        return jobs.request(KIND, Target(AreaFactory(), 7), by=UserFactory(), inputs=inputs)


# --- Cancelling ---


def test_work_that_waits_is_cancelled_with_who_and_when(workshop):
    job, user = ask(), UserFactory()
    jobs.cancel(job, by=user)
    jobs.run(job.pk)  # a late nudge claims nothing
    job.refresh_from_db()
    assert (job.state, job.cancelled_by, job.is_over) == (Job.State.CANCELLED, user, True)
    assert job.cancelled_at is not None
    assert workshop.made == 0
    assert Event.objects.filter(verb="job.cancelled", actor_id=user.pk).count() == 1


def test_a_worker_notices_at_its_next_word_and_keeps_nothing(workshop, stored_names):
    job, user = ask(), UserFactory()

    def cancelled_meanwhile(running, report):
        jobs.cancel(running, by=user)
        report(50, "Half of it")

    workshop.before_storing = cancelled_meanwhile
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress) == (Job.State.CANCELLED, 0)
    assert workshop.made == 0
    assert stored_names() == []


def test_a_worker_whose_job_was_taken_over_notices_it_too(workshop):
    job = ask()

    def taken_over(running, report):
        Job.objects.regardless("the test is the other worker").filter(pk=job.pk).update(attempts=2)
        report(50, "Half of it")

    workshop.before_storing = taken_over
    jobs.run(job.pk)
    assert workshop.made == 0


def test_after_a_cancel_the_same_can_be_asked_for_again(workshop):
    first = ask(inputs="a" * 64)
    jobs.cancel(first, by=UserFactory())
    second = ask(inputs="a" * 64)
    assert second != first
    jobs.run(second.pk)
    second.refresh_from_db()
    assert second.state == Job.State.DONE


def test_what_is_over_is_not_cancelled(workshop):
    job = ask()
    jobs.run(job.pk)
    with pytest.raises(Refusal, match="over already"):
        jobs.cancel(job, by=UserFactory())
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_kind_says_who_cancels_it_and_without_a_rule_nobody_does(workshop, monkeypatch):
    job = JobFactory(kind=KIND)
    assert not jobs.may_cancel(job.asked_by, job)
    rule = lambda user, job: ALLOWED if user == job.asked_by else refused("It is not yours.")  # noqa: E731
    monkeypatch.setitem(jobs.KINDS, KIND, replace(jobs.KINDS[KIND], may_cancel=rule))
    assert jobs.may_cancel(job.asked_by, job)
    assert not jobs.may_cancel(UserFactory(), job)


# --- What killed workers leave ---


def test_the_next_attempt_removes_what_the_one_before_had_kept(
    workshop, stored_names, django_capture_on_commit_callbacks
):
    job = JobFactory(kind=KIND, lost=True)
    left = StoredFileFactory(public_id=job.file_id, kind=KIND)
    draft = Path(left.file.path).with_name(f".{job.file_id}")
    draft.write_bytes(b"half of")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(job.pk)
    assert not StoredFile.objects.filter(pk=left.pk).exists()
    assert draft.name not in stored_names()


def test_a_file_without_its_row_is_removed_too(workshop, stored_names):
    job = JobFactory(kind=KIND, lost=True)
    left = StoredFileFactory(public_id=job.file_id, kind=KIND)
    StoredFile.objects.regardless("as if its transaction had been rolled back").filter(pk=left.pk).delete()
    assert len(stored_names()) == 1
    jobs.run(job.pk)
    job.refresh_from_db()
    assert stored_names() == [str(job.result.public_id)]


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_the_sweeper_removes_it_of_work_that_ended_without_a_result(
    workshop, stored_names, state, django_capture_on_commit_callbacks
):
    now = timezone.now()
    ended = {"state": state, "attempts": 2, "finished_at": now - jobs.LEASE - dt.timedelta(seconds=5)}
    why = {"failure": "No."} if state == "failed" else {"cancelled_at": now, "cancelled_by": UserFactory()}
    job = JobFactory(kind=KIND, **ended, **why)
    for attempt in (1, 2):
        StoredFileFactory(public_id=job.file_id_of(attempt), kind=KIND)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep(now)
    assert not StoredFile.objects.exists()
    assert stored_names() == []


def test_what_a_job_was_given_is_never_cleared(workshop):
    job = JobFactory(done=True)
    files.clear(job.result.public_id)
    assert StoredFile.objects.get() == job.result
