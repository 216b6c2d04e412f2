"""One's own page: what one holds, who stands in, and where one is signed in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from partnerships import panels
from records.models import Event
from tests.factories import (
    PASSWORD,
    AgendaItemFactory,
    AppointmentFactory,
    BodyFactory,
    CaseFactory,
    EventFactory,
    ExclusionFactory,
    GrantFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    UserFactory,
)

ME = "/me/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1"


@pytest.fixture
def member(db):
    seat = {"seat__body": BodyFactory(name="Review"), "seat__agency__short_name": "CNWL", "seat__title": "Nurse"}
    return AppointmentFactory(with_account=True, **seat)


def signed_in_with(user, browser):
    """A browser in which somebody signed in by the form."""
    client = Client(headers={"User-Agent": browser})
    answer = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def at_the_door(client):
    """Whether the next request of this browser is led to sign in."""
    answer = client.get("/meetings/")
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def places(client):
    return {place.browser: place for place in client.get(ME).context["sessions"]}


# --- What one holds ---


def test_it_says_what_i_hold_what_that_lets_me_do_and_who_stands_in(as_user, member, words):
    NamedDeputyFactory(seat=member.seat, person__post="My deputy")
    NamedDeputyFactory(seat=member.seat, person__post="Former deputy", ends_at=timezone.now())
    text = words(as_user(member.person.user).get(ME))
    assert "Member for CNWL on Review" in text
    assert "Because member for CNWL on Review" in text
    assert "My deputy For Nurse on Review" in text
    assert "Former deputy" not in text
    assert "End it" not in text


@pytest.mark.parametrize("holds", ["an office", "a deputyship"])
def test_whoever_holds_no_place_reads_nothing_of_deputies(db, as_user, words, holds):
    made = OfficeFactory() if holds == "an office" else NamedDeputyFactory(with_account=True)
    assert "Who stands in for you" not in words(as_user(made.person.user).get(ME))


def test_whoever_holds_a_place_without_a_deputy_reads_that(as_user, member, words):
    assert "No deputy is named for a place of yours." in words(as_user(member.person.user).get(ME))


def test_it_tells_what_one_did_without_naming_one_each_time(as_user, member, words):
    EventFactory(actor=member.person.user, verb="account.password_changed")
    text = words(as_user(member.person.user).get(ME))
    assert "What you did Chose a new password" in text


def test_it_speaks_to_its_reader_throughout(as_user, member, words):
    text = words(as_user(member.person.user).get(ME))
    assert re.findall(r"\b(?:I|me|my|mine|My)\b", text) == []


def test_the_way_to_it_stands_in_the_header_of_every_page(as_user, member):
    assert '<a href="/me/">' in as_user(member.person.user).get("/").content.decode()


def test_it_leads_to_changing_the_password(as_user, member):
    assert 'href="/account/password/"' in as_user(member.person.user).get(ME).content.decode()


def test_it_never_tells_from_what_i_am_kept_even_where_i_was_let_in(as_user, member):
    item = AgendaItemFactory(meeting__body=member.seat.body, title="canary")
    GrantFactory(thing=item, kind="presenter", person=member.person)
    client = as_user(member.person.user)
    assert b"canary" in client.get(ME).content
    ExclusionFactory(thing=item, person=member.person, reason="canary")
    assert b"canary" not in client.get(ME).content


def test_an_account_without_a_person_or_a_place_has_it_too(as_user, member, words):
    assert "Nobody has linked this account to a post yet" in words(as_user(UserFactory()).get(ME))
    member.ends_at = timezone.now()
    member.save()
    assert "Nothing at present" in words(as_user(member.person.user).get(ME))


def test_other_parts_put_their_panels_there(as_user, member, monkeypatch):
    monkeypatch.setattr(panels, "OWN", [])
    panels.on_own_page(
        lambda user, now: panels.Panel("meetings/panels/members_only.html", {"name": user.email}), order=1
    )
    panels.on_own_page(lambda user, now: None, order=2)
    assert member.person.user.email in as_user(member.person.user).get(ME).content.decode()


# --- Where one is signed in ---


def test_each_browser_stands_there_in_words_and_the_present_one_is_marked(member):
    desk = signed_in_with(member.person.user, FIREFOX)
    phone = signed_in_with(member.person.user, SAFARI)
    assert {name: place.is_present for name, place in places(desk).items()} == {
        "Firefox on Windows": True,
        "Safari on an iPhone": False,
    }
    assert places(phone)["Safari on an iPhone"].is_present


def test_an_ended_session_is_at_the_door_at_its_next_request(member):
    desk = signed_in_with(member.person.user, FIREFOX)
    phone = signed_in_with(member.person.user, SAFARI)
    assert not at_the_door(phone)
    answer = desk.post(f"/me/sessions/{places(desk)['Safari on an iPhone'].pk}/end/")
    assert answer["Location"] == "/me/#sessions-head"
    assert at_the_door(phone)
    assert not at_the_door(desk)
    assert list(places(desk)) == ["Firefox on Windows"]
    assert Event.objects.filter(verb="sessions.ended", actor_id=member.person.user.pk).count() == 1


def test_all_others_are_ended_in_one_act_and_the_present_one_stays(member, words):
    desk = signed_in_with(member.person.user, FIREFOX)
    others = [signed_in_with(member.person.user, SAFARI) for _ in range(2)]
    assert "Every other browser is signed out" in words(desk.post("/me/sessions/end-others/", follow=True))
    assert [at_the_door(client) for client in (desk, *others)] == [False, True, True]
    assert "No other browser was signed in" in words(desk.post("/me/sessions/end-others/", follow=True))


def test_ending_the_present_one_signs_out(member):
    desk = signed_in_with(member.person.user, FIREFOX)
    assert desk.post(f"/me/sessions/{places(desk)['Firefox on Windows'].pk}/end/")["Location"] == "/"
    assert at_the_door(desk)


def test_the_session_of_somebody_else_is_not_there(member):
    other = AppointmentFactory(with_account=True).person.user
    theirs = signed_in_with(other, FIREFOX)
    mine = signed_in_with(member.person.user, SAFARI)
    (place,) = places(theirs).values()
    assert mine.post(f"/me/sessions/{place.pk}/end/").status_code == 404
    assert not at_the_door(theirs)


def test_looking_changes_nothing(member):
    desk = signed_in_with(member.person.user, FIREFOX)
    assert desk.get("/me/sessions/end-others/").status_code == 405
    assert desk.get("/me/sessions/1/end/").status_code == 405


def test_no_request_pays_for_the_list_of_sessions(member, django_assert_num_queries):
    desk = signed_in_with(member.person.user, FIREFOX)
    desk.get("/cookies/")
    with django_assert_num_queries(3):  # the session, the account, and what it holds
        desk.get("/cookies/")


def test_a_role_leads_to_its_page_only_for_whoever_may_read_that(as_user, member):
    page = as_user(member.person.user).get(ME).content.decode()
    assert re.search(r'<a href="/access/roles/#[a-z-]+">Agency member</a>', page)
    guest = GrantFactory(kind="presenter", thing=AgendaItemFactory(), person__with_account=True).person
    client = as_user(guest.user)
    assert client.get("/access/roles/").status_code == 404
    page = client.get(ME).content.decode()
    assert "Presenter of one paper" in page
    assert 'href="/access/roles/' not in page


@pytest.mark.parametrize(
    ("kind", "make", "opens"),
    [
        ({"kind": "presenter"}, AgendaItemFactory, "Can read the item, and what is decided and agreed in it."),
        ({"emergency": True}, MeetingFactory, "Can read confidential items and the confidential part of minutes."),
        ({"emergency": True}, CaseFactory, "Can read a case; read who the people in a case are."),
    ],
)
def test_of_one_thing_it_says_what_can_be_done_with_that_thing_and_no_more(db, as_user, words, kind, make, opens):
    grant = GrantFactory(**kind, thing=make(), person=PersonFactory(with_account=True))
    text = words(as_user(grant.person.user).get(ME))
    assert text.partition("What each lets you do ")[2].count("Can ") == text.count(opens) == 1
