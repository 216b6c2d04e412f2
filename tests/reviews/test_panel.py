"""The panel of a case, what it decides, and that the record stays."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.models import Grant
from reviews import actions
from reviews.models import CaseDate, DecisionCorrection, PanelDecision, PanelPlace
from tests.factories import BodyFactory, ChairingFactory, GrantFactory, MeetingFactory, PersonFactory
from tests.reviews.conftest import LINE, days, fresh

pytestmark = pytest.mark.django_db

AWARE, DECIDED = dt.date(2024, 9, 10), dt.date(2024, 9, 27)
UNTIL = timezone.now() + dt.timedelta(days=100)


@pytest.fixture
def chair(db):
    return ChairingFactory(body__partnership=True, with_account=True).person


@pytest.fixture
def known(team):
    made = actions.register_case("child", LINE, by=team[0].user, second=team[1], known_on=AWARE)
    for person in team:
        person.user = fresh(person.user)
    return made


@pytest.fixture
def panel(known, team, chair):
    """Three of the panel, of whom the police are on the case already."""
    police = GrantFactory(thing=known, kind="panel member", with_account=True).person
    people = {"council": PersonFactory(with_account=True), "health": PersonFactory(with_account=True), "police": police}
    actions.name_panel(known, people, by=team[0].user, second=chair, until=UNTIL)
    return people


def decided(case, by, **values):
    whole = {
        "met": ["recurring"],
        "reasons": "Themes of last year recur.",
        "dissent": "The police saw it otherwise: nothing new is to be learned.",
        "deciders": ["council", "health", "police"],
        "decided_on": DECIDED,
    }
    return actions.record_decision(case, values.pop("outcome", "local review"), **whole | values, by=by)


# --- The panel --------------------------------------------------------------------------------------------------------


def test_whoever_is_named_is_proposed_and_comes_to_it_by_approval(known, panel):
    asked = Grant.objects.filter(kind="panel member", subject_id=known.pk, starts_at__isnull=True)
    assert {grant.person_id: grant.reason for grant in asked} == {
        panel["council"].pk: "Sits on the panel for the council.",
        panel["health"].pk: "Sits on the panel for the integrated care board.",
    }
    assert PanelPlace.objects.count() == 3


def test_naming_them_again_proposes_nobody_twice(known, panel, team, chair):
    before = Grant.objects.count()
    actions.name_panel(known, panel, by=team[0].user, second=chair, until=UNTIL)
    assert Grant.objects.count() == before


def test_nobody_is_no_panel(known, team, chair):
    for people in ({}, {"nobody": PersonFactory(with_account=True)}):
        with pytest.raises(Refusal, match="Choose somebody for at least one place"):
            actions.name_panel(known, people, by=team[0].user, second=chair, until=UNTIL)


def test_where_one_cannot_be_proposed_nobody_is_named(known, team, chair):
    people = {"council": PersonFactory(with_account=True), "health": chair}
    with pytest.raises(Refusal):
        actions.name_panel(known, people, by=team[0].user, second=chair, until=UNTIL)
    assert not PanelPlace.objects.exists()


def test_the_page_offers_the_places_of_the_kind(as_user, known, team, chair, words):
    client = as_user(team[0].user, confirmed=True)
    member = PersonFactory(with_account=True)
    address = f"{known.get_absolute_url()}panel/"
    text = words(client.get(address))
    assert "Director of Children's Services, the council" in text
    soon = timezone.localdate() + dt.timedelta(days=60)
    form = {"seat_council": member.pk, "second": chair.pk, **days(until=f"{soon.day} {soon.month} {soon.year}")}
    answer = client.post(address, form, follow=True)
    assert "The panel is named." in words(answer)
    assert member.post in words(answer)
    assert as_user(member.user, confirmed=True).get(known.get_absolute_url()).status_code == 404


# --- Its decision -----------------------------------------------------------------------------------------------------


def test_the_decision_keeps_criteria_reasons_dissent_and_who_decided(known, panel, team):
    decision = decided(known, team[0].user)
    decision.refresh_from_db()
    assert decision.outcome_name == "Local child safeguarding practice review"
    assert [one["words"] for one in decision.criteria if one["met"]] == ["Themes recur"]
    assert len(decision.criteria) == 4
    assert [one["post"] for one in decision.deciders] == [panel[key].post for key in ("council", "health", "police")]


def test_its_day_begins_the_deadline_of_what_follows(known, panel, team):
    decided(known, team[0].user)
    assert dict(CaseDate.objects.filter(case=known).values_list("event", "on")) == {
        "aware": AWARE,
        "decided": DECIDED,
        "review-started": DECIDED,
    }
    assert known.deadlines.get(code="LCSPR-1").due_on == dt.date(2025, 3, 27)


def test_a_later_decision_stands_beside_the_first(known, panel, team):
    first = decided(known, team[0].user, outcome="learning", met=[])
    second = decided(known, team[0].user, decided_on=dt.date(2024, 10, 4))
    assert list(known.decisions.all()) == [first, second]
    dates = dict(CaseDate.objects.filter(case=known).values_list("event", "on"))
    assert (dates["decided"], dates["review-started"]) == (DECIDED, dt.date(2024, 10, 4))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"outcome": "another"}, "outcome", "Choose what the panel decided."),
        ({"met": []}, "outcome", "needs more criteria: It shows where safeguarding has to improve"),
        ({"reasons": "  "}, "reasons", "Enter the reasons of the panel."),
        ({"deciders": ["chair"]}, "deciders", "Choose who decided."),
        ({"decided_on": dt.date(2099, 1, 1)}, "decided_on", "in the future"),
        ({"decided_on": dt.date(2024, 9, 9)}, "decided_on", "before the day on which we knew"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(known, panel, team, values, field, sentence):
    with pytest.raises(Refusal) as refusal:
        decided(known, team[0].user, **values)
    assert sentence in refusal.value.sentence
    assert refusal.value.field == field
    assert not PanelDecision.objects.exists()


def test_it_is_linked_to_a_sitting_of_a_panel_and_to_no_other_meeting(known, panel, team):
    sitting = MeetingFactory(body=BodyFactory(panel=True))
    assert decided(known, team[0].user, sitting=sitting).sitting == sitting
    with pytest.raises(Refusal, match="Choose a sitting of the panel"):
        decided(known, team[0].user, sitting=MeetingFactory())


def test_the_meeting_says_nothing_of_the_case(as_user, known, panel, team):
    sitting = MeetingFactory(body=BodyFactory(panel=True))
    decided(known, team[0].user, sitting=sitting)
    page = as_user(team[2].user).get(sitting.get_absolute_url()).content.decode()
    assert known.reference not in page
    assert "practice review" not in page


def test_the_database_lets_nobody_change_or_delete_it(known, panel, team):
    decision = decided(known, team[0].user)
    correction = actions.correct_decision(decision, "It was the day before.", "A slip.", by=team[0].user)
    for rows, values in (
        (PanelDecision.objects.filter(pk=decision.pk), {"reasons": "Other."}),
        (DecisionCorrection.objects.filter(pk=correction.pk), {"what": "Other."}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_it_is_recorded_read_and_corrected_on_its_pages(as_user, known, panel, team, words):
    client = as_user(team[0].user, confirmed=True)
    form = {
        "outcome": "local review",
        "met": ["recurring"],
        "reasons": "Themes of last year recur.",
        "dissent": "The police saw it otherwise.",
        "deciders": ["council", "health"],
        "read_again": "on",
        **days(decided_on="27 9 2024"),
    }
    assert client.post(f"{known.get_absolute_url()}decide/", form | {"met": []}).status_code == 422
    answer = client.post(f"{known.get_absolute_url()}decide/", form, follow=True)
    decision = PanelDecision.objects.get()
    text = words(answer)
    for expected in (
        "The decision is recorded.",
        "Local child safeguarding practice review",
        "Themes recur Yes",
        "The police saw it otherwise.",
        panel["health"].post,
    ):
        assert expected in text
    assert panel["police"].post not in text
    client.post(f"{decision.get_absolute_url()}correct/", {"what": "It was the day before.", "because": "A slip."})
    on_panel = as_user(panel["police"].user, confirmed=True)
    text = words(on_panel.get(decision.get_absolute_url()))
    assert "It was the day before." in text
    assert "Correct the record" not in text
    assert as_user(team[2].user, confirmed=True).get(decision.get_absolute_url()).status_code == 404
