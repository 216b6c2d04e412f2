"""The yearly audit: the scrutineer reads every rapid review of a year, until a day, and the audited do not choose."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings import years
from mktogether.lib.verdict import Refusal
from partnerships.granting import rules
from partnerships.granting.actions import auditing, end_grant, exclude
from partnerships.models import Grant
from partnerships.standing import standing_of
from records.models import Event, OutboxMessage
from reviews import access, actions, queries
from reviews.models import Audit, AuditedCase, Case, CasePerson
from reviews.rules.auditing import longest
from tests.factories import (
    AnotherAreaFactory,
    AreaFactory,
    AuditedCaseFactory,
    CaseDateFactory,
    CaseFactory,
    CasePersonFactory,
    EventFactory,
    ExclusionFactory,
    OfficeFactory,
)
from tests.reviews.conftest import LINE, days, fresh

YEAR, DECIDED = 2024, dt.date(2024, 10, 1)
KNOWN = dt.date(2024, 9, 10)


@pytest.fixture
def scrutineer(case):
    return OfficeFactory(scrutineer=True, person__area=case.area).person.user


@pytest.fixture
def reviewed(case, team):
    """The case, whose rapid review was decided in the year."""
    actions.enter_date(case, "aware", KNOWN, by=team[0].user)
    return actions.enter_date(case, "decided", DECIDED, by=team[0].user)


def another(team, decided=None, kind="child"):
    case = actions.register_case(kind, LINE, by=fresh(team[0].user), second=team[1], known_on=KNOWN)
    return actions.enter_date(case, "decided", decided, by=fresh(team[0].user)) if decided else case


def begin(user, year=YEAR, until=None, reason="Audit of the year"):
    until = until or timezone.now() + dt.timedelta(days=60)
    return actions.begin_audit(year, reason, by=fresh(user), until=until)


def reads(user):
    return set(Case.objects.visible_to(fresh(user)).values_list("pk", flat=True))


# --- What it opens ----------------------------------------------------------------------------------------------------


def test_without_an_audit_the_scrutineer_finds_none(reviewed, scrutineer):
    assert reads(scrutineer) == set()


def test_it_opens_every_rapid_review_of_the_year_and_no_other_case(reviewed, team, scrutineer):
    adult = another(team, DECIDED, "adult")
    another(team)  # not decided
    another(team, dt.date(2025, 4, 1))  # of the next year
    another(team, DECIDED, "learning")  # no rapid review
    CaseDateFactory(
        case=CaseFactory(area=AreaFactory(name="Luton", slug="luton", code="LU")), event="decided", on=DECIDED
    )
    last = another(team, dt.date(2025, 3, 31))
    begin(scrutineer)
    assert reads(scrutineer) == {reviewed.pk, adult.pk, last.pk}


def test_one_that_is_decided_meanwhile_is_reached_and_one_that_was_entered_wrong_is_let_go(case, team, scrutineer):
    begin(scrutineer)
    assert reads(scrutineer) == set()
    actions.enter_date(case, "aware", KNOWN, by=team[0].user)
    actions.enter_date(case, "decided", DECIDED, by=team[0].user)
    assert reads(scrutineer) == {case.pk}
    actions.enter_date(case, "decided", dt.date(2025, 4, 1), by=team[0].user)
    assert reads(scrutineer) == set()
    actions.enter_date(case, "decided", DECIDED, by=team[0].user)
    actions.remove_date(case, "decided", by=team[0].user)
    assert reads(scrutineer) == set()


def test_after_its_end_nothing_more_is_reached(case, team, scrutineer):
    actions.end_audit(begin(scrutineer), by=fresh(scrutineer))
    actions.enter_date(case, "aware", KNOWN, by=team[0].user)
    actions.enter_date(case, "decided", DECIDED, by=team[0].user)
    assert reads(scrutineer) == set()
    assert not AuditedCase.objects.exists()


def test_who_the_people_in_a_case_are_stays_closed(as_user, reviewed, scrutineer):
    CasePersonFactory(case=reviewed, name="Canary name")
    begin(scrutineer)
    assert not access.may_read_people(fresh(scrutineer), reviewed)
    assert not CasePerson.objects.visible_to(fresh(scrutineer)).exists()
    client = as_user(scrutineer, confirmed=True)
    answer = client.get(f"{reviewed.get_absolute_url()}people/")
    assert (answer.status_code, answer["Location"]) == (302, reviewed.get_absolute_url())
    assert b"people/" not in client.get(reviewed.get_absolute_url()).content


def test_it_lets_nobody_change_anything(as_user, reviewed, scrutineer):
    begin(scrutineer)
    user = fresh(scrutineer)
    assert not access.may_manage(user, reviewed)
    client = as_user(scrutineer, confirmed=True)
    for page in ("change/", "close/", "reads/", "history/", "hold/"):
        assert client.get(f"{reviewed.get_absolute_url()}{page}").status_code == 302


# --- When it closes ---------------------------------------------------------------------------------------------------


def test_it_ends_at_its_date(reviewed, scrutineer):
    audit = begin(scrutineer)
    assert standing_of(scrutineer, at=audit.ends_at - dt.timedelta(seconds=1)).reach("read a case")
    assert not standing_of(scrutineer, at=audit.ends_at).reach("read a case")


def test_it_ends_when_the_scrutineer_ends_it(reviewed, scrutineer):
    audit = begin(scrutineer)
    actions.end_audit(audit, by=fresh(scrutineer))
    assert reads(scrutineer) == set()
    with pytest.raises(Refusal, match="over"):
        actions.end_audit(audit, by=fresh(scrutineer))
    assert [event.verb for event in Event.objects.filter(target="reviews.Audit").order_by("id")] == [
        "audit.begun",
        "audit.ended",
    ]


def test_it_ends_with_the_office_whatever_else_they_hold(reviewed, scrutineer):
    OfficeFactory(kind="finance editor", person=scrutineer.person)
    begin(scrutineer)
    assert reads(scrutineer) == {reviewed.pk}
    scrutineer.person.offices.filter(kind="scrutineer").update(ends_at=timezone.now())
    assert reads(scrutineer) == set()


def test_an_exclusion_beats_it_before_and_after(reviewed, team, scrutineer):
    other = another(team, DECIDED)
    ExclusionFactory(thing=reviewed, person=scrutineer.person)
    begin(scrutineer)
    assert reads(scrutineer) == {other.pk}
    exclude(other, scrutineer.person, "Worked there.", by=fresh(team[0].user))
    assert reads(scrutineer) == set()


def test_the_audited_cannot_end_it(reviewed, team, scrutineer):
    begin(scrutineer)
    grant = Grant.objects.regardless("test").get(kind="audit")
    lead = fresh(team[0].user)
    assert "do not choose" in rules.may_end(lead, grant, reviewed, timezone.now()).reason
    with pytest.raises(Refusal, match="do not choose"):
        end_grant(grant, "We would rather not.", by=lead)
    assert reads(scrutineer) == {reviewed.pk}


def test_nobody_is_let_in_by_an_audit_through_a_proposal(reviewed, team, scrutineer):
    assert not rules.may_propose(fresh(team[0].user), "audit", reviewed)


# --- Who begins it ----------------------------------------------------------------------------------------------------


def test_nobody_but_the_scrutineer(as_user, reviewed, team, others):
    for person in (team[0], others.chair, others.governance):
        with pytest.raises(Refusal, match="Only the independent scrutineer"):
            begin(person.user)
        for path in ("/cases/audits/", "/cases/audits/new/"):
            assert as_user(person.user, confirmed=True).get(path).status_code == 404


def test_the_audit_of_another_is_not_there(as_user, reviewed, scrutineer):
    audit = begin(scrutineer)
    second = OfficeFactory(scrutineer=True, person__area=reviewed.area).person.user
    for path in (audit.get_absolute_url(), f"{audit.get_absolute_url()}end/"):
        assert as_user(second, confirmed=True).get(path).status_code == 404


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": "  "}, "what the audit is for"),
        ({"reason": "Of the child born on 12.3.2011"}, "must not identify"),
        ({"year": 2090}, "has not begun"),
        ({"until": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "lies ahead"),
        ({"until": dt.datetime(2090, 1, 1, tzinfo=dt.UTC)}, "six months at most"),
    ],
)
def test_what_cannot_be_is_refused_and_opens_nothing(reviewed, scrutineer, more, sentence):
    with pytest.raises(Refusal, match=sentence):
        begin(scrutineer, **more)
    assert reads(scrutineer) == set()


def test_of_one_year_one_audit_at_a_time(reviewed, scrutineer):
    begin(scrutineer)
    with pytest.raises(Refusal, match="open already"):
        begin(scrutineer)


@given(st.integers(min_value=0, max_value=40 * 366 * 24))
def test_six_months_and_a_day_at_most(hours):
    begun = dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    assert dt.timedelta(days=181) <= longest(begun) - begun <= dt.timedelta(days=185)
    assert longest(begun).time() == begun.time()


# --- Who is told ------------------------------------------------------------------------------------------------------


def test_those_who_keep_the_cases_are_told_once_and_of_no_case(reviewed, team, scrutineer):
    another(team, DECIDED)
    audit = begin(scrutineer)
    mails = OutboxMessage.objects.filter(key__startswith="audit:")
    assert sorted(mail.to for mail in mails) == sorted(person.user.email for person in team[:2])
    assert all(f"Audit {audit.pk}" in mail.text and reviewed.reference not in mail.text for mail in mails)


def test_it_stands_on_the_page_of_the_case_with_its_end_and_each_look(as_user, reviewed, team, scrutineer, words):
    begin(scrutineer)
    as_user(scrutineer, confirmed=True).get(reviewed.get_absolute_url())
    page = words(as_user(team[0].user, confirmed=True).get(reviewed.get_absolute_url()))
    assert f"{scrutineer.person.post} Yearly audit Audit of the year" in page
    assert "while the scrutineer" in page
    assert scrutineer.pk in [account for account, *_rest in queries.readers_of(reviewed)]


def test_it_stands_on_the_scrutineers_page_of_their_own_access(as_user, reviewed, scrutineer, words):
    begin(scrutineer)
    page = words(as_user(scrutineer, confirmed=True).get("/me/"))
    assert "Auditor of a case Since" in page
    assert reviewed.reference not in page


# --- Its pages --------------------------------------------------------------------------------------------------------


def test_the_scrutineer_begins_reads_and_ends_it(as_user, reviewed, scrutineer, words):
    client = as_user(scrutineer, confirmed=True)
    assert "Yearly audits" in words(client.get("/cases/"))
    last = timezone.localdate() + dt.timedelta(days=30)
    assert years.year_of(timezone.now()) - YEAR < 4, "the year of these tests is offered no more"
    typed = {"year": YEAR, "reason": "Audit of the year", **days(until=f"{last.day} {last.month} {last.year}")}
    page = words(client.post("/cases/audits/new/", typed, follow=True))
    assert "The audit has begun." in page
    assert f"1 {reviewed.reference} Child: serious incident 1 October 2024 Not yet" in page
    client.get(reviewed.get_absolute_url())
    (audit,) = Event.objects.filter(verb="audit.begun").values_list("target_id", flat=True)
    path = AuditedCase.objects.get(audit=audit).audit.get_absolute_url()
    assert "of which you have read 1" in words(client.get(path))
    page = words(client.post(f"{path}end/", follow=True))
    assert "The audit is ended." in page
    assert "The audit is over, and what it opened is closed to you." in page
    assert "Audit of the year" in words(client.get("/cases/audits/"))
    assert client.get(reviewed.get_absolute_url()).status_code == 404


def test_a_form_that_says_too_little_comes_back_with_sentences(as_user, reviewed, scrutineer, words):
    answer = as_user(scrutineer, confirmed=True).post("/cases/audits/new/", {"reason": "Typed before"})
    assert answer.status_code == 422
    for sentence in ("Choose the year", "Enter the last day of the audit"):
        assert sentence in words(answer)
    assert b"Typed before" in answer.content


def test_what_an_exclusion_keeps_is_not_in_its_list(as_user, reviewed, team, scrutineer, words):
    other = another(team, DECIDED)
    audit = begin(scrutineer)
    ExclusionFactory(thing=reviewed, person=scrutineer.person)
    page = words(as_user(scrutineer, confirmed=True).get(audit.get_absolute_url()))
    assert "1 case whose rapid review was decided in the year" in page
    assert other.reference in page
    assert reviewed.reference not in page


def test_whoever_is_the_scrutineer_no_more_finds_no_audit(reviewed, scrutineer):
    audit = begin(scrutineer)
    assert Audit.objects.visible_to(fresh(scrutineer)).get() == audit
    scrutineer.person.offices.update(ends_at=timezone.now())
    OfficeFactory(kind="finance editor", person=scrutineer.person)
    assert not Audit.objects.visible_to(fresh(scrutineer)).exists()


def test_whoever_is_the_scrutineer_no_more_reaches_nothing_that_is_decided_meanwhile(reviewed, team, scrutineer):
    audit = begin(scrutineer)
    scrutineer.person.offices.update(ends_at=timezone.now())
    another(team, DECIDED)
    assert [row.case for row in AuditedCase.objects.regardless("all of them").filter(audit=audit)] == [reviewed]


@pytest.mark.parametrize("whom", ["one of the team", "one without an account", "the scrutineer of another area"])
def test_the_grants_of_an_audit_are_for_the_scrutineer_of_the_area_alone(reviewed, team, whom):
    person = team[0]
    if whom == "the scrutineer of another area":
        person = OfficeFactory(scrutineer=True, person__area=AnotherAreaFactory()).person
    elif whom == "one without an account":
        person = OfficeFactory(scrutineer=True, person__area=reviewed.area, person__user=None).person
    now = timezone.now()
    with pytest.raises(Refusal, match="Only the independent scrutineer"):
        auditing.audit(reviewed, person, by=team[0].user, reason="Audit", now=now, until=now + dt.timedelta(days=1))


@pytest.mark.parametrize("number", [3, 60])
def test_its_list_costs_the_same_for_any_number(as_user, reviewed, scrutineer, number, django_assert_num_queries):
    audit = begin(scrutineer)
    for n in range(number):
        AuditedCaseFactory(audit=audit, case__number=100 + n)
    client = as_user(scrutineer, confirmed=True)
    client.get(audit.get_absolute_url())
    with django_assert_num_queries(15):
        client.get(audit.get_absolute_url())


def test_its_page_says_who_began_and_ended_it(as_user, reviewed, scrutineer, words):
    audit = begin(scrutineer)
    client = as_user(scrutineer, confirmed=True)
    text = words(client.get(audit.get_absolute_url()))
    assert f"{scrutineer.person.in_full} began this yearly audit" in text
    assert "ended this" not in text
    actions.end_audit(audit, by=fresh(scrutineer))
    assert f"{scrutineer.person.in_full} ended this yearly audit" in words(client.get(audit.get_absolute_url()))
    assert "read the list" not in text  # looks are told where they concern somebody


@pytest.mark.parametrize("number", [3, 300])
def test_its_history_costs_the_same_for_any_number_of_rows(
    as_user, reviewed, scrutineer, number, django_assert_num_queries
):
    audit = begin(scrutineer)
    for _n in range(number):
        EventFactory(verb="audit.ended", target="reviews.Audit", target_id=audit.pk, actor=scrutineer)
    client = as_user(scrutineer, confirmed=True)
    client.get(audit.get_absolute_url())
    with django_assert_num_queries(15):
        assert len(client.get(audit.get_absolute_url()).context["story"]["rows"]) == number + 1
