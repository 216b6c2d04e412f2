"""The links in the mail: whoever has one answers as the member, until it dies, and to look at it does nothing."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from meetings import actions
from meetings.models import Meeting, Reply
from meetings.replying import links
from records import guessing
from records.models import Event
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
)

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def anybody():
    return Client()


def token_in(path):
    return path.removeprefix("/replies/").rstrip("/")


def test_there_is_a_link_for_each_answer_to_the_portals_own_address(group, planned):
    found = links.links_for(planned, group.nurse.person)
    assert [label for label, _address in found] == ["I am coming", "Perhaps", "Send apologies", "Send my deputy"]
    assert all(address.startswith(f"{settings.SITE_ORIGIN}/replies/") for _label, address in found)


def test_it_holds_enough_that_nobody_can_guess(group, planned, link):
    signature = token_in(link(planned, group.nurse.person)).rpartition(".")[2]
    assert len(signature) == 43  # 256 bits


def test_somebody_with_two_places_gets_links_for_each(group, planned):
    AppointmentFactory(seat__body=group.body, seat__title="Second place", person=group.nurse.person)
    labels = [label for label, _address in links.links_for(planned, group.nurse.person)]
    assert len(labels) == 8
    assert "I am coming, for Second place" in labels


def test_there_is_none_for_somebody_without_a_place_or_an_account(group, planned):
    assert links.links_for(planned, group.deputy.person) == []
    assert links.links_for(planned, PersonFactory()) == []
    assert links.links_for(planned, AppointmentFactory(seat__body=group.body).person) == []


@pytest.mark.parametrize("state", [{"opened": True}, {"cancelled": True}, {"over": True}])
def test_there_is_none_once_it_has_begun_or_is_off(group, state):
    assert links.links_for(MeetingFactory(body=group.body, **state), group.nurse.person) == []


# --- Looking and acting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_to_look_does_nothing(group, planned, link, anybody, method):
    before = (Reply.objects.count(), Event.objects.count())
    for answer in ("", "accept", "deputy"):
        getattr(anybody, method)(link(planned, group.nurse.person, answer))
    assert (Reply.objects.count(), Event.objects.count()) == before


def test_a_button_acts_as_the_member_by_the_link(group, planned, link, anybody, words):
    path = link(planned, group.nurse.person)
    answer = anybody.post(path, {"answer": "accept"}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert "You said that you are coming" in words(answer)
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("reply.given_by_link", group.nurse.person.user.pk)


def test_it_can_be_changed_later_by_the_same_link(group, planned, link, anybody):
    path = link(planned, group.commander.person)
    for form in (
        {"answer": "tentative"},
        {"answer": "apologies", "reason": "On leave"},
        {"answer": "deputy", "deputy": group.deputy.person_id},
        {"answer": "deputy", "deputy": "colleague", "colleague": "Duty inspector"},
    ):
        assert anybody.post(path, form).status_code == 302
    given = Reply.objects.get()
    assert (given.answer, given.deputy_id, given.colleague, given.reason) == ("deputy", None, "Duty inspector", "")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"answer": "deputy"}, "Choose who comes in your place"),
        ({"answer": "deputy", "deputy": "colleague"}, "Enter the post of whoever comes in your place"),
        ({"answer": "deputy", "deputy": "17"}, "Choose one of the answers offered"),
        ({"answer": "apologies", "reason": "x" * 201}, "Shorten"),
        ({"answer": "apologies", "reason": "  "}, "Enter why you cannot come, such as “on leave”"),
        ({"answer": "never"}, "Choose one of the answers offered"),
        ({}, "Choose an answer"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_sentence(group, planned, link, anybody, words, form, sentence):
    answer = anybody.post(link(planned, group.commander.person), form)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Reply.objects.exists()


def test_a_deputy_who_is_sent_already_comes_back_with_a_sentence(group, planned, link, anybody, words):
    NamedDeputyFactory(seat=group.nurse.seat, person=group.deputy.person)
    form = {"answer": "deputy", "deputy": group.deputy.person_id}
    anybody.post(link(planned, group.commander.person), form)
    answer = anybody.post(link(planned, group.nurse.person), form)
    assert answer.status_code == 422
    assert "comes for LPA Commander already" in words(answer)


def test_the_answer_that_the_mail_asked_for_stands_first(group, planned, link, anybody, words):
    text = words(anybody.get(link(planned, group.commander.person, "deputy")))
    assert text.index("Somebody comes in my place") < text.index("Or another reply") < text.index("I am coming")
    assert "Deputy LPA Commander" in text


def test_without_the_pages_secret_nothing_is_taken(group, planned, link):
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(planned, group.nurse.person), {"answer": "accept"}).status_code == 403
    assert not Reply.objects.exists()


def test_whoever_is_signed_in_beside_it_answers_as_the_member_of_the_link(group, planned, link, as_user):
    as_user(group.adults.person.user).post(link(planned, group.nurse.person), {"answer": "accept"})
    assert Reply.objects.get().seat_id == group.nurse.seat_id


# --- What it tells ----------------------------------------------------------------------------------------------------


def test_it_tells_of_the_meeting_when_and_where_and_nothing_of_its_business(group, planned, link, anybody, words):
    AgendaItemFactory(meeting=planned, title="Canary item")
    text = words(anybody.get(link(planned, group.nurse.person)))
    assert "Review, " in text
    assert "Room 1" in text
    assert "Canary" not in text
    assert "quorate" not in text


def test_of_a_panel_it_says_meeting_and_no_more(group, planned, link, anybody, words):
    group.body.kind = "panel"
    group.body.save()
    text = words(anybody.get(link(planned, group.nurse.person)))
    assert "Meeting, " in text
    assert "Review" not in text


def test_the_address_goes_nowhere_by_referer_and_stays_in_no_cache(group, planned, link, anybody):
    path = link(planned, group.nurse.person)
    for answer in (anybody.get(path), anybody.post(path, {"answer": "accept"}), anybody.post(path, {})):
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer["Cache-Control"]


# --- When it dies -----------------------------------------------------------------------------------------------------


def the_meeting_begins(group, planned):
    Meeting.objects.filter(pk=planned.pk).update(starts_at=timezone.now())


def it_is_opened_early(group, planned):
    actions.open_meeting(planned, by=group.chair)


def it_is_cancelled(group, planned):
    actions.cancel_meeting(planned, "Too little business", by=group.chair)


def the_mandate_ends(group, planned):
    group.nurse.ends_at = timezone.now()
    group.nurse.save()


def the_mandate_ends_and_the_same_person_is_named_anew(group, planned):
    the_mandate_ends(group, planned)
    AppointmentFactory(seat=group.nurse.seat, person=group.nurse.person, starts_at=group.nurse.ends_at)


def the_place_is_closed(group, planned):
    group.nurse.seat.ends_at = timezone.now()
    group.nurse.seat.save()


def the_mandate_is_to_end_before_the_meeting(group, planned):
    group.nurse.ends_at = planned.starts_at - SECOND
    group.nurse.save()


def the_account_is_switched_off(group, planned):
    group.nurse.person.user.is_active = False
    group.nurse.person.user.save()


def the_address_changes(group, planned):
    group.nurse.person.user.email = "another@example.org"
    group.nurse.person.user.save()


ENDS = [
    the_meeting_begins,
    it_is_opened_early,
    it_is_cancelled,
    the_mandate_ends,
    the_mandate_ends_and_the_same_person_is_named_anew,
    the_place_is_closed,
    the_mandate_is_to_end_before_the_meeting,
    the_account_is_switched_off,
    the_address_changes,
]


def page_of(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def headers_of(answer):
    """All but the second in which it was given."""
    return {name: value for name, value in answer.headers.items() if name != "Expires"}


@pytest.mark.parametrize("ends", ENDS, ids=lambda ends: ends.__name__)
def test_it_dies_and_tells_nothing_afterwards(group, planned, link, anybody, ends):
    path = link(planned, group.nurse.person)
    assert anybody.get(path).status_code == 200
    ends(group, planned)
    dead, nowhere = anybody.get(path), anybody.get("/replies/1-1-0123456789abcdef.x/")
    assert (dead.status_code, page_of(dead)) == (nowhere.status_code, page_of(nowhere)) == (404, page_of(nowhere))
    assert headers_of(dead) == headers_of(nowhere)
    assert anybody.post(path, {"answer": "accept"}).status_code == 404
    assert not Reply.objects.exists()


def test_it_outlives_a_secret_key_that_is_still_accepted(group, planned, link, anybody, settings):
    path = link(planned, group.nurse.person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert anybody.get(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert anybody.get(path).status_code == 404


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_changed_letter_kills_it(group, planned, link, anybody, place):
    path = link(planned, group.nurse.person)
    letters = list(token_in(path))
    letters[place] = "0" if letters[place] != "0" else "1"
    assert anybody.get(f"/replies/{''.join(letters)}/").status_code == 404


def test_for_one_meeting_it_does_nothing_at_another(group, planned, link, anybody):
    other = MeetingFactory(body=group.body)
    anybody.post(link(planned, group.nurse.person), {"answer": "accept"})
    assert Reply.objects.get().meeting_id == planned.pk != other.pk


def test_it_opens_nothing_but_the_reply(group, planned, link, anybody):
    anybody.get(link(planned, group.nurse.person))
    assert anybody.get(planned.get_absolute_url()).status_code == 302


def test_moving_the_meeting_leaves_the_link_alive(group, planned, link, anybody):
    path = link(planned, group.nurse.person)
    actions.change_meeting(
        planned,
        by=group.chair,
        starts_at=planned.starts_at + dt.timedelta(days=1),
        ends_at=planned.ends_at + dt.timedelta(days=1),
        mode="virtual",
        place="",
    )
    assert anybody.get(path).status_code == 200


def test_whoever_tries_and_tries_is_asked_to_wait(group, planned, link, anybody, monkeypatch):
    cache.clear()
    monkeypatch.setattr(guessing, "A_MINUTE", 3)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    statuses = [anybody.get("/replies/no/").status_code for _time in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    assert anybody.get(link(planned, group.nurse.person)).status_code == 200
    cache.clear()


# --- Signed in --------------------------------------------------------------------------------------------------------


def signed_in_path(meeting, appointment):
    return f"{meeting.get_absolute_url()}reply/{appointment.seat_id}/"


def test_signed_in_a_member_replies_on_the_meetings_page(as_user, group, planned, words):
    client = as_user(group.nurse.person.user)
    assert "You have not replied yet." in words(client.get(planned.get_absolute_url()))
    answer = client.post(signed_in_path(planned, group.nurse), {"answer": "accept"}, follow=True)
    assert "Your reply is kept." in words(answer)
    assert "You said that you are coming" in words(answer)
    assert Event.objects.get(verb__startswith="reply").verb == "reply.given"


def test_a_deputy_who_is_sent_reads_so_on_the_meetings_page(as_user, group, planned, words):
    client = as_user(group.deputy.person.user)
    assert "Your reply" not in words(client.get(planned.get_absolute_url()))
    as_user(group.commander.person.user).post(
        signed_in_path(planned, group.commander), {"answer": "deputy", "deputy": group.deputy.person_id}
    )
    assert "You are sent to this meeting in the place of the LPA Commander." in words(
        client.get(planned.get_absolute_url())
    )


def test_nobody_replies_for_another(as_user, group, planned):
    for user in (group.adults.person.user, group.deputy.person.user, OfficeFactory().person.user):
        client = as_user(user)
        assert client.get(signed_in_path(planned, group.nurse)).status_code == 404
        assert client.post(signed_in_path(planned, group.nurse), {"answer": "accept"}).status_code == 404
    assert not Reply.objects.exists()


def test_once_it_has_begun_it_leads_back_with_a_sentence(as_user, group, meeting, words):
    answer = as_user(group.nurse.person.user).get(signed_in_path(meeting, group.nurse), follow=True)
    assert "This meeting has begun." in words(answer)
    assert "Your reply" not in words(answer)
