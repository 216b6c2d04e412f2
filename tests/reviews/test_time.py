"""The time of a case: dates, the deadlines counted from them, holds, and why one was missed."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from mktogether.lib.templatetags import wording
from mktogether.lib.verdict import Refusal
from records.models import EarlierValue, Event
from reviews import actions, kinds
from reviews.models import CaseDate, CaseDeadline, CaseHold
from reviews.rules.kinds import Limit, Unit
from tests.factories import CaseDeadlineFactory, CaseFactory, GrantFactory, TeamMemberFactory
from tests.reviews.conftest import LINE, fresh

pytestmark = pytest.mark.django_db

AWARE = dt.date(2024, 12, 13)


def day(text):
    return dt.date.fromisoformat(text)


def registered(team, kind="child", known_on=AWARE):
    made = actions.register_case(kind, LINE, by=fresh(team[0].user), second=team[1], known_on=known_on)
    for person in team:
        person.user = fresh(person.user)
    return made


@pytest.fixture
def known(team):
    """A child's case of which the council became aware on 13 December 2024."""
    return registered(team)


def due(case):
    return dict(CaseDeadline.objects.filter(case=case).values_list("code", "due_on"))


def row(case, code):
    return CaseDeadline.objects.get(case=case, code=code)


# --- Counting ---------------------------------------------------------------------------------------------------------


def test_the_first_deadlines_are_there_from_the_first_minute(known):
    assert due(known) == {"SIN-1": day("2024-12-20"), "SIN-2": day("2024-12-20"), "RR-1": day("2025-01-08")}


def test_a_case_of_another_kind_has_its_own(team):
    assert due(registered(team, "domestic", day("2024-08-31"))) == {"DHR-1": day("2024-09-30")}
    assert due(registered(team, "rough sleeping")) == {}


def test_a_case_whose_day_is_not_known_has_none(case):
    assert due(case) == {}


def test_a_date_that_changes_counts_everything_anew(known, team):
    actions.enter_date(known, "aware", day("2024-09-10"), by=team[0].user)
    assert due(known) == {"SIN-1": day("2024-09-17"), "SIN-2": day("2024-09-17"), "RR-1": day("2024-10-01")}
    assert EarlierValue.objects.filter(field="on").latest("pk").value == "2024-12-13"


def test_an_event_meets_a_deadline_and_begins_another(known, team):
    actions.enter_date(known, "notified", day("2024-12-19"), by=team[0].user)
    actions.enter_date(known, "review-started", day("2025-02-28"), by=team[0].user)
    assert row(known, "SIN-1").met_on == day("2024-12-19")
    assert row(known, "LCSPR-1").due_on == day("2025-08-28")


def test_taking_a_date_out_takes_what_it_began_and_met(known, team):
    actions.enter_date(known, "review-started", day("2025-02-28"), by=team[0].user)
    actions.enter_date(known, "notified", day("2024-12-19"), by=team[0].user)
    actions.remove_date(known, "review-started", by=team[0].user)
    actions.remove_date(known, "notified", by=team[0].user)
    assert "LCSPR-1" not in due(known)
    assert row(known, "SIN-1").met_on is None
    assert Event.objects.filter(verb="case.undated").count() == 2


def test_copies_are_due_before_a_publication_that_is_planned(known, team):
    actions.enter_date(known, "publication-planned", day("2099-01-09"), by=team[0].user)
    assert row(known, "LCSPR-2").due_on == day("2098-12-31") - dt.timedelta(days=1)


def test_a_limit_that_changed_applies_to_events_from_its_first_day_on(team, monkeypatch):
    child = kinds.every()["child"]
    ten = Limit(10, Unit.WORKING_DAYS, day("2025-01-01"))
    five = Limit(5, Unit.WORKING_DAYS, None, day("2024-12-31"))
    changed = [one if one.code != "SIN-1" else type(one)(**_values(one), limits=(five, ten)) for one in child.deadlines]
    whole = kinds.every() | {"child": type(child)(**_values(child, "deadlines"), deadlines=tuple(changed))}
    monkeypatch.setattr(kinds, "every", lambda: whole)
    before, after = registered(team, known_on=day("2024-12-31")), registered(team, known_on=day("2025-01-02"))
    assert (row(before, "SIN-1").amount, row(before, "SIN-1").due_on) == (5, day("2025-01-08"))
    assert (row(after, "SIN-1").amount, row(after, "SIN-1").due_on) == (10, day("2025-01-16"))


def _values(thing, but="limits"):
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__ if name != but}


