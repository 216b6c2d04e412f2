"""The list of meetings: what it shows, to whom, and how it is narrowed."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import AppointmentFactory, AttendanceFactory, BodyFactory, MeetingFactory

LIST = "/meetings/"


def addresses(response):
    return [row["href"] for row in response.context["rows"]]


def address(meeting):
    return f"/meetings/{meeting.public_id}/"


def test_it_needs_a_sign_in(client, db):
    assert client.get(LIST)["Location"] == "/sign-in/?next=/meetings/"


def test_it_rejects_other_methods(as_user, group):
    assert as_user(group.chair).post(LIST).status_code == 405


def test_it_shows_coming_meetings_unless_asked_for_others(as_user, group):
    later = MeetingFactory(body=group.body, starts_at=timezone.now() + dt.timedelta(days=20))
    sooner = MeetingFactory(body=group.body, starts_at=timezone.now() + dt.timedelta(days=2))
    past = MeetingFactory(body=group.body, closed=True)
    cancelled = MeetingFactory(body=group.body, cancelled=True)
    client = as_user(group.chair)
    assert addresses(client.get(LIST)) == [address(sooner), address(later)]
    assert addresses(client.get(f"{LIST}?state=past")) == [address(past)]
    assert addresses(client.get(f"{LIST}?state=cancelled")) == [address(cancelled)]
    assert len(addresses(client.get(f"{LIST}?state=all"))) == 4


def test_it_is_narrowed_by_board_and_by_the_year_from_april_to_march(as_user, team, group):
    march = MeetingFactory(body=group.body, starts_at=dt.datetime(2025, 3, 31, 9, tzinfo=dt.UTC))
    april = MeetingFactory(body=group.body, starts_at=dt.datetime(2025, 4, 1, 9, tzinfo=dt.UTC))
    other = MeetingFactory(body=BodyFactory(slug="delivery"), starts_at=dt.datetime(2025, 3, 30, 9, tzinfo=dt.UTC))
    client = as_user(team)
    assert addresses(client.get(f"{LIST}?state=all&year=2024")) == [address(march), address(other)]
    assert addresses(client.get(f"{LIST}?state=all&year=2024&board=review")) == [address(march)]
    assert addresses(client.get(f"{LIST}?state=all&year=2025")) == [address(april)]


@pytest.mark.parametrize(
    "query",
    ["?body__area__name=x", "?opened_by__password__startswith=p", "?order_by=body__area", "?id=1", "?format=json"],
)
def test_an_unknown_name_in_the_address_changes_nothing(as_user, group, query):
    MeetingFactory.create_batch(2, body=group.body)
    client = as_user(group.chair)
    assert addresses(client.get(LIST + query)) == addresses(client.get(LIST))


def test_a_choice_that_there_is_not_is_left_out_and_said(as_user, group, words):
    MeetingFactory(body=group.body)
    response = as_user(group.chair).get(f"{LIST}?board=nowhere&year=x")
    assert len(addresses(response)) == 1
    assert "asked for a board and a year that there is not" in words(response)


def test_the_filter_stays_in_the_links_to_other_pages(as_user, group):
    MeetingFactory.create_batch(51, body=group.body)
    client = as_user(group.chair)
    first = client.get(f"{LIST}?board=review&state=coming")
    assert len(addresses(first)) == 50
    assert "?state=coming&amp;board=review&amp;page=2" in first.content.decode()
    second = client.get(f"{LIST}?state=coming&board=review&page=2")
    assert len(addresses(second)) == 1
    assert client.get(f"{LIST}?page=nonsense").status_code == 200
    assert len(addresses(client.get(f"{LIST}?page=999"))) == 1


def test_nothing_found_says_so_and_leads_on(as_user, group, words):
    assert "No meeting fits this choice. Show all meetings" in words(as_user(group.chair).get(LIST))


def test_it_says_in_words_how_a_meeting_stood(as_user, group, words):
    held = MeetingFactory(body=group.body, closed=True, quorum_status="not quorate", mode="in person")
    AttendanceFactory(meeting=held, seat=group.nurse.seat, person=group.nurse.person)
    AttendanceFactory(meeting=held, seat=group.adults.seat, apologies=True)
    MeetingFactory(body=group.body, over=True)
    text = words(as_user(group.chair).get(f"{LIST}?state=past"))
    assert "Review In person Closed Not quorate 1 of 4" in text
    assert "Over, not closed" in text


def test_people_see_the_meetings_of_their_own_groups_only(as_user, group, stranger, outsider, team, scrutineer):
    MeetingFactory(body=group.body)
    seen = {
        who: len(addresses(as_user(user).get(LIST)))
        for who, user in {
            "member": group.adults.person.user,
            "deputy": group.deputy.person.user,
            "stranger": stranger,
            "outsider": outsider,
            "team": team,
            "scrutineer": scrutineer,
        }.items()
    }
    assert seen == {"member": 1, "deputy": 1, "stranger": 0, "outsider": 0, "team": 1, "scrutineer": 1}


def test_a_board_of_others_is_no_choice(as_user, group, stranger):
    MeetingFactory(body=group.body)
    assert "Review" not in as_user(stranger).get(LIST).content.decode()


def test_only_chairs_and_the_team_are_offered_to_plan(as_user, group, team):
    assert "Plan a meeting" in as_user(group.chair).get(LIST).content.decode()
    assert "Plan a meeting" in as_user(team).get(LIST).content.decode()
    assert "Plan a meeting" not in as_user(group.adults.person.user).get(LIST).content.decode()


def test_its_queries_do_not_grow_with_the_rows(as_user, group, django_assert_num_queries):
    client = as_user(group.chair)
    MeetingFactory.create_batch(3, body=group.body, closed=True)
    with django_assert_num_queries(8):
        assert len(addresses(client.get(f"{LIST}?state=past"))) == 3
    MeetingFactory.create_batch(297, body=group.body, closed=True)
    with django_assert_num_queries(8):
        assert len(addresses(client.get(f"{LIST}?state=past"))) == 50


def test_somebody_without_a_place_sees_none(as_user, group):
    MeetingFactory(body=group.body)
    ended = AppointmentFactory(
        seat__body=group.body, with_account=True, ends_at=timezone.now() - dt.timedelta(seconds=1)
    )
    assert addresses(as_user(ended.person.user).get(LIST)) == []
