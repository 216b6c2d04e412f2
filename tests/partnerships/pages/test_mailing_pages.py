"""What did not go out, the switch in a mail, one's own choices, and mail that can be read where none leaves."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from records.models import Event, OutboxMessage, Reminder, ReminderChoice
from records.reminders import kinds, switch
from tests.factories import (
    AnotherAreaFactory,
    AppointmentFactory,
    OfficeFactory,
    OutboxMessageFactory,
    PersonFactory,
    ReminderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OVERDUE, INVITATION = "action.overdue", "meeting.invitation"


@pytest.fixture
def team():
    return OfficeFactory().person


@pytest.fixture
def member(team):
    return AppointmentFactory(with_account=True, seat__body__area=team.area).person


# --- What did not go out ---


def test_the_team_sees_what_was_refused_whom_nothing_reaches_and_why(as_user, team, words):
    person = PersonFactory(area=team.area, post="Coroner's officer")
    ReminderFactory.create_batch(2, area=team.area, recipient_id=person.pk, not_reached=True)
    OutboxMessageFactory(area=team.area, failed=True, to="gone@mktogether.example", subject="canary-subject")
    OutboxMessageFactory(area=team.area, sending=True, to="later@mktogether.example", failure="The server was away.")
    OutboxMessageFactory(area=team.area, sent=True, to="taken@mktogether.example")
    OutboxMessageFactory(area=AnotherAreaFactory(), failed=True, to="elsewhere@mktogether.example")
    page = words(as_user(team.user).get("/reminders/"))
    assert "gone@mktogether.example" in page
    assert "The mail server did not take it." in page
    assert "later@mktogether.example" in page
    assert "The portal tries again by itself" in page
    assert "Coroner's officer Your actions that are overdue 2" in page
    for hidden in ("taken@", "elsewhere@", "canary-subject"):
        assert hidden not in page


def test_without_anything_it_says_so(as_user, team, words):
    page = words(as_user(team.user).get("/reminders/"))
    assert "Every mail of the last four weeks was taken." in page
    assert "Whoever was to be reminded in the last four weeks has an address." in page


def test_confidential_kinds_stand_on_no_list(as_user, team, words, monkeypatch):
    secret = kinds.Kind(**{**vars(kinds.KINDS[OVERDUE]), "title": "Secret deadlines", "confidential": True})
    monkeypatch.setitem(kinds.KINDS, "secret", secret)
    ReminderFactory(area=team.area, recipient_id=team.pk, kind="secret", not_reached=True)
    assert "Secret deadlines" not in words(as_user(team.user).get("/reminders/"))
    assert "Did not go out" not in words(as_user(team.user).get("/"))


def test_nobody_else_finds_it(as_user, team, member):
    message = OutboxMessageFactory(area=team.area, failed=True)
    client = as_user(member.user)
    assert client.get("/reminders/").status_code == 404
    assert client.get("/reminders/came-back/").status_code == 404
    assert client.post(f"/reminders/mails/{message.pk}/again/").status_code == 404
    assert client.post(f"/reminders/people/{member.public_id}/again/").status_code == 404
    message.refresh_from_db()
    assert message.state == "failed"


@pytest.mark.parametrize("number", [3, 300])
def test_its_queries_do_not_grow_with_the_rows(as_user, team, number, django_assert_num_queries):
    OutboxMessageFactory.create_batch(number, area=team.area, failed=True)
    for _person in range(number // 3):
        person = PersonFactory(area=team.area, agency=team.agency)
        ReminderFactory(area=team.area, recipient_id=person.pk, not_reached=True)
    client = as_user(team.user)
    with django_assert_num_queries(8):
        client.get("/reminders/")


def test_a_mail_that_was_given_up_is_tried_again(as_user, team):
    message = OutboxMessageFactory(area=team.area, failed=True)
    client = as_user(team.user)
    answer = client.post(f"/reminders/mails/{message.pk}/again/", follow=True)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.failure) == ("waiting", 0, "")
    assert b"It is handed over again." in answer.content
    assert client.post(f"/reminders/mails/{message.pk}/again/").status_code == 404
    elsewhere = OutboxMessageFactory(area=AnotherAreaFactory(), failed=True)
    assert client.post(f"/reminders/mails/{elsewhere.pk}/again/").status_code == 404


def test_whoever_has_an_account_by_now_is_reminded_after_all(as_user, team, words):
    person = AppointmentFactory(seat__body__area=team.area).person
    reminder = ReminderFactory(area=team.area, recipient_id=person.pk, not_reached=True)
    client = as_user(team.user)
    refused = words(client.post(f"/reminders/people/{person.public_id}/again/", follow=True))
    assert "They still have no account in use, so there is nowhere to send it." in refused
    type(person).objects.filter(pk=person.pk).update(user=UserFactory())
    client.post(f"/reminders/people/{person.public_id}/again/")
    reminder.refresh_from_db()
    assert reminder.state == "waiting"
    again = words(client.post(f"/reminders/people/{person.public_id}/again/", follow=True))
    assert "Nothing waits for them any more." in again
    assert Event.objects.filter(verb="reminders.tried_again", target_id=person.pk).count() == 1


def test_mail_that_came_back_stands_with_what_did_not_go_out(as_user, team, words):
    sent = OutboxMessageFactory(area=team.area, sent=True, to="full@mktogether.example")
    other = OutboxMessageFactory(area=team.area, sent=True, to="other@mktogether.example")
    client = as_user(team.user)
    form = {"address": "Full@mktogether.example", "reason": "mailbox full"}
    assert "Noted of 1 mail." in words(client.post("/reminders/came-back/", form, follow=True))
    sent.refresh_from_db()
    other.refresh_from_db()
    assert (sent.state, sent.failure, other.state) == ("failed", "It came back: mailbox full", "sent")
    again = client.post("/reminders/came-back/", form)
    assert again.status_code == 422
    assert "No mail went to this address in the last four weeks." in words(again)
    assert "Enter the address that the mail went to" in words(client.post("/reminders/came-back/", {"reason": "full"}))


def test_the_team_s_home_page_says_that_something_did_not_go_out(as_user, team, member, words):
    OutboxMessageFactory(area=team.area, failed=True)
    ReminderFactory(area=team.area, recipient_id=member.pk, not_reached=True)
    page = words(as_user(team.user).get("/"))
    assert "1 mail came back or was refused. 1 person has nowhere to send a reminder to." in page
    assert "Did not go out" not in words(as_user(member.user).get("/"))


# --- The switch in a mail ---


def path_of(recipient, name):
    return switch.address(recipient, name).removeprefix("http://localhost:8000")


def test_the_switch_shows_one_button_and_only_the_button_switches(member, words):
    client = Client()
    shown = client.get(path_of(member.pk, OVERDUE))
    assert "Your actions that are overdue" in words(shown)
    assert member.post not in words(shown)
    assert shown.content.count(b"<button") == 1
    assert shown["Referrer-Policy"] == "no-referrer"
    assert not ReminderChoice.objects.exists()
    done = client.post(path_of(member.pk, OVERDUE))
    assert "Switched off" in words(done)
    assert ReminderChoice.objects.get().off == [OVERDUE]
    client.post(path_of(member.pk, OVERDUE))
    assert Event.objects.filter(verb="reminders.switched_off", target_id=member.pk, actor_id=None).count() == 1


def test_a_mail_program_switches_off_by_a_bare_post_without_cookies(member):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        path_of(member.pk, OVERDUE), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert ReminderChoice.objects.get().off == [OVERDUE]


def test_the_switch_of_a_day_s_mail_switches_off_all_that_may_be(member):
    Client().post(path_of(member.pk, switch.ALL))
    assert set(ReminderChoice.objects.get().off) == set(kinds.may_be_switched_off())


def test_what_cannot_be_switched_off_says_why(member, words):
    for answer in (Client().get(path_of(member.pk, INVITATION)), Client().post(path_of(member.pk, INVITATION))):
        assert "This cannot be switched off" in words(answer)
        assert "An invitation is the notice of a meeting" in words(answer)
        assert b"<button" not in answer.content.partition(b"<main")[2]
    assert not ReminderChoice.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsImFsbCJd:1:forged"])
def test_an_address_that_nobody_gave_out_is_no_page(token):
    assert Client().get(f"/reminders/off/{token}/").status_code == 404


def test_an_address_of_a_kind_that_is_gone_is_no_page(member):
    assert Client().get(path_of(member.pk, "meeting.gone")).status_code == 404


# --- One's own ---


def test_somebody_chooses_how_and_of_what_they_are_reminded(as_user, member, words):
    client = as_user(member.user)
    shown = client.get("/me/reminders/")
    assert "An invitation is the notice of a meeting" in words(shown)
    assert f'value="{OVERDUE}" checked' in shown.content.decode()
    on = [name for name in kinds.may_be_switched_off() if name != OVERDUE]
    answer = client.post("/me/reminders/", {"way": "at once", "of": on})
    assert answer["Location"] == "/me/"
    choice = ReminderChoice.objects.get()
    assert (choice.recipient_id, choice.way, choice.off) == (member.pk, "at once", [OVERDUE])
    assert f'value="{OVERDUE}" checked' not in client.get("/me/reminders/").content.decode()
    client.post("/me/reminders/", {"way": "at once", "of": on})
    assert Event.objects.filter(verb="reminders.chosen").count() == 1


def test_what_is_no_choice_is_refused_with_a_sentence(as_user, member, words):
    client = as_user(member.user)
    assert client.post("/me/reminders/", {"way": "never"}).status_code == 422
    assert client.post("/me/reminders/", {"way": "daily", "of": [INVITATION]}).status_code == 422
    assert not ReminderChoice.objects.exists()


def test_an_account_without_a_post_has_no_reminders(as_user):
    assert as_user(UserFactory()).get("/me/reminders/").status_code == 404


def test_mail_is_read_on_a_page_where_none_leaves_the_machine(as_user, member, words):
    html = '<p style="color:red">Your meeting</p>'
    mine = OutboxMessageFactory(to=member.user.email, sent=True, html=html, text="See http://localhost:8000/meetings/")
    waiting = OutboxMessageFactory(to=member.user.email)
    others = OutboxMessageFactory(sent=True)
    client = as_user(member.user)
    assert words(client.get("/me/mail/")).count("Your meeting") == 1
    page = client.get(f"/me/mail/{mine.pk}/")
    assert b'<a href="http://localhost:8000/meetings/"' in page.content
    as_page = client.get(f"/me/mail/{mine.pk}/as-a-page/")
    assert as_page.content.decode() == html
    assert "style-src 'unsafe-inline'" in as_page["Content-Security-Policy"]
    assert "default-src 'none'" in as_page["Content-Security-Policy"]
    for found in (waiting, others):
        assert client.get(f"/me/mail/{found.pk}/").status_code == 404


def test_in_production_there_is_no_such_page(as_user, member, settings, words):
    settings.PRODUCTION = True
    mine = OutboxMessageFactory(to=member.user.email, sent=True, html="<p>Your meeting</p>")
    client = as_user(member.user)
    for path in ("/me/mail/", f"/me/mail/{mine.pk}/", f"/me/mail/{mine.pk}/as-a-page/"):
        assert client.get(path).status_code == 404
    assert "Mail to you" not in words(client.get("/me/"))
    assert OutboxMessage.objects.count() == 1
    assert not Reminder.objects.exists()
    assert timezone.now() > dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
