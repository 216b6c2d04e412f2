"""Asking for emergency access, the banner while it is open, and the line in history for every page."""

import dataclasses
import datetime as dt

import pytest
from django.db.models import Q
from django.utils import timezone

from partnerships.granting import actions, subjects
from partnerships.models import Grant
from partnerships.story import telling
from records.models import Event, OutboxMessage
from tests.factories import BodyFactory, GrantFactory, MeetingFactory
from tests.partnerships.granting.conftest import fresh

PAGE = "/access/emergency/"


@pytest.fixture
def typed(people):
    def typed(act="continue", **more):
        return {
            "act": act,
            "thing": f"meetings/{people.meeting.public_id}",
            "reason": "An inspector asks today.",
            "second": people.second.pk,
        } | more

    return typed


@pytest.mark.parametrize("who", ["member", "chair", "vice", "guest"])
def test_it_is_not_there_for_those_who_may_not_ask(as_user, people, typed, who):
    client = as_user(getattr(people, who).user)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed("confirm")).status_code == 404


def test_it_offers_the_meetings_that_one_sees_and_does_not_read(as_user, people, words):
    MeetingFactory(body=BodyFactory(name="Second group"))
    text = words(as_user(people.scrutineer.user).get(PAGE))
    assert "The confidential part of Review, " in text
    assert "The confidential part of Second group, " in text
    assert "The confidential part" not in words(as_user(people.team.user).get(PAGE)), "the team reads all of them"
    assert "The confidential part" not in words(as_user(people.governance.user).get(PAGE)), "they see no meetings"


def test_first_what_would_happen_then_it_is_asked_for(as_user, people, typed, words):
    client = as_user(people.scrutineer.user)
    text = words(client.post(PAGE, typed()))
    assert f"{people.second.post} is asked by mail to confirm it." in text
    assert "Once it is confirmed, for one hour, you can read the confidential part of Review, " in text
    assert not Grant.objects.exists()
    answer = client.post(PAGE, typed("confirm"), follow=True)
    assert f"{people.second.post} has been asked by mail to confirm it." in words(answer)
    assert "If there is such a record" not in words(answer), "they chose it from a list of what there is"
    assert "Open or waiting 1 The confidential part of Review" in words(answer)
    assert Grant.objects.get().person == people.scrutineer


def test_the_page_of_a_meeting_leads_there_with_the_meeting_chosen(as_user, people):
    page = as_user(people.scrutineer.user).get(people.meeting.get_absolute_url()).content.decode()
    link = f"/access/emergency/?for=meetings/{people.meeting.public_id}"
    assert link in page
    form = as_user(people.scrutineer.user).get(link).content.decode()
    assert f'<option value="meetings/{people.meeting.public_id}" selected>' in form
    assert "/access/emergency/" not in as_user(people.team.user).get(people.meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["scrutineer", "lead_partner", "second", "team", "governance"])
