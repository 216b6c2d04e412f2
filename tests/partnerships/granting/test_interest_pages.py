"""Excluding somebody, declaring one's own interest, and letting somebody see again."""

import pytest

from partnerships.models import Exclusion
from tests.factories import ExclusionFactory, GrantFactory


def page_of(thing, act):
    return f"/access/items/{thing.public_id}/{act}/"


class TestDeclaringAnInterest:
    def test_it_says_before_it_does_what_follows(self, as_user, people, words):
        text = words(as_user(people.member.user).get(page_of(people.item, "withdraw")))
        for part in (
            "You will not see “Two rapid reviews”, Review",
            "nor its papers, decisions, actions and minutes",
            "The chair and the team are told by mail.",
            "The minutes say so.",
            "You cannot take it back yourself.",
        ):
            assert part in text
        assert not Exclusion.objects.exists()

    def test_then_the_item_is_gone_and_the_page_says_only_that_it_is_kept(self, as_user, people, words):
        client = as_user(people.member.user)
        answer = client.post(page_of(people.item, "withdraw"), {"reason": "My partner works there."}, follow=True)
        text = words(answer)
        assert answer.redirect_chain[-1][0] == "/access/declared/"
        assert "Your declaration is kept" in text
        assert "Two rapid reviews" not in text
        for page in (people.item.get_absolute_url(), page_of(people.item, "withdraw")):
            assert client.get(page).status_code == 404
        meeting = people.meeting.get_absolute_url()
        for page in ("/", "/actions/", meeting, f"{meeting}minutes/"):
            assert "Two rapid reviews" not in words(client.get(page))

    def test_it_is_said_once_to_whoever_declared_and_to_nobody_else(self, as_user, people, words):
        client = as_user(people.member.user)
        client.post(page_of(people.item, "withdraw"), {"reason": "My partner works there."})
        client.head("/access/declared/")  # shows nothing, and so says nothing
        assert "Your declaration is kept" in words(client.get("/access/declared/"))
        for other in (client, as_user(people.member.user), as_user(people.chair.user)):
            text = words(other.get("/access/declared/"))
            assert "Your declaration is kept" not in text
            assert "Declaring an interest" in text

    @pytest.mark.parametrize("who", ["chair", "vice", "team", "scrutineer", "guest"])
    def test_everybody_who_sees_it_can(self, as_user, people, who):
        person = getattr(people, who)
        GrantFactory(kind="presenter", thing=people.item, person=people.guest)
        as_user(person.user).post(page_of(people.item, "withdraw"), {"reason": "My own firm."})
        assert Exclusion.objects.get().is_own
        assert as_user(person.user).get(people.item.get_absolute_url()).status_code == 404

    def test_a_reason_is_asked_for_and_nothing_is_lost(self, as_user, people, words):
        answer = as_user(people.member.user).post(page_of(people.item, "withdraw"), {"reason": " "})
        assert answer.status_code == 422
        assert "Enter the interest, in a few words" in words(answer)
        assert "What follows" in words(answer)
        assert not Exclusion.objects.exists()

    def test_the_form_sent_twice_has_one_effect_and_still_says_that_it_is_kept(self, as_user, people, words):
        client = as_user(people.member.user)
        form = {"reason": "My own firm.", "submission": "0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d"}
        client.post(page_of(people.item, "withdraw"), form)
        assert "Your declaration is kept" in words(client.post(page_of(people.item, "withdraw"), form, follow=True))
        assert Exclusion.objects.count() == 1

    def test_it_is_not_there_for_those_who_do_not_see_the_item_or_for_a_board(self, as_user, people):
        client = as_user(people.scrutineer.user)
        assert client.get(page_of(people.secret, "withdraw")).status_code == 404
        assert as_user(people.guest.user).get(page_of(people.item, "withdraw")).status_code == 404
        assert as_user(people.team.user).get("/access/boards/review/withdraw/").status_code == 404


