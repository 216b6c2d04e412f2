"""What the home page says of reports: to whoever may approve one, and to those who follow how it is made."""

import pytest

from reports import actions
from reports.rows import moment
from tests.factories import AnswerFactory, CommentFactory, LastReadFactory, OfficeFactory, ReportFactory

pytestmark = pytest.mark.django_db

TO_APPROVE, IN_THE_MAKING = "reports/panels/to_approve.html", "reports/panels/in_the_making.html"


@pytest.fixture
def panel(as_user):
    """The rows of a panel on the home page of ``user``; none where the panel is not there."""

    def rows(user, template):
        columns = as_user(user).get("/").context["panels"]
        found = [one for column in columns.values() for one in column if one.template == template]
        return found[0].content["rows"] if found else []

    return rows


@pytest.mark.parametrize("who", ["chair", "partner", "scrutineer"])
def test_whoever_may_approve_is_told_what_waits_who_proposed_it_and_when(
    as_user, proposed, team, request, who, panel, words
):
    user = request.getfixturevalue(who)
    (row,) = panel(user, TO_APPROVE)
    assert (row["title"], row["href"]) == (proposed.title, f"/reports/{proposed.slug}/approve/")
    assert row["proposed"] == f"{team.person.post} proposed it on {moment(proposed.proposed_at)}."
    assert "Reports that wait for your approval 1" in words(as_user(user).get("/"))
    assert panel(user, IN_THE_MAKING) == []


def test_a_chair_who_proposed_it_approves_nothing_and_sees_that_it_waits(report, section, chair, build_of, panel):
    build_of(report)
    actions.propose(report, by=chair)
    assert panel(chair, TO_APPROVE) == []
    (row,) = panel(chair, IN_THE_MAKING)
    assert "Waiting for approval" in row["state"]
    assert row["words"].startswith(f"{chair.person.post} proposed it on ")


@pytest.mark.parametrize("who", ["team", "colleague", "finance"])
def test_others_who_follow_it_are_told_that_it_waits_and_asked_for_nothing(proposed, request, who, panel):
    user = request.getfixturevalue(who)
    assert panel(user, TO_APPROVE) == []
    assert [row["title"] for row in panel(user, IN_THE_MAKING)] == [proposed.title]


def test_the_scrutineer_finds_the_draft_with_what_is_said_and_what_changed_since(
    report, section, scrutineer, team, panel
):
    assert [row["words"] for row in panel(scrutineer, IN_THE_MAKING)] == ["Nothing is said about it yet."]
    CommentFactory(section=section)
    AnswerFactory(comment__section=section)
    LastReadFactory(section=section, by=scrutineer, number=1)
    assert [row["words"] for row in panel(scrutineer, IN_THE_MAKING)] == ["2 comments, 1 without an answer."]
    actions.save_section(section, "Another text.", by=team, seen=1)
    (row,) = panel(scrutineer, IN_THE_MAKING)
    assert row["words"] == "2 comments, 1 without an answer. 1 section changed since you marked it as read."
    assert row["href"] == f"/reports/{report.slug}/making/"


def test_the_finance_editor_is_told_of_what_is_said_about_money_alone(report, section, money, finance, panel):
    CommentFactory(section=section)
    CommentFactory(section=money)
    assert [row["words"] for row in panel(finance, IN_THE_MAKING)] == ["1 comment, 1 without an answer."]


def test_nobody_else_is_told_anything(proposed, panel):
    governance = OfficeFactory(information_governance=True).person.user
    assert panel(governance, TO_APPROVE) == panel(governance, IN_THE_MAKING) == []


@pytest.mark.parametrize("who", ["team", "partner", "scrutineer"])
def test_of_what_is_published_nobody_is_told_any_more(published, request, who, panel):
    user = request.getfixturevalue(who)
    assert panel(user, TO_APPROVE) == panel(user, IN_THE_MAKING) == []


@pytest.mark.parametrize("who", ["scrutineer", "finance"])
def test_the_home_page_costs_the_same_for_one_report_and_ten(
    as_user, request, who, django_assert_max_num_queries, django_assert_num_queries
):
    client = as_user(request.getfixturevalue(who))
    ReportFactory(), ReportFactory(proposed=True)
    with django_assert_max_num_queries(100) as first:
        client.get("/")
    for _nine in range(9):
        ReportFactory(), ReportFactory(proposed=True)
    with django_assert_num_queries(len(first)):
        client.get("/")