def test_everything_is_counted_anew_by_command_and_what_was_said_stays(known, team, capsys):
    actions.enter_date(known, "sent", day("2025-01-10"), by=team[0].user, missed_because="School closed.")
    CaseDeadline.objects.filter(code="RR-1").update(due_on=day("2020-01-01"))
    call_command("count_deadlines")
    assert "Counted: 1 cases. Changed: 1." in capsys.readouterr().out
    found = row(known, "RR-1")
    assert (found.due_on, found.missed_because) == (day("2025-01-08"), "School closed.")
    call_command("count_deadlines")
    assert "Changed: 0." in capsys.readouterr().out


# --- Missed -----------------------------------------------------------------------------------------------------------


def test_a_missed_deadline_is_met_late_and_keeps_its_reason(known, team):
    actions.enter_date(known, "sent", day("2025-01-10"), by=team[0].user, missed_because="School closed.")
    found = row(known, "RR-1")
    assert (found.met_on, found.missed_because, found.missed_said_by) == (
        day("2025-01-10"),
        "School closed.",
        team[0].user,
    )
    actions.enter_date(known, "sent", day("2025-01-13"), by=team[0].user, missed_because="Another.")
    assert row(known, "RR-1").missed_because == "School closed."


def test_a_reason_beside_what_was_in_time_is_not_kept(known, team):
    actions.enter_date(known, "notified", day("2024-12-20"), by=team[0].user, missed_because="School closed.")
    assert row(known, "SIN-1").missed_because == ""


def test_nothing_is_blocked_by_a_missed_deadline(known, team):
    actions.enter_date(known, "notified", day("2025-03-03"), by=team[0].user)
    assert row(known, "SIN-1").missed_because == ""
    actions.explain_missed(known, "SIN-1", "Nobody was there.", by=team[1].user)
    actions.explain_missed(known, "SIN-1", "The post lay there.", by=team[1].user)
    assert row(known, "SIN-1").missed_because == "The post lay there."
    assert EarlierValue.objects.get(field="missed_because").value == "Nobody was there."


@pytest.mark.parametrize(("code", "because"), [("SIN-1", "   "), ("LCSPR-1", "Late.")])
def test_no_reason_is_none_and_what_was_not_missed_needs_none(known, team, code, because):
    with pytest.raises(Refusal):
        actions.explain_missed(known, code, because, by=team[0].user)


# --- What cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "on", "sentence"),
    [
        ("notified", "2099-01-01", "This date is in the future. Enter the day on which it happened."),
        ("notified", "2024-12-12", "That is before the day on which we knew. The council became aware on 13 December"),
        ("nothing", "2024-12-20", "Choose one of the events that a case of this kind has."),
    ],
)
def test_a_day_that_cannot_be_is_refused(known, team, event, on, sentence):
    with pytest.raises(Refusal) as refusal:
        actions.enter_date(known, event, day(on), by=team[0].user)
    assert sentence in refusal.value.sentence
    assert CaseDate.objects.filter(case=known).count() == 1


def test_the_day_we_knew_is_moved_behind_nothing_and_never_taken_out(known, team):
    actions.enter_date(known, "notified", day("2024-12-16"), by=team[0].user)
    with pytest.raises(Refusal, match="after a day entered already"):
        actions.enter_date(known, "aware", day("2024-12-17"), by=team[0].user)
    with pytest.raises(Refusal, match="cannot be taken away"):
        actions.remove_date(known, "aware", by=team[0].user)


def test_only_its_leads_change_its_time_and_only_while_it_is_open(known, team):
    member = GrantFactory(thing=known, kind="panel member", with_account=True).person
    for act in (
        lambda user: actions.enter_date(known, "notified", AWARE, by=user),
        lambda user: actions.put_on_hold(known, AWARE, "Trial.", by=user),
        lambda user: actions.explain_missed(known, "SIN-1", "Late.", by=user),
    ):
        with pytest.raises(Refusal, match="Only those who keep this case"):
            act(fresh(member.user))
    actions.close_case(known, "Done.", by=team[0].user)
    with pytest.raises(Refusal, match="Reopen it first"):
        actions.enter_date(known, "notified", AWARE, by=team[0].user)


# --- Holds ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def under_review(known, team):
    """Its local review was decided on 28 February 2025, and is to be published within six months."""
    actions.enter_date(known, "review-started", day("2025-02-28"), by=team[0].user)
    return known