class TestExcludingSomebody:
    @pytest.mark.parametrize("who", ["chair", "vice", "team"])
    def test_first_what_would_change_then_it_is_done(self, as_user, people, who, words):
        client = as_user(getattr(people, who).user)
        form = {"person": people.member.pk, "reason": "Works for the provider."}
        page = page_of(people.item, "exclude")
        text = words(client.post(page, form | {"act": "continue"}))
        assert f"{people.member.post}, {people.member.agency.short_name} will not see “Two rapid reviews”" in text
        assert not Exclusion.objects.exists()
        answer = client.post(page, form | {"act": "confirm"}, follow=True)
        assert "They are excluded." in words(answer)
        assert answer.redirect_chain[-1][0] == people.item.get_absolute_url()
        exclusion = Exclusion.objects.get()
        assert (exclusion.person, exclusion.is_own) == (people.member, False)

    @pytest.mark.parametrize("who", ["member", "scrutineer", "second", "governance", "guest"])
    def test_it_is_not_there_for_others(self, as_user, people, who):
        client = as_user(getattr(people, who).user)
        form = {"person": people.vice.pk, "reason": "No.", "act": "confirm"}
        assert client.get(page_of(people.item, "exclude")).status_code == 404
        assert client.post(page_of(people.item, "exclude"), form).status_code == 404
        assert not Exclusion.objects.exists()

    def test_back_keeps_what_was_typed(self, as_user, people):
        form = {"person": people.member.pk, "reason": "Canary reason", "act": "back"}
        answer = as_user(people.chair.user).post(page_of(people.item, "exclude"), form)
        assert answer.status_code == 200
        assert "Canary reason" in answer.content.decode()

    def test_what_is_missing_is_said_at_its_field(self, as_user, people, words):
        answer = as_user(people.chair.user).post(page_of(people.item, "exclude"), {"act": "confirm"})
        assert answer.status_code == 422
        assert "Choose whom to exclude" in words(answer)
        assert "Enter the interest, in a few words" in words(answer)

    def test_whoever_was_excluded_meanwhile_is_refused_with_the_reason(self, as_user, people, words):
        ExclusionFactory(thing=people.item, person=people.member)
        form = {"person": people.member.pk, "reason": "Canary reason", "act": "confirm"}
        answer = as_user(people.chair.user).post(page_of(people.item, "exclude"), form)
        assert "Choose somebody of the list. Whoever is excluded already is not in it" in words(answer)
        assert "Canary reason" in words(answer)

    def test_the_form_says_from_what(self, as_user, people, words):
        text = words(as_user(people.chair.user).get(page_of(people.item, "exclude")))
        assert "conflict of interest “Two rapid reviews”, Review" in text

    def test_those_excluded_already_and_oneself_are_not_offered(self, as_user, people, words):
        ExclusionFactory(thing=people.item, person=people.member)
        text = words(as_user(people.chair.user).get(page_of(people.item, "exclude")))
        assert people.member.post not in text
        assert f"Choose a person {people.chair.post}" not in text


class TestLettingSomebodySeeAgain:
    def page(self, exclusion):
        return f"/access/exclusions/{exclusion.public_id}/end/"

    def test_it_says_so_and_asks_for_the_reason(self, as_user, people, words):
        exclusion = ExclusionFactory(thing=people.item, person=people.member)
        client = as_user(people.chair.user)
        assert f"Let {people.member.post}" in words(client.get(self.page(exclusion)))
        assert client.post(self.page(exclusion), {"because": ""}).status_code == 422
        answer = client.post(self.page(exclusion), {"because": "They have left the firm."}, follow=True)
        assert "The exclusion is ended." in words(answer)
        assert as_user(people.member.user).get(people.item.get_absolute_url()).status_code == 200

    def test_one_that_ended_meanwhile_leads_back_to_the_thing_and_says_so(self, as_user, people, words):
        exclusion = ExclusionFactory(thing=people.item, person=people.member)
        client = as_user(people.chair.user)
        client.post(self.page(exclusion), {"because": "They have left the firm."})
        page = self.page(exclusion)
        for answer in (client.get(page, follow=True), client.post(page, {"because": "Again."}, follow=True)):
            assert answer.redirect_chain[-1][0] == people.item.get_absolute_url()
            assert f"The exclusion of {people.member.in_full} is over already." in words(answer)
        assert as_user(people.member.user).get(page).status_code == 404

    @pytest.mark.parametrize("who", ["member", "scrutineer", "second", "governance"])
    def test_it_is_not_there_for_others(self, as_user, people, who):
        exclusion = ExclusionFactory(thing=people.item, person=people.vice)
        client = as_user(getattr(people, who).user)
        assert client.get(self.page(exclusion)).status_code == 404
        assert client.post(self.page(exclusion), {"because": "No."}).status_code == 404

    @pytest.mark.parametrize("who", ["chair", "team", "vice"])
    def test_nobody_finds_their_own(self, as_user, people, who):
        person = getattr(people, who)
        exclusion = ExclusionFactory(thing=people.item, person=person, own=True)
        client = as_user(person.user)
        assert client.get(self.page(exclusion)).status_code == 404
        assert client.post(self.page(exclusion), {"because": "It is over."}).status_code == 404
