"""
Look-ups asked directly for somebody who is kept from a thing: nothing of it is found, however much is theirs.

They are of the team, chair the group and own what was agreed, have grants for the thing and its like, and wait as the
second person for one more.
"""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from meetings import queries
from partnerships.explaining import pages as explaining
from partnerships.granting import emergencies, home
from partnerships.views import emergencies as emergency_views
from partnerships.views import leaving as leaving_views
from reviews.models import AuditedCase
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(db):
    """Who is kept from the second of three items of their group, and from the second of two cases."""
    group = make.BodyFactory()
    chair = make.ChairingFactory(body=group, with_account=True).person
    make.OfficeFactory(person=chair)
    meeting = make.MeetingFactory(body=group, opened=True)
    items = [make.AgendaItemFactory(meeting=meeting, number=number) for number in (1, 2, 3)]
    cases = [make.CaseFactory(), make.CaseFactory()]
    for thing in (items[1], cases[1]):
        make.ExclusionFactory(thing=thing, person=chair)
    for case in cases:
        make.GrantFactory(emergency=True, thing=case, person=chair)
    for item in items[:2]:
        make.GrantFactory(kind="presenter", thing=item, person=chair)
        make.GrantFactory(kind="presenter", thing=item, person=chair, not_begun=True)
        make.GrantFactory(kind="presenter", thing=item, second=chair, waiting=True)
    return SimpleNamespace(user=chair.user, person=chair, group=group, meeting=meeting, items=items, cases=cases)


@pytest.fixture
def theirs(kept):
    client = Client()
    client.force_login(kept.user)
    return client


def about_the_first(rows):
    """Whether there is one row, about what somebody is not kept from."""
    return [bool(row["thing_href"]) for row in rows] == [True]


def test_what_waits_to_be_ratified_is_not_told(kept):
    make.DecisionFactory(item=kept.items[1], recommendation=True)
    assert queries.to_ratify(kept.user) == []


def test_what_they_are_to_do_is_not_told(kept):
    make.ActionFactory(body=kept.group, meeting=kept.meeting, item=kept.items[1], owner=kept.person)
    assert queries.own_actions(kept.user, timezone.localdate()) == ([], 0, 0)


def test_nothing_is_recorded_under_it_and_it_does_not_come_next(kept, theirs):
    first, second, third = kept.items
    live = f"/meetings/{kept.meeting.public_id}/live/items"
    answer = theirs.post(f"{live}/{second.public_id}/note/", {"note": "Seen.", "seen": ""})
    assert answer.status_code == 404
    answer = theirs.post(f"{live}/{first.public_id}/note/", {"note": "Seen.", "seen": first.note_digest, "next": "1"})
    assert str(second.public_id) not in answer["Location"]
    assert str(third.public_id) in answer["Location"]


def test_what_was_decided_under_it_is_not_taken_back(kept, theirs):
    decision = make.DecisionFactory(item=kept.items[1])
    assert theirs.get(f"/meetings/{kept.meeting.public_id}/live/decisions/{decision.pk}/remove/").status_code == 404


def test_a_grant_for_it_does_not_wait_for_them(kept):
    assert about_the_first(home.to_approve(kept.user, timezone.now()).content["rows"])


def test_their_own_grants_for_it_are_not_told(kept):
    let_in = home.let_in_to(kept.user, timezone.now()).content["rows"]
    assert [row["kind"] for row in let_in].count("Presenter of one paper") == 1
    assert about_the_first(home.to_come(kept.user, timezone.now()))


def test_an_emergency_for_it_is_not_told_and_not_theirs_to_end(kept, theirs):
    first, second = kept.person.grants.filter(kind="emergency").order_by("pk")
    assert emergencies.open_to(kept.user) == [first]
    assert [row["reference"] for row in emergency_views._own(kept.user)] == [str(first)]
    ended = {one: theirs.post(f"/access/emergency/{one.public_id}/end/").status_code for one in (second, first)}
    assert ended == {second: 404, first: 302}


def test_a_chair_is_not_told_what_a_member_is_kept_from_elsewhere(kept):
    """They see the item as a member of the other group, and do not exclude there."""
    other = make.ChairingFactory(with_account=True)
    make.AppointmentFactory(seat__body=kept.group, person=other.person)
    member = make.AppointmentFactory(seat__body=other.body).person
    make.ExclusionFactory(thing=kept.items[0], person=member)
    assert explaining._exclusions(member, other.person.user, timezone.now()) == []


def test_a_case_whose_audit_is_over_for_them_is_not_on_their_list(kept):
    auditor = make.OfficeFactory(scrutineer=True).person
    grant = make.GrantFactory(audit=True, over=True, thing=kept.cases[0], person=auditor)
    make.AuditedCaseFactory(audit__person=auditor, case=kept.cases[0], grant=grant)
    assert not AuditedCase.objects.visible_to(auditor.user).exists()


def test_whoever_ended_a_part_and_sees_its_holder_no_more_is_led_home(kept, monkeypatch):
    monkeypatch.setattr(leaving_views.acting, "done", lambda *_, leads_to, **__: leads_to(""))
    outsider = make.PersonFactory(with_account=True).user
    assert leaving_views._once(SimpleNamespace(user=outsider), None, kept.person, None) == "/"
    assert leaving_views._once(SimpleNamespace(user=kept.user), None, kept.person, None) == kept.person
