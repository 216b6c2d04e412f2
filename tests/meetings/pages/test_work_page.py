"""The page of work in the background."""

import pytest

from records.models import Job
from tests.factories import JobFactory, MeetingFactory, StoredFileFactory


@pytest.fixture
def held(group):
    return MeetingFactory(body=group.body, closed=True)


def job_of(meeting, **values):
    return JobFactory(kind="minutes", target_id=meeting.pk, area=meeting.area, **values)


def work(job):
    return f"/jobs/{job.public_id}/"


def test_it_says_how_far_the_work_is_in_words_and_per_cent(as_user, group, held, words):
    job = job_of(held, running=True, step="Laying out the pages")
    response = as_user(group.chair).get(work(job))
    text = words(response)
    assert "Being made: Laying out the pages" in text
    assert "40 per cent" in text
    assert b'<progress class="bar" id="progress" max="100" value="40">40 per cent</progress>' in response.content
    assert "See how far it is now" in text
    assert f'href="/meetings/{held.public_id}/minutes/"' in response.content.decode()


def test_the_part_alone_is_what_the_script_asks_for(as_user, group, held):
    job = job_of(held, running=True)
    part = as_user(group.chair).get(f"{work(job)}?part=1").content
    assert b"40 per cent" in part
    assert b"<html" not in part
    assert b"data-work-over" not in part


def test_ready_work_offers_its_file_and_stops_asking(as_user, group, held, words):
    stored = StoredFileFactory(kind="minutes", target_id=held.pk, area=held.area, name="minutes.pdf")
    job = job_of(held, done=True, result=stored)
    response = as_user(group.chair).get(work(job))
    assert "Download minutes.pdf" in words(response)
    assert stored.get_absolute_url() in response.content.decode()
    assert b"data-work-over" in response.content
    assert b"work.js" not in response.content


def test_failed_work_says_why(as_user, group, held, words):
    job = job_of(held, failed=True, failure="The printer was away.")
    assert "It could not be made The printer was away." in words(as_user(group.chair).get(work(job)))


def test_for_others_there_is_no_such_work(as_user, group, held, stranger, outsider):
    job = job_of(held, running=True)
    for user in (stranger, outsider):
        assert as_user(user).get(work(job)).status_code == 404
        assert as_user(user).get(f"{work(job)}?part=1").status_code == 404


def test_looking_changes_nothing(as_user, group, held):
    job = job_of(held, running=True)
    client = as_user(group.chair)
    client.get(work(job))
    assert client.post(work(job)).status_code == 405
    assert Job.objects.get().progress == 40
