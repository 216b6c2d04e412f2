"""A reply that came by telephone, by word or by mail, entered for the member by whoever plans the meeting."""

import pytest

from meetings import roster
from meetings.models import Reply
from meetings.replying.actions import enter_reply
from mktogether.lib.verdict import Refusal
from records.models import EarlierValue, Event
from tests.factories import AppointmentFactory, MeetingFactory, NamedDeputyFactory, SeatFactory

DEPUTY = {"answer": "deputy", "came": "word"}


@pytest.fixture
def path(planned):
    return lambda appointment: f"{planned.get_absolute_url()}replies/{appointment.seat_id}/"


def place_of(meeting, appointment):
    return next(place for place in roster.places(meeting) if place.seat_id == appointment.seat_id)


def test_the_team_enters_it_and_it_counts(as_user, group, planned, team, path, words):
    client = as_user(team)
    assert path(group.nurse) in client.get(planned.get_absolute_url()).content.decode()
    form = {"came": "telephone", "answer": "apologies", "reason": "On leave"}
    page = words(client.post(path(group.nurse), form, follow=True))
    assert "The reply for Designated Nurse is entered." in page
    assert "1 sent apologies" in page
    given = Reply.objects.get()
    assert (given.answer, given.reason, given.came) == ("apologies", "On leave", "telephone")


def test_the_chair_enters_it_and_nobody_who_does_not_plan(as_user, group, planned, path, scrutineer):
    form = {"came": "mail", "answer": "accept"}
    stranger = AppointmentFactory(with_account=True).person.user
    for user in (group.adults.person.user, group.deputy.person.user, scrutineer, stranger):
        assert as_user(user).get(path(group.nurse)).status_code == 404
        assert as_user(user).post(path(group.nurse), form).status_code == 404
    assert not Reply.objects.exists()
    assert path(group.nurse).encode() not in as_user(scrutineer).get(planned.get_absolute_url()).content
    assert as_user(group.chair).post(path(group.adults), form).status_code == 302


def test_the_history_says_who_entered_it_on_whose_behalf(as_user, group, planned, team, words):
    enter_reply(planned, group.nurse.seat_id, "tentative", by=team, came="telephone")
    event = Event.objects.get(verb="reply.entered")
    assert (event.actor_id, event.details) == (team.pk, {"on_behalf_of": group.nurse.person_id})
    page = words(as_user(group.adults.person.user).get(planned.get_absolute_url()))
    said = f"{team.person.in_full} entered a reply to the invitation to this meeting that came outside the portal"
    assert f"{said}, on behalf of the Designated Nurse" in page


def test_the_member_reads_it_and_changes_it_by_their_own_link(client, group, planned, team, link, words):
    enter_reply(planned, group.nurse.seat_id, "accept", by=team, came="telephone")
    page = words(client.get(link(planned, group.nurse.person)))
    assert "You said that you are coming (entered for you, as you said by telephone), on" in page
    client.post(link(planned, group.nurse.person), {"answer": "tentative"})
    given = Reply.objects.get()
    assert (given.answer, given.came) == ("tentative", "themselves")
    event = Event.objects.get(verb="reply.given_by_link")
    assert EarlierValue.objects.filter(event=event, value="telephone").exists()


def test_a_member_who_says_the_same_makes_it_their_own(client, group, planned, team, link):
    enter_reply(planned, group.nurse.seat_id, "accept", by=team, came="word")
    client.post(link(planned, group.nurse.person), {"answer": "accept"})
    assert Reply.objects.get().came == "themselves"


def test_entered_again_as_it_stands_it_leaves_no_trace(group, planned, team):
    for _time in range(2):
        enter_reply(planned, group.nurse.seat_id, "accept", by=team, came="word")
    assert Event.objects.filter(verb="reply.entered").count() == 1


def test_a_named_deputy_or_somebody_else_can_be_entered(as_user, group, planned, team, path):
    client = as_user(team)
    assert client.post(path(group.commander), {**DEPUTY, "deputy": group.deputy.person_id}).status_code == 302
    assert place_of(planned, group.commander).answer_deputy == "Deputy LPA Commander"
    form = {**DEPUTY, "deputy": "colleague", "colleague": "Duty inspector"}
    assert client.post(path(group.commander), form).status_code == 302
    assert place_of(planned, group.commander).sends_colleague


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"answer": "accept"}, "Choose how the reply came"),
        ({"came": "themselves", "answer": "accept"}, "Choose one of the answers offered"),
        ({"came": "word"}, "Choose what they said"),
        (DEPUTY, "Choose who comes in their place"),
        ({**DEPUTY, "deputy": "colleague"}, "Enter the post of whoever comes in their place"),
        ({"came": "word", "answer": "apologies", "colleague": "typed before"}, "Enter why they cannot come"),
        ({"came": "word", "answer": "apologies", "reason": "typed " + "x" * 200}, "Shorten"),
    ],
)
def test_what_says_too_little_comes_back_with_a_sentence_and_what_was_typed(
    as_user, group, team, path, words, form, sentence
):
    answer = as_user(team).post(path(group.commander), form)
    assert answer.status_code == 422
    assert sentence in words(answer)
    for typed in (form.get("reason", ""), form.get("colleague", "")):
        assert typed in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_deputy_who_is_sent_already_comes_back_with_a_sentence(as_user, group, planned, team, path, words):
    NamedDeputyFactory(seat=group.nurse.seat, person=group.deputy.person)
    form = {**DEPUTY, "deputy": group.deputy.person_id}
    client = as_user(team)
    client.post(path(group.commander), form)
    answer = client.post(path(group.nurse), form)
    assert answer.status_code == 422
    assert "comes for LPA Commander already" in words(answer)


def test_a_vacant_place_has_no_reply_to_enter(as_user, group, planned, team):
    vacant = SeatFactory(body=group.body)
    assert as_user(team).get(f"{planned.get_absolute_url()}replies/{vacant.pk}/").status_code == 404
    with pytest.raises(Refusal, match="Nobody holds this place"):
        enter_reply(planned, vacant.pk, "accept", by=team, came="word")


def test_a_way_that_is_none_is_refused_by_the_act_too(group, planned, team):
    for came in ("themselves", "smoke"):
        with pytest.raises(Refusal, match="Choose how the reply came"):
            enter_reply(planned, group.nurse.seat_id, "accept", by=team, came=came)


@pytest.mark.parametrize("state", [{"opened": True}, {"cancelled": True}])
def test_once_it_has_begun_or_is_off_nothing_is_entered(as_user, group, team, state, words):
    meeting = MeetingFactory(body=group.body, **state)
    path = f"{meeting.get_absolute_url()}replies/{group.nurse.seat_id}/"
    assert as_user(team).get(path).status_code == 302
    answer = as_user(team).post(path, {"came": "word", "answer": "accept"})
    assert answer.status_code == 422
    assert not Reply.objects.exists()
