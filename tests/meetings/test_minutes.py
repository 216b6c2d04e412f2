"""Minutes: the page, the file that is made in the background, and who reads them."""

import pikepdf
import pytest

from meetings import actions, record
from meetings.models import Meeting
from meetings.sight import Sight
from records import jobs
from records.models import Job, StoredFile
from tests.factories import AgendaItemFactory


@pytest.fixture
def closed(group, everybody_is_there, item):
    """A closed meeting with a decision, and a confidential item with one of its own."""
    meeting = everybody_is_there
    actions.put_decision(meeting, item, "To commission a review.", by=group.chair)
    secret = AgendaItemFactory(meeting=meeting, number=4, title="Heron matter", confidential=True)
    actions.put_decision(meeting, secret, "To write to the family.", by=group.chair)
    actions.close_meeting(meeting, by=group.chair)
    return Meeting.objects.get(pk=meeting.pk)


def made(kind="minutes"):
    """Run the work as a worker would, and return its row."""
    job = Job.objects.filter(kind=kind).latest("pk")
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_the_page_is_drafted_from_what_was_recorded(client, group, closed):
    client.force_login(group.chair)
    page = client.get(f"/meetings/{closed.public_id}/minutes/").content.decode()
    assert "To commission a review." in page
    assert "Designated Nurse" in page
    assert "Draft." not in page


def test_until_the_meeting_is_closed_the_page_says_that_it_is_a_draft(client, group, meeting):
    client.force_login(group.chair)
    assert "Draft." in client.get(f"/meetings/{meeting.public_id}/minutes/").content.decode()


def test_the_file_is_made_by_the_whole_chain_and_downloaded(client, group, closed):
    job = made()
    assert job.state == "done", job.failure
    client.force_login(group.adults.person.user)
    answer = client.get(job.result.get_absolute_url())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    answer.close()


def test_the_file_is_tagged_and_says_its_language_and_title(group, closed):
    with made().result.file.open() as file, pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Minutes of Review" in str(pdf.docinfo.Title)


def test_the_same_record_is_not_made_twice(group, closed):
    first = made()
    again = actions.request_minutes(closed, by=group.chair)
    assert again == first
    assert StoredFile.objects.count() == 1


def test_a_correction_makes_a_new_file(group, closed):
    first = made()
    actions.correct_record(closed, "TVP left early.", "Overlooked.", by=group.chair)
    actions.request_minutes(closed, by=group.chair)
    assert made() != first


class TestTheConfidentialPart:
    def test_the_open_minutes_hold_nothing_of_it(self, client, group, closed):
        client.force_login(group.deputy.person.user)
        page = client.get(f"/meetings/{closed.public_id}/minutes/").content.decode()
        assert "Heron" not in page
        assert "write to the family" not in page

    def test_the_open_file_holds_nothing_of_it(self, group, closed):
        with made().result.file.open() as file, pikepdf.open(file) as pdf:
            content = b"".join(stream.read_bytes() for stream in pdf.objects if isinstance(stream, pikepdf.Stream))
            assert b"Heron" not in content
            assert "Heron" not in str(pdf.Root)

    def test_members_may_have_it(self, client, group, closed):
        actions.request_minutes(closed, by=group.adults.person.user, confidential=True)
        job = made("minutes-confidential")
        client.force_login(group.adults.person.user)
        answer = client.get(job.result.get_absolute_url())
        assert answer.status_code == 200
        answer.close()

    def test_deputies_and_the_scrutineer_do_not_learn_of_it(self, client, group, closed, scrutineer):
        actions.request_minutes(closed, by=group.chair, confidential=True)
        job = made("minutes-confidential")
        for user in (group.deputy.person.user, scrutineer):
            client.force_login(user)
            assert client.get(job.result.get_absolute_url()).status_code == 404
            assert client.get(job.get_absolute_url()).status_code == 404
            asked = client.post(f"/meetings/{closed.public_id}/minutes/file/", {"part": "confidential"})
            assert asked.status_code == 404

    def test_who_lost_their_place_meanwhile_gets_no_file(self, group, closed):
        user = group.adults.person.user
        actions.request_minutes(closed, by=user, confidential=True)
        group.adults.delete()
        job = made("minutes-confidential")
        assert job.state == "failed"
        assert "no longer" in job.failure
        assert not StoredFile.objects.filter(kind="minutes-confidential").exists()


def test_a_record_is_read_whole_or_without_a_gap_where_something_is_not_shown():
    items = [{"id": one, "number": one, "confidential": one == 2} for one in (1, 2, 3)]
    content = {"title": "Review", "items": items}
    assert record.seen(content, Sight(confidential=True)) == content
    without = [items[0], items[2] | {"number": 2}]
    assert record.seen(content, Sight(confidential=False)) == {"title": "Review", "items": without}
    hidden = [items[1] | {"number": 1}, items[2] | {"number": 2}]
    assert record.seen(content, Sight(True, frozenset({1})))["items"] == hidden


def test_the_same_correction_sent_twice_stands_once(client, group, closed):
    client.force_login(group.chair)
    form = {"text": "TVP was there.", "reason": "Overlooked.", "submission": "0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d"}
    for _time in range(2):
        client.post(f"/meetings/{closed.public_id}/minutes/corrections/", form)
    assert closed.corrections.count() == 1
