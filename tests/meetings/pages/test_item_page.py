"""The page of one item: for those who see the meeting, and for a guest who sees nothing else of it."""

import pytest

from meetings import actions
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    ExclusionFactory,
    GrantFactory,
    PersonFactory,
)


@pytest.fixture
def full_item(group, meeting, item):
    """The item with everything that can come of one."""
    item.lead, item.recommendation, item.note = "Head of Adults", "To commission a review.", "Canary note"
    item.save()
    DecisionFactory(item=item, wording="A review is commissioned.", reason="Nobody objected.")
    ActionFactory(body=group.body, meeting=meeting, item=item, what="Write the terms", owner=group.adults.person)
    return item


@pytest.fixture
def presenter(full_item):
    return GrantFactory(kind="presenter", thing=full_item, with_account=True).person.user


def test_it_rejects_other_methods(as_user, group, full_item):
    assert as_user(group.chair).post(full_item.get_absolute_url()).status_code == 405


def test_members_read_the_item_what_came_of_it_and_the_way_back(as_user, group, meeting, full_item, words):
    response = as_user(group.adults.person.user).get(full_item.get_absolute_url())
    text = words(response)
    for part in ("Head of Adults", "To commission a review.", "A review is commissioned.", "Write the terms"):
        assert part in text
    assert f'href="{meeting.get_absolute_url()}"' in response.content.decode()
    assert "Canary note" not in text


def test_its_note_stands_there_once_the_meeting_is_closed(as_user, group, meeting, full_item, words):
    actions.close_meeting(meeting, by=group.chair)
    assert "Canary note" in words(as_user(group.adults.person.user).get(full_item.get_absolute_url()))


def test_the_page_of_the_meeting_leads_to_it(as_user, group, meeting, full_item):
    page = as_user(group.chair).get(meeting.get_absolute_url()).content.decode()
    assert f'href="{full_item.get_absolute_url()}"' in page


def test_it_is_not_there_for_others(as_user, full_item, stranger, outsider):
    for user in (stranger, outsider):
        assert as_user(user).get(full_item.get_absolute_url()).status_code == 404


def test_a_confidential_item_is_there_for_members_and_the_team_alone(as_user, group, meeting, team, scrutineer):
    secret = AgendaItemFactory(meeting=meeting, number=9, confidential=True)
    asked = {
        user.pk: as_user(user).get(secret.get_absolute_url()).status_code
        for user in (group.adults.person.user, team, group.deputy.person.user, scrutineer)
    }
    assert list(asked.values()) == [200, 200, 404, 404]


def test_a_presenter_reads_it_with_group_day_and_hours_and_nothing_else_of_the_meeting(
    as_user, group, meeting, full_item, presenter, words
):
    meeting.place = "Canary room"
    meeting.presiding = PersonFactory(post="Canary chair")
    meeting.save()
    AgendaItemFactory(meeting=meeting, number=8, title="Canary item")
    AgendaItemFactory(meeting=meeting, number=9, title="Canary secret", confidential=True)
    AttendanceFactory(meeting=meeting, seat=group.adults.seat, person=PersonFactory(post="Canary member"))
    response = as_user(presenter).get(full_item.get_absolute_url())
    text = words(response)
    assert "A review is commissioned." in text
    assert "Review, " in text
    assert "Canary" not in text
    assert meeting.get_absolute_url() not in response.content.decode()
    assert as_user(presenter).get(meeting.get_absolute_url()).status_code == 404
    assert "Let somebody" not in text
    assert "Exclude" not in text
    assert "Declare an interest and withdraw" in text


def test_the_chair_reads_who_is_let_in_and_kept_out_and_is_offered_the_acts(
    as_user, group, full_item, presenter, words
):
    ExclusionFactory(thing=full_item, person=group.commander.person, reason="Their firm bids.")
    ExclusionFactory(thing=full_item, person=group.children.person, reason="Canary, ended.", over=True)
    text = words(as_user(group.chair).get(full_item.get_absolute_url()))
    assert f"Let in by exception 1 {presenter.person.post}" in text
    assert "Kept out for an interest 1 LPA Commander, TVP : Their firm bids. Excluded on" in text
    assert "Canary" not in text
    for act in (
        "Let somebody present this item",
        "Exclude somebody for a conflict of interest",
        "Declare an interest and withdraw",
    ):
        assert act in text


def test_a_member_reads_nothing_of_that(as_user, group, full_item, presenter, words):
    ExclusionFactory(thing=full_item, person=group.commander.person)
    text = words(as_user(group.adults.person.user).get(full_item.get_absolute_url()))
    assert "Let in by exception" not in text
    assert "Kept out" not in text
    assert "Let somebody present" not in text


def test_who_withdrew_stands_there_once_the_meeting_has_begun_and_as_closing_froze_it(
    as_user, group, meeting, full_item, words
):
    exclusion = ExclusionFactory(thing=full_item, person=group.commander.person)
    member = as_user(group.adults.person.user)
    assert "Withdrew for a declared interest LPA Commander" in words(member.get(full_item.get_absolute_url()))
    actions.close_meeting(meeting, by=group.chair)
    exclusion.delete()
    assert "Withdrew for a declared interest LPA Commander" in words(member.get(full_item.get_absolute_url()))


def test_whoever_is_excluded_does_not_find_it(as_user, group, full_item, presenter):
    for person in (group.nurse.person, group.adults.person, presenter.person):
        ExclusionFactory(thing=full_item, person=person)
        assert as_user(person.user).get(full_item.get_absolute_url()).status_code == 404


def test_its_queries_do_not_grow(as_user, group, meeting, item, django_assert_max_num_queries):
    client = as_user(group.chair)

    def fill(number):
        for _time in range(number):
            DecisionFactory(item=item)
            ActionFactory(body=group.body, meeting=meeting, item=item, owner=group.adults.person)
            GrantFactory(kind="presenter", thing=item)
            ExclusionFactory(thing=item)

    fill(3)
    with django_assert_max_num_queries(16) as few:
        client.get(item.get_absolute_url())
    fill(20)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(item.get_absolute_url())
