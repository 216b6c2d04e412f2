"""A conflict of interest beats every grant and rank, nobody ends their own, and those who keep the thing are told."""

import uuid
from functools import partial

import pytest
from django.utils import timezone

from meetings.models import Action, AgendaItem, Decision
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions, subjects
from partnerships.models import Exclusion
from records.models import Event, OutboxMessage
from records.submissions import FIELD, AlreadySubmitted
from tests.at_once import said_at_once
from tests.factories import (
    ActionFactory,
    AnotherAreaFactory,
    DecisionFactory,
    ExclusionFactory,
    GrantFactory,
    OfficeFactory,
    PersonFactory,
)
from tests.partnerships.granting.conftest import fresh


def sees(person, thing):
    return type(thing).objects.visible_to(fresh(person.user)).filter(pk=thing.pk).exists()


def refused(act, words, field=None):
    with pytest.raises(Refusal, match=words) as refusal:
        act()
    assert refusal.value.field == field


@pytest.fixture
def exclude(people):
    def exclude(person=None, reason="A relative works there.", *, thing=None, by=None, **more):
        person = person or people.member
        return actions.exclude(thing or people.item, person, reason, by=fresh((by or people.chair).user), **more)

    return exclude


@pytest.mark.parametrize("who", ["chair", "vice", "member", "team", "scrutineer", "guest", "second"])
def test_it_hides_the_item_its_decisions_and_its_actions_from_everybody_of_whatever_rank(people, who):
    person = getattr(people, who)
    GrantFactory(kind="presenter", thing=people.item, person=person)
    decision = DecisionFactory(item=people.item)
    action = ActionFactory(
        body=people.review, meeting=people.meeting, item=people.item, owner=person, agency=person.agency
    )
    assert sees(person, people.item)
    ExclusionFactory(thing=people.item, person=person)
    for thing, model in ((people.item, AgendaItem), (decision, Decision), (action, Action)):
        assert not model.objects.visible_to(fresh(person.user)).filter(pk=thing.pk).exists()


@pytest.mark.parametrize("who", ["chair", "vice", "team"])
def test_those_who_chair_and_the_team_exclude(people, exclude, who):
    exclusion = exclude(by=getattr(people, who))
    assert not sees(people.member, people.item)
    assert sees(people.member, people.secret)
    assert Event.objects.filter(verb="exclusion.made", target_id=exclusion.pk).exists()


@pytest.mark.parametrize("who", ["scrutineer", "second", "governance", "colleague"])
def test_others_exclude_nobody(people, exclude, who):
    by = getattr(people, who)
    if who == "colleague":
        ExclusionFactory(thing=people.item, person=by)  # of the team, with an interest of their own
    refused(lambda: exclude(by=by), "Only the chair")
    assert sees(people.member, people.item)


def test_everybody_who_sees_it_declares_an_interest_of_their_own(people, exclude):
    exclusion = exclude(people.member, by=people.member)
    assert exclusion.is_own
    assert not sees(people.member, people.item)
    assert Event.objects.filter(verb="interest.declared", actor_id=people.member.user.pk).exists()


def test_nobody_declares_an_interest_in_what_they_do_not_see(people, exclude):
    refused(lambda: exclude(people.guest, by=people.guest), "no such record")
    refused(lambda: exclude(people.scrutineer, by=people.scrutineer, thing=people.secret), "no such record")


def test_nobody_declares_an_interest_for_somebody_else(people, exclude):
    refused(lambda: exclude(people.vice, by=people.member), "Only the chair")


def test_chair_and_team_are_told_by_mail_without_content_and_not_those_kept_out(people, exclude):
    ExclusionFactory(thing=people.item, person=people.colleague)
    exclusion = exclude(people.chair, by=people.chair, reason="Canary reason")
    mails = OutboxMessage.objects.all()
    assert {mail.to for mail in mails} == {people.vice.user.email, people.team.user.email}
    for mail in mails:
        assert mail.subject == f"Exclusion {exclusion.pk}: Somebody has declared an interest and withdraws"
        assert f"http://localhost:8000/meetings/items/{people.item.public_id}/" in mail.text
        for word in ("rapid", "Canary", people.chair.post, "Review"):
            assert word not in mail.text + mail.subject


def test_a_reason_is_asked_for(exclude):
    refused(lambda: exclude(reason=" "), "Enter the interest", "reason")


def test_somebody_of_another_area_is_not_excluded(exclude):
    refused(lambda: exclude(PersonFactory(area=AnotherAreaFactory())), "another area", "person")


def test_nobody_is_excluded_twice(exclude):
    exclude()
    refused(exclude, "excluded already", "person")