def test_a_hold_stops_what_can_be_stopped_and_nothing_else(under_review, team):
    actions.put_on_hold(under_review, day("2025-03-10"), "Criminal trial.", by=team[0].user)
    review, notify = row(under_review, "LCSPR-1"), row(under_review, "SIN-1")
    assert (review.due_on, review.held_since) == (None, day("2025-03-10"))
    assert (notify.due_on, notify.held_since) == (day("2024-12-20"), None)


def test_when_it_ends_the_days_are_added(under_review, team):
    actions.put_on_hold(under_review, day("2025-03-10"), "Criminal trial.", by=team[0].user)
    actions.end_hold(under_review, day("2025-03-19"), by=team[1].user)
    review = row(under_review, "LCSPR-1")
    assert (review.due_on, review.held_since) == (day("2025-08-28") + dt.timedelta(days=10), None)
    hold = CaseHold.objects.get()
    assert (hold.held_by, hold.ended_by, hold.because) == (team[0].user, team[1].user, "Criminal trial.")


@pytest.mark.parametrize(
    ("first_day", "because", "sentence"),
    [
        ("2025-03-10", "  ", "Enter why it is on hold"),
        ("2099-03-10", "Trial.", "in the future"),
        ("2025-01-31", "Trial.", "Some of these days were on hold already"),
    ],
)
def test_a_hold_that_cannot_be_is_refused(under_review, team, first_day, because, sentence):
    actions.put_on_hold(under_review, day("2025-01-15"), "Inquest.", by=team[0].user)
    actions.end_hold(under_review, day("2025-01-31"), by=team[0].user)
    with pytest.raises(Refusal, match=sentence):
        actions.put_on_hold(under_review, day(first_day), because, by=team[0].user)


def test_one_hold_goes_on_at_a_time_and_ends_after_it_began(under_review, team):
    with pytest.raises(Refusal, match="not on hold"):
        actions.end_hold(under_review, day("2025-03-09"), by=team[0].user)
    actions.put_on_hold(under_review, day("2025-03-10"), "Trial.", by=team[0].user)
    with pytest.raises(Refusal, match="on hold already"):
        actions.put_on_hold(under_review, day("2025-03-11"), "Trial.", by=team[0].user)
    with pytest.raises(Refusal, match="before the hold began, on 10 March 2025"):
        actions.end_hold(under_review, day("2025-03-09"), by=team[0].user)


# --- Pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lead(as_user, known, team):
    return as_user(team[0].user, confirmed=True)


def test_the_page_tells_each_deadline_step_by_step(lead, known, team, words):
    actions.enter_date(known, "sent", day("2025-01-10"), by=team[0].user, missed_because="School closed.")
    text = words(lead.get(f"{known.get_absolute_url()}deadlines/"))
    for expected in (
        "The council became aware: Friday 13 December 2024. That day does not count.",
        "Left out, bank holidays of England: 25, 26 December 2024; 1 January 2025.",
        "It is due on Wednesday 8 January 2025.",
        "Done on Friday 10 January 2025, after 17 working days.",
        "Done on 10 January 2025, 2 working days late",
        "Missed because School closed.",
        "15 working days, statutory guidance Not verified",
        "Publish the local review 6 months, counted from: A local review was decided",
    ):
        assert expected in text


