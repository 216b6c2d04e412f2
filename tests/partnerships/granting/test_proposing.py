"""Proposing that somebody is let in: what is refused and where it is said, and what works at once."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from meetings.models import AgendaItem
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions
from partnerships.models import Grant, Person
from records.models import Event, OutboxMessage, User
from records.submissions import FIELD, AlreadySubmitted
from tests.at_once import said_at_once
from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    BodyFactory,
    ExclusionFactory,
    GrantFactory,
    OfficeFactory,
    PersonFactory,
    UserFactory,
)
from tests.partnerships.granting.conftest import WEEK, fresh, london


def verbs(grant):
    return list(Event.objects.filter(target="partnerships.Grant", target_id=grant.pk).values_list("verb", flat=True))


def test_a_proposal_lets_nobody_in_yet_and_asks_the_second_by_mail(people, propose):
    grant = propose()
    assert (grant.starts_at, grant.approved_at) == (None, None)
    assert grant.state(timezone.now()) == "Waits for approval"
    assert not AgendaItem.objects.visible_to(people.guest.user).exists()
    assert [mail.to for mail in OutboxMessage.objects.all()] == [people.second.user.email]
    assert verbs(grant) == ["grant.proposed"]


def test_it_is_let_begin_later(people, propose):
    begins = timezone.now() + dt.timedelta(days=2)
    assert propose(begins=begins).wanted_from == begins


def test_a_beginning_that_has_passed_is_now(people, propose):
    grant = propose(begins=timezone.now() - WEEK)
    assert grant.wanted_from == grant.proposed_at


def test_the_same_form_has_one_effect(people, propose):
    form = {FIELD: str(uuid.uuid4())}
    grant = propose(submission=form)
    with pytest.raises(AlreadySubmitted) as again:
        propose(submission=form)
    assert again.value.location == grant.get_absolute_url()
    assert Grant.objects.count() == 1


def refused(propose, field, words, **more):
    with pytest.raises(Refusal, match=words) as refusal:
        propose(**more)
    assert refusal.value.field == field
    assert not Grant.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_an_end_that_has_passed_is_refused(propose):
    refused(propose, "until", "end before it begins", until=timezone.now() - dt.timedelta(seconds=1))


def test_an_end_before_the_beginning_is_refused(propose):
    begins = timezone.now() + WEEK
    refused(propose, "until", "ends before it begins", begins=begins, until=begins)


@pytest.mark.parametrize(
    ("begins", "latest"),
    [
        (london(2027, 1, 11, 9), london(2028, 1, 11, 9)),
        (london(2027, 3, 28, 9), london(2028, 3, 28, 9)),  # the clocks go forward on the first of these days alone
        (london(2027, 10, 30, 12), london(2028, 10, 30, 12)),  # the clocks go back before the second
        (london(2028, 2, 29, 9), london(2029, 3, 1, 9)),
    ],
)
def test_twelve_months_are_allowed_and_a_second_more_is_not(propose, at, begins, latest):
    at(begins)
    refused(propose, "until", "twelve months at most", until=latest + dt.timedelta(seconds=1))
    assert propose(until=latest).wanted_until == latest


def test_the_sentence_names_the_last_day_that_would_do(propose, at):
    at(london(2027, 1, 11, 9))
    with pytest.raises(Refusal, match="Enter 10 January 2028 or an earlier day"):
        propose(until=london(2029, 1, 11))


def test_nobody_lets_themselves_in(people, propose):
    refused(propose, "person", "cannot let yourself in", person=people.chair)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(propose, reason):
    refused(propose, "reason", "Enter the reason", reason=reason)


def test_somebody_with_an_interest_is_not_let_in(people, propose):
    ExclusionFactory(thing=people.item, person=people.guest)
    refused(propose, "person", "conflict of interest")


def test_an_interest_that_is_over_does_not_matter(people, propose):
    ExclusionFactory(thing=people.item, person=people.guest, over=True)
    assert propose().pk


def test_somebody_of_another_area_is_not_let_in(propose):
    refused(propose, "person", "another area", person=PersonFactory(area=AnotherAreaFactory()))


@pytest.mark.parametrize("who", ["chair", "member", "vice", "team", "governance", "guest"])
def test_the_second_is_one_who_may_approve_and_none_of_those_it_concerns(people, propose, who):
    refused(propose, "second", "Choose a second person", second=getattr(people, who))


def test_somebody_without_an_account_cannot_be_the_second(people, propose):
    refused(propose, "second", "Choose a second person", second=PersonFactory())
    refused(propose, "second", "Choose a second person", second=None)


def test_somebody_excluded_cannot_be_the_second(people, propose):
    ExclusionFactory(thing=people.item, person=people.second)
    refused(propose, "second", "Choose a second person")


def test_the_second_of_another_area_cannot_approve_here(people, propose):
    abroad = OfficeFactory(scrutineer=True, person__area=AnotherAreaFactory()).person
    refused(propose, "second", "Choose a second person", second=abroad)


@pytest.mark.parametrize("who", ["second", "scrutineer", "lead_partner"])
def test_the_chair_of_a_partnership_a_partner_and_the_scrutineer_can_be_the_second(people, propose, who):
    assert propose(second=getattr(people, who)).pk


@pytest.mark.parametrize("who", ["vice", "member", "scrutineer", "second"])
def test_only_those_who_keep_the_thing_propose(people, propose, who):
    other = people.lead_partner
    with pytest.raises(Refusal, match=r"Only those who keep this|no such record"):
        propose(by=fresh(getattr(people, who).user), second=other)
    assert not Grant.objects.exists()


def test_a_chair_with_an_interest_proposes_nobody(people, propose):
    ExclusionFactory(thing=people.item, person=people.chair)
    refused(propose, None, "no such record")


def test_the_team_of_another_area_proposes_nobody(people, propose):
    abroad = OfficeFactory(person__area=AnotherAreaFactory()).person
    refused(propose, None, "no such record", by=abroad.user)


@pytest.mark.parametrize("kind", ["lay member", "panel member", "emergency", "case lead", "nonsense"])
def test_each_thing_has_its_own_kinds_of_access(propose, kind):
    refused(propose, None, "not given for this", kind=kind)


def test_democratic_services_clerk_a_partnership_and_no_group(people, propose):
    refused(
        propose, None, "not given for this", kind="democratic services", thing=people.review, by=fresh(people.team.user)
    )
    assert propose(kind="democratic services", thing=people.partnership, by=fresh(people.team.user)).pk


def test_what_waits_is_not_proposed_again(people, propose):
    first = propose()
    with pytest.raises(Refusal, match="waits for approval") as refusal:
        propose()
    assert refusal.value.field == "person"
    assert list(Grant.objects.all()) == [first]


def test_mail_names_reference_date_and_link_and_nothing_of_the_thing(people, propose):
    grant = propose(reason="Canary reason", thing=people.secret)
    mail = OutboxMessage.objects.get()
    assert mail.subject == f"Access {grant.pk}: You are asked to approve that somebody is let in"
    assert f"http://localhost:8000/access/grants/{grant.public_id}/" in mail.text
    for word in ("Heron", "Canary", "Review", "Author of the paper", people.guest.user.email):
        assert word not in mail.text + mail.subject


# --- Urgent ---


@pytest.mark.parametrize(
    ("now", "lapses"),
    [
        (london(2027, 1, 13, 15), london(2027, 1, 15)),  # Wednesday: until the end of Thursday
        (london(2027, 1, 15, 15), london(2027, 1, 19)),  # Friday: until the end of Monday
        (london(2027, 3, 25, 23, 59, 59), london(2027, 3, 31)),  # before Easter, and over the change of the clocks
        (london(2027, 10, 29, 12), london(2027, 11, 2)),  # over the other change
        (london(2027, 12, 24, 9), london(2027, 12, 30)),  # Christmas, with a substitute day
    ],
)
def test_urgent_access_works_at_once_and_lapses_at_the_end_of_the_next_working_day(people, propose, at, now, lapses):
    at(now)
    grant = propose(urgent=True, until=now + 4 * WEEK)
    assert (grant.starts_at, grant.confirm_by, grant.ends_at) == (now, lapses, lapses)
    seen = AgendaItem.objects.visible_to
    assert seen(fresh(people.guest.user)).exists()
    at(lapses - dt.timedelta(seconds=1))
    assert seen(fresh(people.guest.user)).exists()
    at(lapses)
    assert not seen(fresh(people.guest.user)).exists()
    assert grant.state(lapses) == "Lapsed, not confirmed"
    with pytest.raises(Refusal, match="too late"):
        actions.approve_grant(grant, by=fresh(people.second.user))


def test_urgent_access_that_ends_sooner_does_not_wait_for_its_lapse(propose, at):
    now = at(london(2027, 1, 13, 15))
    assert propose(urgent=True, until=now + dt.timedelta(hours=2)).ends_at == now + dt.timedelta(hours=2)


def test_what_begins_after_it_would_lapse_is_not_urgent(propose, at):
    now = at(london(2027, 1, 13, 15))
    with pytest.raises(Refusal, match="without haste") as refusal:
        propose(urgent=True, begins=now + WEEK, until=now + 2 * WEEK)
    assert refusal.value.field == "urgent"


def test_confirmed_urgent_access_goes_on_to_its_own_end(people, propose):
    grant = propose(urgent=True)
    began = grant.starts_at
    grant = actions.approve_grant(grant, by=fresh(people.second.user))
    assert (grant.starts_at, grant.ends_at) == (began, grant.wanted_until)
    assert verbs(grant) == ["grant.proposed", "grant.approved"]


# --- Somebody new ---


@pytest.fixture
def propose_guest(people):
    def propose(**more):
        given = {
            "post": "Author of a study",
            "agency": None,
            "email": "Author@University.Example",
            "by": fresh(people.chair.user),
            "second": people.second,
            "reason": "Wrote the study.",
            "until": timezone.now() + WEEK,
        } | more
        return actions.propose_guest("presenter", people.item, **given)

    return propose


def test_a_guest_is_entered_with_an_account_and_invited_when_approved(people, propose_guest):
    grant = propose_guest()
    assert grant.person.post == "Author of a study"
    assert grant.person.user.email == "author@university.example"
    assert not grant.person.user.has_usable_password()
    assert not OutboxMessage.objects.filter(to="author@university.example").exists()
    actions.approve_grant(grant, by=fresh(people.second.user))
    mails = OutboxMessage.objects.filter(to="author@university.example")
    assert {mail.subject for mail in mails} == {
        "Your account at MK Together",
        f"Access {grant.pk}: Access was approved",
    }


def test_the_guest_chooses_a_password_by_the_link_in_the_mail(client, people, propose_guest):
    grant = propose_guest(urgent=True)
    text = OutboxMessage.objects.get(subject="Your account at MK Together").text
    link = next(line for line in text.splitlines() if "/password/reset/" in line and line.count("-"))
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "a long enough phrase", "password2": "a long enough phrase"})
    assert fresh(grant.person.user).check_password("a long enough phrase")


def test_somebody_who_has_a_password_is_not_invited(people, propose):
    actions.approve_grant(propose(), by=fresh(people.second.user))
    assert not OutboxMessage.objects.filter(subject__startswith="Your account").exists()


def test_a_post_that_is_known_without_an_account_gets_it(people, propose_guest):
    agency = AgencyFactory()
    known = PersonFactory(post="Author of a study", agency=agency)
    assert propose_guest(agency=agency).person == known


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize("begins", [-WEEK, WEEK])
def test_nobody_takes_over_a_post_that_holds_something_by_entering_it_as_a_guest(people, propose_guest, begins, urgent):
    """A chair who types the post of a safeguarding partner with an address of their own would be that partner."""
    begins = timezone.now() + begins
    known = PersonFactory(post="Chief Executive", agency=None)
    OfficeFactory(kind="lead partner", person=known, starts_at=begins)
    with pytest.raises(Refusal, match="takes part already") as refusal:
        propose_guest(post="chief executive", urgent=urgent)
    assert refusal.value.field == "post"
    known.refresh_from_db()
    assert known.user is None
    assert not User.objects.filter(email="author@university.example").exists()
    assert not OutboxMessage.objects.exists()


def test_a_post_that_held_something_once_is_entered_as_a_guest(people, propose_guest):
    agency = AgencyFactory()
    known = PersonFactory(post="Author of a study", agency=agency)
    OfficeFactory(kind="lead partner", person=known, ends_at=timezone.now())
    assert propose_guest(agency=agency).person == known


def test_an_address_that_is_given_away_in_the_meantime_is_a_sentence(people, propose_guest, monkeypatch):
    UserFactory(email="author@university.example")
    monkeypatch.setattr("partnerships.joining.addresses.free", lambda email, **_more: email.lower())
    with pytest.raises(Refusal, match="cannot be given to a guest") as refusal:
        propose_guest()
    assert refusal.value.field == "email"


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"post": " "}, "post", "Enter their post"),
        ({"email": "nobody"}, "email", "Enter their e-mail address"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email", "Enter their e-mail address"),
        ({"reason": ""}, "reason", "Enter the reason"),
    ],
)
def test_a_guest_who_is_refused_leaves_nothing_behind(people, propose_guest, more, field, words):
    before = (Person.objects.count(), User.objects.count())
    with pytest.raises(Refusal, match=words) as refusal:
        propose_guest(**more)
    assert refusal.value.field == field
    assert (Person.objects.count(), User.objects.count()) == before


def test_an_address_that_has_an_account_is_refused_however_it_is_written(people, propose_guest):
    UserFactory(email="taken@mktogether.example")
    with pytest.raises(Refusal, match="choose them from the list") as refusal:
        propose_guest(email="Taken@MKTogether.example")
    assert refusal.value.field == "email"


def test_a_post_with_an_account_is_not_entered_twice(people, propose_guest):
    PersonFactory(post="author of a study", agency=None, with_account=True)
    with pytest.raises(Refusal, match="Choose them from the list") as refusal:
        propose_guest()
    assert refusal.value.field == "post"


def test_who_may_not_propose_enters_no_guest(people, propose_guest):
    with pytest.raises(Refusal, match="Only those who keep this"):
        propose_guest(by=fresh(people.member.user))
    assert not User.objects.filter(email="author@university.example").exists()


def test_a_lapsed_proposal_can_be_made_again(people, propose):
    GrantFactory(
        waiting=True,
        kind="presenter",
        thing=people.item,
        person=people.guest,
        wanted_until=timezone.now() - dt.timedelta(seconds=1),
        wanted_from=timezone.now() - WEEK,
    )
    assert propose().pk


def test_a_lay_member_reads_the_ordinary_business_of_one_board_alone(people, propose):
    other = BodyFactory()
    grant = propose(kind="lay member", thing=people.review)
    actions.approve_grant(grant, by=fresh(people.second.user))
    guest = fresh(people.guest.user)
    assert list(AgendaItem.objects.visible_to(guest)) == [people.item]
    assert not other.meetings.visible_to(guest).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_the_same_at_the_same_moment_do_it_once(people, propose):
    """Whoever approved the one that they were asked about would leave the other waiting."""
    said = sorted(said_at_once(*(lambda by=by: propose(by=fresh(by.user)) for by in (people.chair, people.team))))
    assert said == ["", "This was proposed already and waits for approval."]
    assert Grant.objects.count() == 1