def test_everybody_who_may_ask_is_led_there_from_every_page_and_from_their_own(as_user, people, who):
    client = as_user(getattr(people, who).user)
    listed = [entry["href"] for entry in client.get("/").context["navigation"] if entry["href"].startswith("/access/")]
    assert len(listed) == 1
    assert 'href="/access/emergency/"' in client.get(listed[0]).content.decode()
    assert '<a href="/access/emergency/">' in client.get("/me/").content.decode()
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("who", ["member", "chair", "vice", "guest"])
def test_nobody_else_is_led_there(as_user, people, who):
    client = as_user(getattr(people, who).user)
    for page in ("/", "/me/"):
        assert "/access/emergency/" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"thing": ""}, "Choose one from the list, or enter a reference"),
        ({"thing": "meetings/00000000-0000-0000-0000-000000000000"}, "Choose one of the answers offered"),
        ({"reason": ""}, "Enter the reason, in a sentence"),
        ({"second": ""}, "Choose who confirms it"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(as_user, people, typed, words, wrong, sentence):
    answer = as_user(people.scrutineer.user).post(PAGE, typed("confirm", **wrong))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Grant.objects.exists()


def test_the_second_confirms_it_on_the_page_of_the_grant(as_user, people, ask, words):
    grant = ask()
    client = as_user(people.second.user)
    assert "will be able to read the confidential part of Review" in words(client.get(grant.get_absolute_url()))
    client.post(f"{grant.get_absolute_url()}approve/")
    text = words(as_user(people.scrutineer.user).get(people.meeting.get_absolute_url()))
    assert "Heron matter" in text


def test_all_who_are_told_are_named_to_whoever_asks_and_to_whoever_confirms(as_user, people, typed, ask, words):
    told = (
        "Everybody with one of these roles is told by mail at once: partnership chair, safeguarding partner, "
        "independent scrutineer, support team, information governance lead."
    )
    scrutineer = as_user(people.scrutineer.user)
    assert told in words(scrutineer.get(PAGE))
    assert told in words(scrutineer.post(PAGE, typed()))
    grant = ask()
    assert told in words(as_user(people.second.user).get(grant.get_absolute_url()))
    actions.approve_grant(grant, by=fresh(people.second.user))
    mails = OutboxMessage.objects.filter(subject__endswith="Emergency access is open")
    named = {people.second, people.lead_partner, people.scrutineer, people.team, people.colleague, people.governance}
    assert set(mails.values_list("to", flat=True)) == {person.user.email for person in named}


def test_whoever_does_not_see_the_meeting_is_told_of_which_kind_it_is_and_not_which(as_user, people, ask, words):
    grant = ask(second=people.governance)
    text = words(as_user(people.governance.user).get(grant.get_absolute_url()))
    assert "will be able to read the confidential part of a meeting that you do not see, for an hour from now." in text
    assert "Review" not in text


def test_an_hour_is_not_looked_at_again(as_user, people, ask, words):
    page = actions.approve_grant(ask(), by=fresh(people.second.user)).get_absolute_url()
    assert "Looked at again" not in words(as_user(people.scrutineer.user).get(page))


# --- By the reference of a case ---


@pytest.fixture
def case(people, monkeypatch):
    """The meeting stands in for a case: its existence is hidden, and it goes by a reference."""
    like_a_case = dataclasses.replace(
        subjects.of(people.meeting),
        noun="case",
        hides_existence=True,
        reads=lambda user, thing: False,
        find_by_reference=lambda text: people.meeting if text == "MK-2027-C-001" else None,
    )
    monkeypatch.setitem(subjects.SUBJECTS, like_a_case.label, like_a_case)
    return people.meeting


def test_the_answer_is_the_same_whether_or_not_there_is_such_a_case(as_user, people, case, typed, words):
    client = as_user(people.governance.user)
    answers = {}
    for reference in ("MK-2027-C-001", "MK-2027-C-002"):
        asked = words(client.post(PAGE, typed(thing="", reference=reference)))
        done = client.post(PAGE, typed("confirm", thing="", reference=reference), follow=True)
        listed = words(client.get("/access/grants/?state=all"))
        answers[reference] = (asked, done.redirect_chain, words(done), listed)
    there, not_there = answers.values()
    assert there == not_there
    assert Grant.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_of_a_reference_everything_is_said_with_an_if(as_user, people, case, typed, words):
    client, perhaps = as_user(people.governance.user), f"If there is such a record, {people.second.post}"
    by_reference = {"thing": "", "reference": "MK-2027-C-001"}
    asked = words(client.post(PAGE, typed(**by_reference)))
    assert f"{perhaps} is asked by mail to confirm it." in asked
    assert "Once it is confirmed, for one hour, you can read what has this reference." in asked
    done = client.post(PAGE, typed("confirm", **by_reference), follow=True)
    assert f"{perhaps} has been asked by mail to confirm it." in words(done)


def test_one_thing_is_asked_for_at_a_time(as_user, people, typed):
    for wrong, said in (
        ({"thing": ""}, "Choose one from the list, or enter a reference"),
        ({"reference": "MK-2027-C-001"}, "Choose one from the list or enter a reference, and not both"),
    ):
        answer = as_user(people.scrutineer.user).post(PAGE, typed(**wrong))
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"thing": [said]}


