"""Whoever withdrew from an item for an interest neither counts nor votes there, and stands in its minutes."""

import pytest

from meetings import actions, minutes
from meetings.models import Meeting
from meetings.sight import Sight
from mktogether.lib.verdict import Refusal
from partnerships.granting import actions as granting
from tests.factories import ExclusionFactory, OfficeFactory, PersonFactory, TermsOfReferenceFactory

VOTES = """quorum: two members
votes: more for than against
"""


@pytest.fixture
def withdraw(item):
    def withdraw(person, **more):
        return ExclusionFactory(thing=more.pop("thing", item), person=person, declared_by=person, **more)

    return withdraw


def test_a_quorate_meeting_is_not_quorate_for_an_item_from_which_its_police_withdrew(
    group, everybody_is_there, item, withdraw
):
    withdraw(group.commander.person)
    with pytest.raises(Refusal, match="needs a quorum") as refusal:
        actions.put_decision(everybody_is_there, item, "To commission a review.", by=group.chair)
    assert "Withdrawn from this item for a declared interest: LPA Commander." in refusal.value.sentence
    other = everybody_is_there.items.get(number=3)
    assert actions.put_decision(everybody_is_there, other, "To meet again.", by=group.chair).quorum == "quorate"


def test_the_decision_keeps_the_verdict_without_whoever_withdrew(group, everybody_is_there, item, withdraw):
    actions.record_attendance(everybody_is_there, group.children.seat_id, "remote", by=group.chair)
    withdraw(group.children.person)
    decision = actions.put_decision(everybody_is_there, item, "To commission a review.", by=group.chair)
    assert decision.quorum == "quorate"
    assert "not" not in decision.outcome or decision.outcome == "not stated"


def test_an_interest_that_is_over_counts_again(group, everybody_is_there, item, withdraw):
    withdraw(group.commander.person, over=True)
    assert actions.put_decision(everybody_is_there, item, "Agreed.", by=group.chair).quorum == "quorate"


def test_whoever_withdrew_does_not_vote(group, everybody_is_there, item, withdraw):
    group.body.terms.all().delete()
    TermsOfReferenceFactory(body=group.body, rules=VOTES)
    withdraw(group.commander.person)
    votes = {group.adults.seat_id: "for", group.nurse.seat_id: "against", group.commander.seat_id: "for"}
    with pytest.raises(Refusal, match="LPA Commander has withdrawn from this item") as refusal:
        actions.put_decision(everybody_is_there, item, "Agreed.", by=group.chair, how="votes", votes=votes)
    assert refusal.value.field == "how"
    del votes[group.commander.seat_id]
    decision = actions.put_decision(everybody_is_there, item, "Agreed.", by=group.chair, how="votes", votes=votes)
    assert decision.outcome == "not carried"