def test_the_same_form_has_one_effect(people, exclude):
    form = {FIELD: str(uuid.uuid4())}
    exclude(people.member, by=people.member, submission=form)
    with pytest.raises(AlreadySubmitted) as again:
        exclude(people.member, by=people.member, submission=form)
    assert again.value.location == "/access/declared/"


def test_nobody_is_excluded_from_a_meeting_or_a_board_as_a_whole(people, exclude):
    for thing in (people.meeting, people.review):
        refused(lambda thing=thing: exclude(thing=thing), "Nobody is excluded from this")
        refused(lambda thing=thing: exclude(people.chair, thing=thing), "Nobody is excluded from this")


def test_somebody_else_ends_it_with_a_reason(people, exclude):
    exclusion = exclude()
    refused(lambda: actions.end_exclusion(exclusion, "", by=fresh(people.chair.user)), "Enter why", "because")
    actions.end_exclusion(exclusion, "They have left the firm.", by=fresh(people.vice.user))
    assert sees(people.member, people.item)
    assert Event.objects.filter(verb="exclusion.ended", target_id=exclusion.pk).exists()
    refused(lambda: actions.end_exclusion(exclusion, "Again.", by=fresh(people.chair.user)), "over already")


@pytest.mark.parametrize("who", ["chair", "team", "vice"])
def test_nobody_ends_their_own(people, exclude, who):
    person = getattr(people, who)
    exclusion = exclude(person, by=person)
    refused(lambda: actions.end_exclusion(exclusion, "It is over.", by=fresh(person.user)), "Nobody ends their own")
    assert not sees(person, people.item)


@pytest.mark.parametrize("who", ["member", "scrutineer", "second", "governance"])
def test_those_who_do_not_exclude_do_not_end_one(people, exclude, who):
    exclusion = exclude(people.colleague)
    by = fresh(getattr(people, who).user)
    refused(lambda: actions.end_exclusion(exclusion, "It is over.", by=by), "Only the chair")


def test_somebody_can_be_excluded_again_after_it_ended(people, exclude):
    actions.end_exclusion(exclude(), "They have left the firm.", by=fresh(people.chair.user))
    assert exclude().pk


def test_the_lists_of_exclusions_never_show_ones_own(people, exclude):
    mine, theirs = exclude(people.chair, by=people.team), exclude(people.member, by=people.team)
    other = exclude(people.member, by=people.team, thing=people.secret)

    def seen(person):
        return set(Exclusion.objects.visible_to(fresh(person.user)))

    assert seen(people.team) == {mine, theirs, other}
    assert seen(people.chair) == {other}, "not those from an item that is not there for them"
    assert seen(people.vice) == {mine, theirs, other}
    assert seen(people.member) == seen(people.scrutineer) == seen(people.guest) == set()


def test_what_a_grant_is_about_is_named_to_those_alone_who_may_know(people):
    grant = GrantFactory(kind="presenter", thing=people.secret, person=people.guest)
    assert subjects.named(fresh(people.scrutineer.user), [grant]) == {}
    ((title, address, _happens),) = subjects.named(fresh(people.chair.user), [grant]).values()
    assert title.startswith("a confidential item of Review")  # its title stands only where showing it is written down
    assert address == people.secret.get_absolute_url()
    ExclusionFactory(thing=people.secret, person=people.chair)
    assert subjects.named(fresh(people.chair.user), [grant]) == {}


def test_an_exclusion_holds_from_its_moment_and_not_at_its_end(people, exclude, at):
    now = at(timezone.now())
    exclusion = exclude()
    assert exclusion.starts_at == now
    assert not sees(people.member, people.item)
    ended = actions.end_exclusion(exclusion, "Over.", by=fresh(people.chair.user))
    assert ended.ends_at == now
    assert sees(people.member, people.item)


def test_an_officer_of_two_capacities_loses_the_item_in_both(people, exclude):
    OfficeFactory(person=people.member)
    exclude()
    assert not sees(people.member, people.item)


@pytest.mark.django_db(transaction=True)
def test_two_who_exclude_somebody_at_the_same_moment_do_it_once(people, exclude):
    """Whoever ended the one that they see would leave the other, and them kept out."""
    said = sorted(said_at_once(*(partial(exclude, by=by) for by in (people.chair, people.team))))
    assert said == ["", "They are excluded already."]
    assert Exclusion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_exclude_each_other_at_the_same_moment_do_not_wait_for_each_other(people, exclude):
    both = (people.chair, people.team), (people.team, people.chair)
    said = said_at_once(*(partial(exclude, by=by, person=person) for by, person in both))
    assert "" in said  # the one who comes second may find it gone for themselves
    assert Exclusion.objects.count() == said.count("")