def test_whoever_has_nothing_to_choose_from_is_asked_for_the_reference_alone(as_user, people, case, typed, words):
    client = as_user(people.governance.user)
    text = words(client.get(PAGE))
    assert "The reference of the case that you need to read" in text
    assert "What do you need to read?" not in text
    answer = client.post(PAGE, typed(thing="", reference=""))
    assert answer.status_code == 422
    assert "Enter the reference of the case that you need to read" in words(answer)
    assert "What would happen" in words(client.post(PAGE, typed(thing="", reference="MK-2027-C-001")))


# --- While it is open ---


@pytest.fixture
def opened(people, ask):
    return actions.approve_grant(ask(), by=fresh(people.second.user))


def reads():
    written = Event.objects.filter(Q(verb__endswith="_read") | Q(verb="emergency.read")).order_by("id")
    return list(written.values_list("verb", "target", "target_id", "actor_id"))


def test_every_page_says_so_until_it_ends(as_user, people, opened, words):
    client = as_user(people.scrutineer.user)
    until = timezone.localtime(opened.ends_at)
    for page in ("/", "/boards/", "/actions/", people.meeting.get_absolute_url(), "/worried/", "/no/such/page/"):
        text = words(client.get(page))
        assert "Emergency access to the confidential part of Review, " in text, page
        assert f"until {until:%H:%M}. Everything that you open is written down." in text
    answer = client.post(f"/access/emergency/{opened.public_id}/end/", follow=True)
    assert "The emergency access is ended." in words(answer)
    assert "Everything that you open is written down" not in words(client.get("/"))
    assert "Heron matter" not in words(client.get(people.meeting.get_absolute_url()))


def test_nobody_else_sees_the_banner_or_ends_it(as_user, people, opened, words):
    for person in (people.team, people.second, people.governance):
        assert "Everything that you open" not in words(as_user(person.user).get("/"))
        assert as_user(person.user).post(f"/access/emergency/{opened.public_id}/end/").status_code == 404
    assert as_user(people.scrutineer.user).get(f"/access/emergency/{opened.public_id}/end/").status_code == 405


def test_everything_opened_is_written_down_with_what_it_was(as_user, people, opened):
    client, me = as_user(people.scrutineer.user), people.scrutineer.user.pk
    client.get(people.meeting.get_absolute_url())
    client.get(people.secret.get_absolute_url())
    client.get(f"{people.meeting.get_absolute_url()}minutes/")
    other = MeetingFactory(body=people.review)
    client.get(other.get_absolute_url())
    assert reads() == [
        ("meeting.confidential_read", "meetings.Meeting", people.meeting.pk, me),
        ("item.confidential_read", "meetings.AgendaItem", people.secret.pk, me),
        ("minutes.confidential_read", "meetings.Meeting", people.meeting.pk, me),
        ("emergency.read", "meetings.Meeting", other.pk, me),
    ]


def test_a_page_that_does_not_say_what_it_shows_is_written_down_with_the_access(as_user, people, opened):
    client, me = as_user(people.scrutineer.user), people.scrutineer.user.pk
    client.get("/actions/")
    assert reads() == [("emergency.page_read", "partnerships.Grant", opened.pk, me)]
    sentence = telling.told(people.team.user, Event.objects.filter(verb="emergency.page_read"))[0]
    assert sentence["before"] == "opened a page during "


def test_a_form_that_comes_back_with_its_mistakes_is_written_down_too(as_user, people, opened):
    client, me = as_user(people.scrutineer.user), people.scrutineer.user.pk
    assert client.post("/access/emergency/", {"act": "ask"}).status_code == 422
    assert reads() == [("emergency.page_read", "partnerships.Grant", opened.pk, me)]


def test_what_was_not_shown_is_not_written_down(as_user, people, opened):
    client = as_user(people.scrutineer.user)
    client.get("/no/such/page/")
    client.head(people.meeting.get_absolute_url())
    assert reads() == []


def test_nobody_without_an_emergency_is_written_down_and_it_costs_them_nothing(
    as_user, people, opened, django_assert_num_queries
):
    client = as_user(people.team.user)
    client.get("/actions/")
    assert reads() == []
    over = GrantFactory(kind="emergency", thing=people.meeting, person=people.colleague, emergency=True)
    Grant.objects.filter(pk=over.pk).update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    as_user(people.colleague.user).get("/actions/")
    assert reads() == []
    anonymous = type(client)()
    with django_assert_num_queries(1):
        anonymous.get("/health/")