class TestTheMinutes:
    def items(self, meeting, *hidden):
        found = Meeting.objects.select_related("record", "body", "presiding").get(pk=meeting.pk)
        content = minutes.content_of(found, Sight(confidential=True, hidden=frozenset(hidden)))
        return {item["title"]: item.get("withdrawn") for item in content["items"]}

    def test_they_say_who_withdrew_from_which_item(self, group, everybody_is_there, withdraw):
        withdraw(group.commander.person)
        withdraw(group.adults.person)
        assert self.items(everybody_is_there) == {
            "Welcome": [],
            "Two rapid reviews": ["LPA Commander", "Head of Service, Adults"],
            "Forward plan": [],
        }

    def test_closing_freezes_it(self, group, everybody_is_there, item, withdraw):
        exclusion = withdraw(group.commander.person)
        actions.close_meeting(everybody_is_there, by=group.chair)
        granting.end_exclusion(exclusion, "They have left the firm.", by=group.chair)
        withdraw(group.adults.person)
        assert self.items(everybody_is_there)["Two rapid reviews"] == ["LPA Commander"]

    def test_they_name_nobody_who_had_no_part_in_the_meeting(self, group, everybody_is_there, withdraw):
        withdraw(PersonFactory())
        withdraw(OfficeFactory().person)
        assert self.items(everybody_is_there)["Two rapid reviews"] == []

    def test_they_name_whoever_presides_and_the_deputy_who_came_and_say_who_was_not_there(
        self, group, everybody_is_there, withdraw
    ):
        meeting = everybody_is_there
        meeting.presiding = PersonFactory(post="Presiding guest")
        meeting.save()
        actions.record_attendance(meeting, group.commander.seat_id, "deputy", by=group.chair)
        for person in (meeting.presiding, group.deputy.person, group.commander.person):
            withdraw(person)
        assert self.items(meeting)["Two rapid reviews"] == [
            "Presiding guest",
            "Deputy LPA Commander",
            "LPA Commander (not at the meeting)",
        ]

    def test_whoever_withdrew_finds_neither_the_item_nor_that_they_withdrew(
        self, as_user, group, everybody_is_there, withdraw, words
    ):
        withdraw(group.adults.person)
        page = f"/meetings/{everybody_is_there.public_id}/minutes/"
        assert "Withdrew for a declared interest: Head of Service, Adults." in words(as_user(group.chair).get(page))
        theirs = words(as_user(group.adults.person.user).get(page))
        assert "Withdrew" not in theirs
        assert "Two rapid reviews" not in theirs
        assert "2. Forward plan" in theirs

    def test_who_does_not_see_a_confidential_item_does_not_learn_who_withdrew_from_it(
        self, as_user, group, everybody_is_there, item, withdraw, words
    ):
        item.confidential = True
        item.save()
        withdraw(group.adults.person)
        page = f"/meetings/{everybody_is_there.public_id}/minutes/"
        assert "Withdrew" not in words(as_user(group.deputy.person.user).get(page))


class TestTheLivePage:
    def page(self, meeting, item):
        return f"/meetings/{meeting.public_id}/live/?item={item.public_id}"

    def test_it_says_who_withdrew_and_offers_what_is_left(
        self, as_user, group, everybody_is_there, item, withdraw, words
    ):
        withdraw(group.commander.person)
        text = words(as_user(group.chair).get(self.page(everybody_is_there, item)))
        assert "Withdrawn from this item for a declared interest: LPA Commander." in text
        assert "Record as a recommendation, to be ratified" in text
        other = everybody_is_there.items.get(number=3)
        text = words(as_user(group.chair).get(self.page(everybody_is_there, other)))
        assert "Withdrawn" not in text
        assert "Agreed Note it" in text

    def test_a_chair_who_withdrew_presides_and_finds_no_such_item(
        self, as_user, group, everybody_is_there, item, withdraw, team, words
    ):
        everybody_is_there.presiding = group.nurse.person
        everybody_is_there.save()
        withdraw(group.nurse.person)
        page = as_user(group.chair).get(self.page(everybody_is_there, item))
        assert "Two rapid reviews" not in words(page)
        assert "Forward plan" in words(page)
        address = f"/meetings/{everybody_is_there.public_id}/live/items/{item.public_id}"
        for act, form in (("decision", {"wording": "Agreed.", "how": "noted"}), ("note", {"note": "Said."})):
            assert as_user(group.chair).post(f"{address}/{act}/", form).status_code == 404
        form = {"wording": "Agreed.", "how": "noted"}
        assert as_user(team).post(f"{address}/decision/", form).status_code == 302
        assert item.decisions.count() == 1
        as_user(group.chair).post(f"/meetings/{everybody_is_there.public_id}/live/close/")
        assert "Two rapid reviews" not in words(
            as_user(group.chair).get(f"/meetings/{everybody_is_there.public_id}/minutes/")
        )

    def test_votes_are_offered_to_those_who_have_not_withdrawn(
        self, as_user, group, everybody_is_there, item, withdraw, words
    ):
        group.body.terms.all().delete()
        TermsOfReferenceFactory(body=group.body, rules=VOTES)
        withdraw(group.commander.person)
        text = words(as_user(group.chair).get(self.page(everybody_is_there, item)))
        by_name = text[text.index("Votes by name") :]
        assert "Designated Nurse, BLMK ICB" in by_name
        assert "LPA Commander, TVP No vote" not in by_name