def test_what_was_typed_is_kept_where_a_day_cannot_be(lead, known):
    address = f"{known.get_absolute_url()}dates/2/"
    typed = {"on_0": "1", "on_1": "1", "on_2": "2099", "missed_because": "School closed."}
    answer = lead.post(address, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This date is in the future. Enter the day on which it happened." in page
    assert "School closed." in page
    assert 'value="2099"' in page


def test_a_hold_without_a_reason_is_refused_at_its_field(lead, known):
    answer = lead.post(
        f"{known.get_absolute_url()}hold/", {"first_day_0": "2", "first_day_1": "1", "first_day_2": "2025"}
    )
    assert answer.context["form"].errors == {
        "because": ["Enter why it is on hold, such as a criminal trial or an inquest"]
    }


def test_an_event_or_deadline_that_there_is_not_has_no_page(lead, known):
    for part in ("dates/0/", "dates/99/", "deadlines/99/why/"):
        assert lead.get(f"{known.get_absolute_url()}{part}").status_code == 404


# --- The board --------------------------------------------------------------------------------------------------------

BOARD = "/cases/deadlines/"


def test_the_board_shows_the_deadlines_of_ones_own_cases_alone(lead, known, team, words):
    others = TeamMemberFactory.create_batch(2)
    actions.register_case("adult", "canary-adult", by=others[0].user, second=others[1], known_on=AWARE)
    other = actions.register_case("child", "canary-child", by=fresh(others[0].user), second=others[1], known_on=AWARE)
    answer = lead.get(BOARD)
    assert {found["reference"] for found in answer.context["rows"]} == {known.reference}
    assert answer.context["counts"] == {"open": 3, "missed": 3, "week": 0, "held": 0}
    assert other.reference not in words(answer)


def test_it_is_narrowed_and_ordered_by_what_stands_in_the_address(lead, known, team):
    actions.enter_date(known, "notified", day("2024-12-19"), by=team[0].user)
    second = registered(team, "domestic", day("2024-12-02"))

    def shown(query):
        return [(found["reference"], found["code"]) for found in lead.get(f"{BOARD}{query}").context["rows"]]

    child, domestic = known.reference, second.reference
    assert shown("") == [(child, "SIN-2"), (domestic, "DHR-1"), (child, "RR-1")]
    assert shown("?which=met") == [(child, "SIN-1")]
    assert shown("?kind=domestic") == [(domestic, "DHR-1")]
    assert shown("?order=reference&which=missed") == [(child, "SIN-2"), (child, "RR-1"), (domestic, "DHR-1")]
    assert shown("?which=week") == shown("?which=held") == []
    assert shown("?case__about__startswith=i&due_on=2024-12-20") == shown("")


def test_a_choice_that_is_none_is_left_out_and_said(lead, known, words):
    assert "The address asked for an order and a choice of deadlines that there is not." in words(
        lead.get(f"{BOARD}?which=x&order=x")
    )


def test_what_is_closed_waits_for_nothing(lead, known, team):
    actions.close_case(known, "Done.", by=team[0].user)
    assert lead.get(BOARD).context["rows"] == []


@pytest.mark.parametrize("more", [3, 300])
def test_its_queries_are_the_same_for_three_cases_and_for_three_hundred(as_user, team, django_assert_num_queries, more):
    for case in CaseFactory.create_batch(more):
        GrantFactory(thing=case, lead=True, person=team[0])
        CaseDeadlineFactory(case=case)
    client = as_user(team[0].user, confirmed=True)
    with django_assert_num_queries(5):
        answer = client.get(BOARD)
    assert answer.context["pages"].total == more


@pytest.mark.parametrize("which", ["open", "missed", "week", "month", "held", "met", "all"])
def test_it_says_how_many_there_are_of_what_was_chosen(as_user, team, which):
    today = timezone.localdate()
    ahead = {"due_on": today + dt.timedelta(days=7)}, {"due_on": today + dt.timedelta(days=8)}
    other = {"due_on": today - dt.timedelta(days=1)}, {"due_on": None, "held_since": today}, {"met_on": today}
    for state in (*ahead, *other):
        for kind, code in (("child", "RR-1"), ("adult", "SAR-1")):
            case = CaseFactory(kind=kind)
            GrantFactory(thing=case, lead=True, person=team[0])
            CaseDeadlineFactory(case=case, code=code, **state)
    client = as_user(team[0].user, confirmed=True)
    for narrowed in ("", "&kind=adult"):
        pages = client.get(f"{BOARD}?which={which}{narrowed}").context["pages"]
        assert pages.total == len(pages.rows) > 0


# --- On paper ---------------------------------------------------------------------------------------------------------


def many(case, number):
    for n in range(number):
        other = CaseFactory(area=case.area, number=200 + n)
        GrantFactory(thing=other, lead=True, person=case.registered_by.person)
        CaseDeadlineFactory(case=other, missed=True)


def test_on_screen_it_goes_page_by_page_and_to_print_it_is_whole(lead, known, words):
    many(known, 60)
    first = lead.get(f"{BOARD}?which=all")
    assert len(first.context["rows"]) == 50
    assert "Page 1 of 2" in words(first)
    href = first.context["whole_href"]
    whole = lead.get(f"{BOARD}{href}")
    assert len(whole.context["rows"]) == whole.context["pages"].total == 63
    assert b'rel="next"' not in whole.content
    assert {row["reference"] for row in first.context["rows"]} < {row["reference"] for row in whole.context["rows"]}
    assert "which=all" in href


def test_what_is_printed_says_when(lead, known, words):
    now = timezone.localtime()
    assert f"Printed from the portal as it stood on {wording.day(now)}" in words(lead.get(f"{BOARD}?page=all"))


@pytest.mark.parametrize("number", [3, 120])
def test_the_whole_board_costs_the_same_for_any_number(lead, known, number, django_assert_num_queries):
    many(known, number)
    lead.get(f"{BOARD}?which=all&page=all")
    with django_assert_num_queries(6):
        lead.get(f"{BOARD}?which=all&page=all")
