"""Which looks at meetings are in the history: those at what is confidential, and all by emergency access."""

import pytest
from django.utils import timezone

from meetings import actions, minutes
from records import files
from records.models import Event
from tests.factories import AgendaItemFactory, GrantFactory, MeetingFactory, OfficeFactory

pytestmark = pytest.mark.django_db


def reads():
    """What the history holds of reading, the oldest first, as (verb, account, object)."""
    kept = Event.objects.filter(verb__contains="read").order_by("id")
    return list(kept.values_list("verb", "actor_id", "target_id"))


@pytest.fixture
def secret(meeting):
    return AgendaItemFactory(meeting=meeting, private=True)


@pytest.mark.parametrize("page", ["", "live/", "minutes/"])
def test_a_page_that_shows_confidential_items_is_one_event(as_user, group, meeting, secret, page):
    AgendaItemFactory(meeting=meeting, private=True)
    assert as_user(group.chair).get(f"{meeting.get_absolute_url()}{page}").status_code == 200
    verb = "minutes.confidential_read" if page == "minutes/" else "meeting.confidential_read"
    assert reads() == [(verb, group.chair.pk, meeting.pk)]


@pytest.mark.parametrize("page", ["", "live/", "minutes/"])
def test_a_page_of_ordinary_business_is_no_event(as_user, group, meeting, page):
    assert as_user(group.chair).get(f"{meeting.get_absolute_url()}{page}").status_code == 200
    assert reads() == []


def test_whoever_is_not_shown_the_confidential_items_read_nothing(as_user, group, meeting, secret):
    deputy = group.deputy.person.user
    assert as_user(deputy).get(meeting.get_absolute_url()).status_code == 200
    assert as_user(deputy).get(f"{meeting.get_absolute_url()}minutes/").status_code == 200
    assert reads() == []


def test_asking_for_the_heads_of_a_page_alone_is_no_read(as_user, group, meeting, secret):
    as_user(group.chair).head(meeting.get_absolute_url())
    assert reads() == []


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_page_is_not_sent_before_somebody_wants_to_see_it(as_user, group, meeting, secret, header):
    """So that a browser's fetching ahead is no read, and saying so is no way to read without a trace."""
    response = as_user(group.chair).get(meeting.get_absolute_url(), headers={header: "prefetch;prerender"})
    assert (response.status_code, response.content) == (425, b"")
    assert reads() == []


def test_whatever_somebody_reads_by_emergency_access_is_an_event_that_says_so(as_user, words):
    meeting = MeetingFactory()
    grant = GrantFactory(kind="emergency", emergency=True, thing=meeting, with_account=True)
    as_user(grant.person.user).get(meeting.get_absolute_url())
    as_user(grant.person.user).get(f"{meeting.get_absolute_url()}minutes/")
    assert reads() == [("meeting.emergency_read", grant.person.user_id, meeting.pk)] * 2
    lead = OfficeFactory(information_governance=True).person.user
    assert "by emergency access" in words(as_user(lead, confirmed=True).get("/history/"))


def test_emergency_access_to_confidential_items_says_both(as_user):
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, private=True)
    grant = GrantFactory(kind="emergency", emergency=True, thing=meeting, with_account=True)
    as_user(grant.person.user).get(meeting.get_absolute_url())
    kept = Event.objects.get()
    assert (kept.verb, kept.details) == ("meeting.confidential_read", {"emergency": True})


def test_a_file_is_one_event_each_time_it_is_taken(as_user, group, meeting):
    actions.close_meeting(meeting, by=group.chair)
    stored = files.store(
        b"%PDF", kind=minutes.OPEN_PART, target=meeting, name="a.pdf", content_type="application/pdf", by=group.chair
    )
    client = as_user(group.chair)
    for _ in range(2):
        b"".join(client.get(stored.get_absolute_url()).streaming_content)
    assert reads() == [("file.read", group.chair.pk, stored.pk)] * 2
    assert Event.objects.filter(verb="file.read", within="meetings.Meeting", within_id=meeting.pk).count() == 2


def test_an_ordinary_page_costs_no_query_for_all_this(as_user, group, django_assert_num_queries):
    """Twelve for the page of a meeting, one of which is its history; reading and denials add none."""
    meeting = MeetingFactory(body=group.body, opened=True, opened_by=group.chair)
    client = as_user(group.chair)
    client.get(meeting.get_absolute_url())
    with django_assert_num_queries(12) as captured:
        client.get(meeting.get_absolute_url())
    statements = [query["sql"] for query in captured if "records_event" in query["sql"]]
    assert len(statements) == 1
    assert not any("records_denialcount" in query["sql"] for query in captured)
    assert timezone.now() > meeting.opened_at
