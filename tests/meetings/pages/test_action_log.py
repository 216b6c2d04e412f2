"""The action log, and saying that an action is done."""

import datetime as dt

import pytest
from django.utils import timezone

from meetings.models import Action
from records.models import Event
from tests.factories import ActionFactory, AgendaItemFactory, BodyFactory, MeetingFactory, PersonFactory

LOG = "/actions/"


def shown(response):
    return [row["what"] for row in response.context["rows"]]


@pytest.fixture
def action(group):
    return ActionFactory(body=group.body, owner=group.adults.person, what="Send the plan", overdue=True)


def done(action):
    return f"/actions/{action.public_id}/done/"


def test_it_shows_open_actions_the_latest_due_last(as_user, group, action):
    ActionFactory(body=group.body, owner=group.nurse.person, what="Later")
    ActionFactory(body=group.body, owner=group.nurse.person, what="Over", done=True)
    assert shown(as_user(group.chair).get(LOG)) == ["Send the plan", "Later"]


def test_it_is_narrowed_by_whose_state_and_board(as_user, group, action, team):
    ActionFactory(body=group.body, owner=group.nurse.person, what="Nurse's")
    ActionFactory(body=group.body, owner=group.children.person, what="Colleague's")
    ActionFactory(body=group.body, owner=group.adults.person, what="Over", done=True)
    ActionFactory(body=BodyFactory(slug="delivery"), owner=PersonFactory(), what="Elsewhere")
    client = as_user(group.adults.person.user)
    assert shown(client.get(f"{LOG}?whose=mine")) == ["Send the plan"]
    assert shown(client.get(f"{LOG}?whose=agency")) == ["Send the plan", "Colleague's"]
    assert shown(client.get(f"{LOG}?state=overdue")) == ["Send the plan"]
    assert shown(client.get(f"{LOG}?state=done")) == ["Over"]
    assert len(shown(client.get(f"{LOG}?state=all"))) == 4
    assert shown(as_user(team).get(f"{LOG}?board=delivery")) == ["Elsewhere"]


@pytest.mark.parametrize("query", ["?owner__user__email=x", "?state=nonsense", "?whose=1", "?page=-3"])
def test_what_is_no_filter_changes_nothing(as_user, group, action, query):
    assert shown(as_user(group.chair).get(LOG + query)) == ["Send the plan"]


def test_lateness_is_said_in_words(as_user, group, action, words):
    today = timezone.localdate()
    ActionFactory(body=group.body, owner=group.adults.person, due_on=today)
    ActionFactory(body=group.body, owner=group.adults.person, due_on=today + dt.timedelta(days=1))
    text = words(as_user(group.chair).get(LOG))
    for state in ("Overdue by 3 days", "Due today", "Due in 1 day"):
        assert state in text


def test_nothing_found_says_so_and_leads_on(as_user, group, words):
    assert "No action fits this choice. Show all actions" in words(as_user(group.chair).get(LOG))


def test_the_filter_stays_in_the_links_to_other_pages(as_user, group):
    ActionFactory.create_batch(51, body=group.body, owner=group.adults.person)
    response = as_user(group.chair).get(f"{LOG}?whose=all&state=open&board=review")
    assert len(shown(response)) == 50
    assert "?whose=all&amp;board=review&amp;state=open&amp;page=2" in response.content.decode()


def test_its_queries_do_not_grow_with_the_rows(as_user, group, django_assert_num_queries):
    client = as_user(group.chair)
    ActionFactory.create_batch(3, body=group.body, owner=group.adults.person)
    with django_assert_num_queries(6):
        client.get(LOG)
    ActionFactory.create_batch(297, body=group.body, owner=group.adults.person)
    with django_assert_num_queries(6):
        client.get(LOG)


def test_marking_done_comes_back_to_the_list_as_it_was_narrowed(as_user, group, action, words):
    client = as_user(group.adults.person.user)
    answer = client.post(done(action), {"back": "/actions/?whose=mine&state=all"}, follow=True)
    assert answer.redirect_chain == [(f"/actions/?whose=mine&state=all#action-{action.public_id}", 302)]
    assert "The action is done." in words(answer)
    action.refresh_from_db()
    assert action.done_by == group.adults.person.user


def test_marking_done_twice_changes_nothing(as_user, group, action):
    client = as_user(group.adults.person.user)
    for _time in range(2):
        client.post(done(action))
    assert Event.objects.filter(verb="action.completed").count() == 1


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_it_never_leads_to_another_site(as_user, group, action, back):
    answer = as_user(group.adults.person.user).post(done(action), {"back": back})
    assert answer["Location"] == f"/actions/#action-{action.public_id}"


def test_a_get_changes_nothing(as_user, group, action):
    assert as_user(group.adults.person.user).get(done(action)).status_code == 405
    assert not Action.objects.filter(done_at__isnull=False).exists()


def test_somebody_else_of_the_group_is_refused_with_the_reason(as_user, group, action, words):
    client = as_user(group.commander.person.user)
    assert "Mark done" not in words(client.get(LOG))
    answer = client.post(done(action), follow=True)
    assert "Only the owner of this action, their agency, the chair or the team" in words(answer)
    action.refresh_from_db()
    assert action.done_at is None


def test_for_others_there_is_no_such_action(as_user, group, action, stranger, outsider):
    for user in (stranger, outsider):
        assert shown(as_user(user).get(LOG)) == []
        assert as_user(user).post(done(action)).status_code == 404


def test_an_action_of_a_confidential_item_is_for_its_readers_and_its_owner(as_user, group, scrutineer, team):
    meeting = MeetingFactory(body=group.body)
    secret = AgendaItemFactory(meeting=meeting, confidential=True)
    colleague = PersonFactory(agency=group.police, with_account=True)
    ActionFactory(body=group.body, meeting=meeting, item=secret, owner=colleague, what="Canary")
    for user in (group.chair, group.commander.person.user, team, colleague.user):
        if user != colleague.user:
            assert shown(as_user(user).get(LOG)) == ["Canary"]
    for user in (group.deputy.person.user, scrutineer):
        assert shown(as_user(user).get(LOG)) == []
        assert as_user(user).get(f"{LOG}?state=all&whose=agency").content.count(b"Canary") == 0
