"""Keeping what lies on the workbench: whose it is, who sees it, and what leaves a trace."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from partnerships import actions
from partnerships.models import Scenario
from partnerships.rules.scenarios import load, run
from records.models import EarlierValue, Event
from tests.factories import AppointmentFactory, ScenarioFactory, SeatFactory, UserFactory

BENCH = "/workbench/"


def saved(typed, *states, **values):
    return typed(*states, **{"act": "save", "save-name": "Without the police"} | values)


@pytest.fixture
def kept(review):
    """A scenario of the council's member for the Review group, not shared."""
    return ScenarioFactory(created_by=review.member, body=review.body, area=review.area, name="Three of us")


def test_it_keeps_what_lies_on_the_bench_as_a_scenario_file_would(as_user, review, typed, words):
    client = as_user(review.member)
    answer = client.post(BENCH, saved(typed, "present", "deputy", **{"save-body": review.body.pk}), follow=True)
    scenario = Scenario.objects.get()
    assert answer.redirect_chain == [(scenario.get_absolute_url(), 302)]
    assert scenario.content == {
        "name": "Without the police",
        "terms": "quorum: one from each of MKCC, ICB, TVP",
        "date": "2025-01-21",
        "seats": [
            {"seat": "Head of Adults", "agency": "MKCC", "title": "Head of Adults"},
            {"seat": "Nurse", "agency": "ICB", "title": "Nurse", "deputies": ["Deputy Nurse"]},
            {"seat": "Commander", "agency": "TVP", "title": "Commander"},
        ],
        "present": [{"seat": "Head of Adults"}, {"seat": "Nurse", "as": "deputy"}],
        "expect": {"verdict": "not quorate"},
    }
    assert (scenario.body, scenario.area, scenario.created_by) == (review.body, review.area, review.member)
    assert "Not quorate: nobody from TVP." in words(answer)
    event = Event.objects.get(verb="scenario.kept")
    assert (event.actor_id, event.area_id, event.target_id) == (review.member.pk, review.area.pk, scenario.pk)


def test_the_same_form_sent_twice_keeps_one_scenario(as_user, review, typed, words):
    client = as_user(review.member)
    form = saved(typed, "present", submission=str(uuid.uuid4()))
    first = client.post(BENCH, form)
    second = client.post(BENCH, form, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "This form was already sent" in words(second)
    assert Scenario.objects.count() == 1


def test_an_author_whose_account_has_no_post_any_more_is_not_told_by_their_address(as_user, review, words):
    left = UserFactory(email="left@mktogether.example")
    ScenarioFactory(created_by=left, body=review.body, area=review.area, shared=True)
    text = words(as_user(review.member).get("/workbench/scenarios/"))
    assert "An account without a post" in text
    assert "left@" not in text


def test_it_asks_for_a_name_and_keeps_what_was_typed(as_user, review, typed):
    answer = as_user(review.member).post(BENCH, saved(typed, "remote", **{"save-name": ""}))
    assert answer.status_code == 422
    assert answer.context["name_form"].errors == {"name": ["Enter a name for the scenario"]}
    assert 'href="#id_save-name"' in answer.content.decode()
    assert 'value="remote" checked' in answer.content.decode()
    assert not Scenario.objects.exists()


def test_a_rule_that_cannot_be_read_is_not_kept(as_user, review, typed):
    answer = as_user(review.member).post(BENCH, saved(typed, terms="quorum: perhaps of whom"))
    assert answer.status_code == 422
    assert "terms" in answer.context["desk"].facts.errors
    assert 'value="Without the police"' in answer.content.decode()
    assert not Scenario.objects.exists()


def test_a_board_of_another_area_is_refused(as_user, review, outsider, typed):
    answer = as_user(outsider).post(BENCH, saved(typed, **{"save-body": review.body.pk}))
    assert list(answer.context["name_form"].errors) == ["body"]
    assert not Scenario.objects.exists()


def test_its_author_changes_it_and_the_earlier_rule_is_in_the_history(as_user, review, kept, typed):
    client = as_user(review.member)
    client.post(kept.get_absolute_url(), saved(typed, "present", **{"save-body": review.body.pk}))
    kept.refresh_from_db()
    assert kept.name == "Without the police"
    assert kept.content["terms"] == "quorum: one from each of MKCC, ICB, TVP"
    assert Scenario.objects.count() == 1
    event = Event.objects.get(verb="scenario.changed")
    assert set(event.fields) == {"name", "content"}
    assert EarlierValue.objects.get(event=event, field="content").value["terms"] == "quorum: three members"


def test_trying_a_change_keeps_nothing(as_user, review, kept, typed):
    as_user(review.member).post(kept.get_absolute_url(), typed("present"))
    kept.refresh_from_db()
    assert kept.content["terms"] == "quorum: three members"


def test_somebody_else_saves_a_copy_of_their_own(as_user, kept, team, typed):
    as_user(team).post(kept.get_absolute_url(), saved(typed, "present"))
    kept.refresh_from_db()
    assert kept.name == "Three of us"
    copy = Scenario.objects.exclude(pk=kept.pk).get()
    assert (copy.created_by, copy.name) == (team, "Without the police")


# --- Who sees it -----------------------------------------------------------------------------------------------------


@pytest.fixture
def everybody(review, team, scrutineer, stranger, outsider):
    """Who may ask for a scenario of the council's member, by what they are to it."""
    return {
        "author": review.member,
        "colleague": review.commander.person.user,
        "team": team,
        "scrutineer": scrutineer,
        "stranger": stranger,
        "other area": outsider,
    }


PAGES = ("", "file/")
OWN_PAGES = ("rename/", "share/", "delete/")


@pytest.mark.parametrize(
    ("shared", "seen_by"),
    [(False, {"author", "team", "scrutineer"}), (True, {"author", "colleague", "team", "scrutineer"})],
)
def test_who_sees_a_scenario(as_user, review, kept, everybody, shared, seen_by):
    if shared:
        actions.share_scenario(kept, by=review.member)
    for who, user in everybody.items():
        for page in PAGES:
            answer = as_user(user).get(kept.get_absolute_url() + page)
            assert answer.status_code == (200 if who in seen_by else 404), (who, page)
        listed = "Three of us" in as_user(user).get("/workbench/scenarios/").content.decode()
        assert listed == (who in seen_by), who


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_its_author_renames_shares_and_deletes_it(as_user, kept, everybody, review, method):
    actions.share_scenario(kept, by=review.member)
    expected = {"colleague": 403, "team": 403, "scrutineer": 403, "stranger": 404, "other area": 404}
    for who, status in expected.items():
        for page in OWN_PAGES:
            answer = getattr(as_user(everybody[who]), method)(kept.get_absolute_url() + page)
            assert answer.status_code == status, (who, page)
            if status == 403:
                assert "Only its author can change this scenario." in answer.content.decode()
    assert Scenario.objects.filter(pk=kept.pk, shared_at__isnull=False).exists()


def test_somebody_who_lost_their_place_does_not_see_their_scenario_any_more(as_user, review, kept):
    appointment = review.adults
    appointment.ends_at = appointment.starts_at
    appointment.save()
    assert as_user(review.member).get(kept.get_absolute_url()).status_code == 404


def test_sharing_and_taking_back_leave_a_trace(as_user, review, kept, words):
    client = as_user(review.member)
    address = f"{kept.get_absolute_url()}share/"
    assert "Whoever has a place on Review sees it then." in words(client.get(address))
    client.post(address)
    client.post(address)
    kept.refresh_from_db()
    assert kept.shared_at is None
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "scenario.shared",
        "scenario.withdrawn",
    ]


