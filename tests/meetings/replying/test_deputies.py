"""A named deputy who is sent: sees it, says whether they come, and the member is told where they cannot."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from meetings import actions, forecast, roster
from meetings.models import Meeting, Reply
from meetings.replying import deputy_links
from meetings.replying.actions import reply, reply_as_deputy
from meetings.replying.needed import wanted
from mktogether.lib.verdict import Refusal
from mktogether.lib.working_days import add_working_days
from records.models import Event
from records.reminders import due, kinds
from tests.factories import NamedDeputyFactory, ReminderFactory
from tests.records.reminders.conftest import keys_of

COMES, CANNOT = {"answer": "accept"}, {"answer": "apologies"}


@pytest.fixture
def sent(group, planned):
    """The commander sends the deputy; council and health come."""
    for appointment in (group.adults, group.nurse):
        reply(planned, appointment.seat_id, "accept", by=group.chair, person=appointment.person)
    send(group, planned)
    return planned


def send(group, planned, **more):
    person = group.commander.person
    how = more or {"answer": "deputy", "deputy_id": group.deputy.person_id}
    reply(planned, group.commander.seat_id, how.pop("answer"), by=person.user, person=person, **how)


def link_to(meeting, deputy):
    address = deputy_links.links_for(meeting, deputy.person)[0][1].partition("?")[0]
    return address.removeprefix(settings.SITE_ORIGIN)


def place_of(meeting, appointment):
    return next(place for place in roster.places(meeting) if place.seat_id == appointment.seat_id)


def forecast_of(meeting):
    return forecast.strip_of(meeting, roster.places(meeting))


def whom(name, now):
    return {key.recipient_id for key in keys_of(kinds.KINDS[name], now)}


def day_before(meeting):
    return due.morning(add_working_days(timezone.localdate(meeting.starts_at), -1))


def tomorrow_morning():
    return due.morning(timezone.localdate() + dt.timedelta(days=1))


# --- By the link ------------------------------------------------------------------------------------------------------


def test_a_link_for_each_answer(group, sent):
    labels = [label for label, _address in deputy_links.links_for(sent, group.deputy.person)]
    assert labels == ["I am coming", "I cannot come"]


def test_by_the_link_they_say_that_they_come_and_can_change_it(group, sent, words):
    anybody, path = Client(), link_to(sent, group.deputy)
    page = words(anybody.get(path))
    assert "You are sent to this meeting as a deputy, in the place of the LPA Commander." in page
    assert "You have not said yet whether you come." in page
    assert anybody.post(path, COMES).status_code == 302
    answer = anybody.get(path)
    assert "You said that you are coming" in words(answer)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    event = Event.objects.get(verb="reply.by_deputy_by_link")
    assert (event.actor_id, event.within_id) == (group.deputy.person.user.pk, sent.pk)
    anybody.post(path, CANNOT)
    assert Reply.objects.get(seat=group.commander.seat).deputy_answer == "apologies"


def test_to_look_does_nothing_and_the_same_again_leaves_no_trace(group, sent):
    path, before = link_to(sent, group.deputy), Event.objects.count()
    for answer in ("", "?answer=accept", "?answer=apologies"):
        Client().get(path + answer)
        Client().head(path + answer)
    assert Event.objects.count() == before
    for _time in range(2):
        Client().post(path, COMES)
    assert Event.objects.count() == before + 1


def test_what_is_no_answer_comes_back_with_a_sentence(group, sent, words):
    answer = Client().post(link_to(sent, group.deputy), {"answer": "perhaps"})
    assert answer.status_code == 422
    assert "Choose whether you come." in words(answer)


def nobody_is_sent(group, planned):
    send(group, planned, answer="apologies", reason="On leave")


def somebody_else_is_sent(group, planned):
    other = NamedDeputyFactory(seat=group.commander.seat, with_account=True)
    send(group, planned, answer="deputy", deputy_id=other.person_id)


def the_deputyship_ends(group, planned):
    type(group.deputy).objects.filter(pk=group.deputy.pk).update(ends_at=timezone.now())


def it_ends_before_the_meeting(group, planned):
    type(group.deputy).objects.filter(pk=group.deputy.pk).update(ends_at=planned.starts_at)


def the_account_is_switched_off(group, planned):
    type(group.deputy.person.user).objects.filter(pk=group.deputy.person.user.pk).update(is_active=False)


def the_address_changes(group, planned):
    type(group.deputy.person.user).objects.filter(pk=group.deputy.person.user.pk).update(email="new@example.org")


def the_meeting_begins(group, planned):
    Meeting.objects.filter(pk=planned.pk).update(starts_at=timezone.now())


def it_is_cancelled(group, planned):
    actions.cancel_meeting(planned, "Too little business", by=group.chair)


DEATHS = [
    nobody_is_sent,
    somebody_else_is_sent,
    the_deputyship_ends,
    it_ends_before_the_meeting,
    the_account_is_switched_off,
    the_address_changes,
    the_meeting_begins,
    it_is_cancelled,
]


@pytest.mark.parametrize("what", DEATHS, ids=lambda what: what.__name__)
def test_the_link_dies_once(group, sent, what):
    path = link_to(sent, group.deputy)
    what(group, sent)
    assert Client().get(path).status_code == 404
    assert Client().post(path, COMES).status_code == 404
    assert not Reply.objects.exclude(deputy_answer="").exists()


def test_a_link_of_a_member_is_none_of_a_deputy_and_the_other_way_round(group, sent, link):
    of_deputy = link_to(sent, group.deputy)
    token = link(sent, group.nurse.person).removeprefix("/replies/")
    assert Client().get(f"/replies/as-deputy/{token}").status_code == 404
    assert Client().get(of_deputy.replace("as-deputy/", "")).status_code == 404


def test_whoever_is_not_sent_has_none(group, planned):
    assert deputy_links.links_for(planned, group.deputy.person) == []
    assert deputy_links.links_for(planned, group.nurse.person) == []


# --- Signed in --------------------------------------------------------------------------------------------------------


def test_signed_in_one_tap_on_the_meetings_page(as_user, group, sent, words):
    client = as_user(group.deputy.person.user)
    page = client.get(sent.get_absolute_url())
    assert "You are sent to this meeting in the place of the LPA Commander." in words(page)
    path = f"{sent.get_absolute_url()}reply/{group.commander.seat_id}/as-deputy/"
    assert path.encode() in page.content
    assert client.get(path).status_code == 200
    page = words(client.post(path, CANNOT, follow=True))
    assert "Your reply is kept." in page
    assert "You said that you cannot come" in page
    assert "Deputy cannot come" in page


def test_nobody_else_answers_as_the_deputy(as_user, group, sent):
    path = f"{sent.get_absolute_url()}reply/{group.commander.seat_id}/as-deputy/"
    for user in (group.chair, group.commander.person.user):
        assert as_user(user).get(path).status_code == 404
        assert as_user(user).post(path, COMES).status_code == 404
    with pytest.raises(Refusal, match="You are not sent"):
        reply_as_deputy(sent, group.commander.seat_id, "accept", by=group.chair, person=group.nurse.person)


def test_once_it_began_it_leads_back_with_a_sentence(as_user, group, sent):
    Meeting.objects.filter(pk=sent.pk).update(opened_at=timezone.now(), opened_by=group.chair)
    path = f"{sent.get_absolute_url()}reply/{group.commander.seat_id}/as-deputy/"
    assert as_user(group.deputy.person.user).post(path, COMES).status_code == 302
    assert Reply.objects.get(seat=group.commander.seat).deputy_answer == ""


# --- What follows -----------------------------------------------------------------------------------------------------


def answer(group, meeting, what):
    person = group.deputy.person
    reply_as_deputy(meeting, group.commander.seat_id, what, by=person.user, person=person)


def test_where_they_cannot_come_the_place_is_needed_again(group, sent):
    assert "Will be quorate" in forecast_of(sent).headline
    assert wanted(sent)[0].seat_id != group.commander.seat_id
    answer(group, sent, "apologies")
    shown = forecast_of(sent)
    assert "Not quorate on the replies so far: nobody from TVP." in shown.headline
    assert "1 whose deputy cannot come" in shown.detail
    first = wanted(sent)[0]
    assert (first.person_id, first.is_needed) == (group.commander.person_id, True)
    assert place_of(sent, group.commander).proposed == ""
    answer(group, sent, "accept")
    assert "Will be quorate" in forecast_of(sent).headline
    assert place_of(sent, group.commander).proposed == "deputy"


def test_sent_again_they_are_asked_anew_and_who_comes_is_not(group, sent):
    answer(group, sent, "apologies")
    send(group, sent)
    assert place_of(sent, group.commander).deputy_answer == ""
    answer(group, sent, "accept")
    send(group, sent)
    assert place_of(sent, group.commander).deputy_answer == "accept"


def test_a_deputy_who_cannot_come_is_free_to_be_sent_for_another(group, sent):
    NamedDeputyFactory(seat=group.nurse.seat, person=group.deputy.person)
    answer(group, sent, "apologies")
    person = group.nurse.person
    reply(sent, group.nurse.seat_id, "deputy", by=person.user, person=person, deputy_id=group.deputy.person_id)
    assert place_of(sent, group.nurse).answer_deputy == "Deputy LPA Commander"


def test_the_deputy_is_told_with_links_and_the_member_where_they_cannot(group, sent):
    then = tomorrow_morning()
    assert whom("meeting.sent_as_deputy", then) == {group.deputy.person_id}
    assert whom("meeting.deputy_cannot_come", then) == set()
    (key,) = keys_of(kinds.KINDS["meeting.sent_as_deputy"], then)
    links = kinds.KINDS["meeting.sent_as_deputy"].links({key}, then)[key]
    assert [label for label, _path in links] == ["I am coming", "I cannot come"]
    assert Client().get(links[0][1]).status_code == 200

    answer(group, sent, "apologies")
    assert whom("meeting.sent_as_deputy", then) == set()
    assert whom("meeting.deputy_cannot_come", then) == {group.commander.person_id}
    assert group.commander.person_id in whom("meeting.reply_needed", day_before(sent))

    answer(group, sent, "accept")
    assert whom("meeting.deputy_cannot_come", then) == set()


def test_a_deputy_who_cannot_come_is_not_reminded_and_the_member_is(group, sent):
    then, name, of_deputy = day_before(sent), "meeting.tomorrow", "meeting.tomorrow_deputy"
    assert group.deputy.person_id in whom(of_deputy, then)
    assert group.commander.person_id not in whom(name, then)
    answer(group, sent, "apologies")
    assert group.deputy.person_id not in whom(of_deputy, then)
    assert group.commander.person_id in whom(name, then)


@pytest.mark.parametrize("what", ["cancelled", "moved"])
def test_who_said_that_they_come_as_a_deputy_is_told_when_it_is_off_or_moves(group, sent, what):
    answer(group, sent, "accept")
    if what == "cancelled":
        it_is_cancelled(group, sent)
    else:
        later = dt.timedelta(days=7)
        times = {"starts_at": sent.starts_at + later, "ends_at": sent.ends_at + later}
        actions.change_meeting(sent, by=group.chair, mode=sent.mode, place=sent.place, **times)
    assert whom("meeting.deputy_free", tomorrow_morning()) == {group.deputy.person_id}


def test_who_was_never_told_that_they_are_sent_is_told_of_nothing(group, sent):
    it_is_cancelled(group, sent)
    assert whom("meeting.deputy_free", tomorrow_morning()) == set()


@pytest.mark.parametrize("instead", [{"answer": "accept"}, {"answer": "apologies", "reason": "On leave"}], ids=str)
def test_who_said_that_they_come_is_told_when_they_are_sent_no_more(group, sent, instead):
    then = tomorrow_morning()
    answer(group, sent, "accept")
    send(group, sent, **instead)
    assert whom("meeting.deputy_released", then) == {group.deputy.person_id}
    assert whom("meeting.sent_as_deputy", then) == set()
    (key,) = keys_of(kinds.KINDS["meeting.deputy_released"], then)
    entry = kinds.KINDS["meeting.deputy_released"].calendar({key}, then)[key]
    assert entry.method == "CANCEL"
    assert str(sent.public_id) in entry.text


def test_who_was_told_by_mail_that_they_are_sent_is_told_too(group, sent):
    ReminderFactory(
        area=sent.area,
        kind="meeting.sent_as_deputy",
        target_id=sent.pk,
        recipient_id=group.deputy.person_id,
        in_mail=True,
    )
    send(group, sent, answer="accept")
    assert whom("meeting.deputy_released", tomorrow_morning()) == {group.deputy.person_id}


def test_who_knows_of_nothing_or_cannot_come_anyway_is_not(group, sent):
    send(group, sent, answer="accept")
    send(group, sent)
    answer(group, sent, "apologies")
    send(group, sent, answer="accept")
    assert whom("meeting.deputy_released", tomorrow_morning()) == set()


def test_sent_again_or_for_another_place_they_are_not_told_and_released_again_they_are(group, sent):
    then = tomorrow_morning()
    answer(group, sent, "accept")
    send(group, sent)
    assert whom("meeting.deputy_released", then) == set()
    send(group, sent, answer="accept")
    send(group, sent)
    assert whom("meeting.deputy_released", then) == set()
    answer(group, sent, "accept")
    send(group, sent, answer="accept")
    assert whom("meeting.deputy_released", then) == {group.deputy.person_id}
    NamedDeputyFactory(seat=group.nurse.seat, person=group.deputy.person)
    person = group.nurse.person
    reply(sent, group.nurse.seat_id, "deputy", by=person.user, person=person, deputy_id=group.deputy.person_id)
    assert whom("meeting.deputy_released", then) == set()


def test_once_it_is_off_they_are_told_of_that_alone(group, sent):
    answer(group, sent, "accept")
    send(group, sent, answer="accept")
    it_is_cancelled(group, sent)
    assert whom("meeting.deputy_released", tomorrow_morning()) == set()