def test_without_a_board_there_is_nobody_to_share_it_with(as_user, review, words):
    alone = ScenarioFactory(created_by=review.member, area=review.area)
    answer = as_user(review.member).post(f"{alone.get_absolute_url()}share/", follow=True)
    assert answer.redirect_chain == [(f"{alone.get_absolute_url()}rename/", 302)]
    assert "Choose the board or group whose members shall see it." in words(answer)
    alone.refresh_from_db()
    assert alone.shared_at is None


def test_the_database_keeps_a_shared_scenario_with_its_board(review):
    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioFactory(shared=True, body=None)


def test_a_new_name_stands_in_the_file_too(as_user, review, kept):
    client = as_user(review.member)
    client.post(f"{kept.get_absolute_url()}rename/", {"name": "Two are not enough", "body": review.body.pk})
    file = client.get(f"{kept.get_absolute_url()}file/")
    assert file["Content-Disposition"] == 'attachment; filename="two-are-not-enough.yaml"'
    assert load(file.content.decode())[0].name == "Two are not enough"
    assert client.post(f"{kept.get_absolute_url()}rename/", {"name": " "}).status_code == 422


def test_the_board_of_a_shared_scenario_stays(as_user, review, kept):
    actions.share_scenario(kept, by=review.member)
    as_user(review.member).post(f"{kept.get_absolute_url()}rename/", {"name": "Still shared", "body": ""})
    kept.refresh_from_db()
    assert (kept.name, kept.body) == ("Still shared", review.body)


def test_deleting_asks_first_and_leaves_a_trace(as_user, review, kept, words):
    client = as_user(review.member)
    assert "This cannot be undone." in words(client.get(f"{kept.get_absolute_url()}delete/"))
    assert Scenario.objects.count() == 1
    answer = client.post(f"{kept.get_absolute_url()}delete/", follow=True)
    assert answer.redirect_chain == [("/workbench/scenarios/", 302)]
    assert not Scenario.objects.exists()
    event = Event.objects.get(verb="scenario.deleted")
    assert EarlierValue.objects.get(event=event).value == "Three of us"


def test_what_is_not_kept_can_be_taken_away_as_a_file(as_user, review, typed):
    answer = as_user(review.member).post(BENCH, typed("present", act="download", **{"save-name": "À la carte"}))
    assert answer["Content-Type"] == "application/yaml"
    (scenario,) = load(answer.content.decode())
    assert scenario.name == "À la carte"
    assert run(scenario).passed
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_of_any_length_costs_the_same(as_user, review, count, django_assert_num_queries):
    for _number in range(count):
        ScenarioFactory(
            shared=True,
            body=review.body,
            created_by=AppointmentFactory(with_account=True, seat=SeatFactory(body=review.body)).person.user,
        )
    client = as_user(review.member)
    client.get("/workbench/scenarios/")
    with django_assert_num_queries(5):
        answer = client.get("/workbench/scenarios/")
    assert len(answer.context["rows"]) == count
