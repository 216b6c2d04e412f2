"""The quarterly review of access: begun once for everybody, gone through by who may, closed, and kept as evidence."""

import csv
import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from mktogether.lib.templatetags.wording import clock, day
from mktogether.lib.verdict import Refusal
from mktogether.lib.working_days import add_working_days
from partnerships import panels
from partnerships.models import AccessReview, AccessReviewLine
from partnerships.reviewing import actions, quarters, reading
from records.models import Event
from tests.factories import (
    AccessReviewFactory,
    AccessReviewLineFactory,
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    AreaFactory,
    BodyFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
)

LIST = "/access/reviews/"
MEMBER = "Member for CNWL on Review (Nurse), since 1 January 2024"


@pytest.fixture
def cnwl(db):
    return AgencyFactory(short_name="CNWL", slug="cnwl")


@pytest.fixture
def member(cnwl):
    """The member for CNWL on Review."""
    seat = SeatFactory(body=BodyFactory(name="Review"), agency=cnwl, title="Nurse")
    return AppointmentFactory(seat=seat, person__post="Head of Safeguarding")


@pytest.fixture
def team(db):
    return OfficeFactory(person__agency=None, person__post="Business manager").person.user


@pytest.fixture
def governance(db):
    return OfficeFactory(information_governance=True, person__post="Governance lead").person.user


@pytest.fixture
def administrator(cnwl):
    return OfficeFactory(agency_administrator=True, person__agency=cnwl, person__post="Administrator").person.user


@pytest.fixture
def quarter(db):
    return quarters.of(timezone.localdate()).before


@pytest.fixture
def review(team, member, administrator, quarter):
    """The review of CNWL: the member's place, and the administrator's own role."""
    actions.begin_reviews(AreaFactory(), quarter, by=team)
    return AccessReview.objects.get(agency__short_name="CNWL")


def lines_of(review):
    return {line.person.post: line for line in review.lines.all()}


# --- Beginning ---


def test_one_act_begins_a_review_for_every_organisation_and_for_those_without_one(
    team, member, administrator, governance, quarter
):
    AgencyFactory(short_name="Holds nothing")
    PersonFactory(post="Holds nothing")
    AppointmentFactory(seat__body__area=AnotherAreaFactory())
    begun = actions.begin_reviews(AreaFactory(), quarter, by=team)
    told = {review.whose: [line.what for line in review.lines.all()] for review in begun}
    assert told == {
        "CNWL": [
            "Agency administrator, since 1 January 2024",
            MEMBER,
        ],
        "people without an organisation": ["Member of the support team, since 1 January 2024"],
        governance.person.agency.short_name: ["Information governance lead, since 1 January 2024"],
    }
    assert {review.due_on for review in begun} == {add_working_days(timezone.localdate(), 20)}


def test_beginning_again_begins_only_what_is_missing_and_keeps_every_answer(review, team, administrator, quarter):
    actions.keep(lines_of(review)["Head of Safeguarding"], by=administrator)
    assert actions.begin_reviews(AreaFactory(), quarter, by=team) == []
    AppointmentFactory(seat__agency__short_name="New")
    assert [begun.whose for begun in actions.begin_reviews(AreaFactory(), quarter, by=team)] == ["New"]
    assert lines_of(review)["Head of Safeguarding"].answer == "keep"


def test_the_database_takes_no_second_review_of_a_quarter(review):
    again = {"year": review.year, "quarter": review.quarter}
    for whose in ({"agency": review.agency}, {"independent": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessReviewFactory(**whose, **again)


def test_a_quarter_that_has_not_begun_is_refused(team):
    this = quarters.of(timezone.localdate())
    later = quarters.Quarter(this.year + 1, this.number)
    with pytest.raises(Refusal, match="That quarter has not begun") as refused:
        actions.begin_reviews(AreaFactory(), later, by=team)
    assert refused.value.field == "quarter"


def test_who_may_not_begin_reviews_is_refused(administrator, quarter):
    with pytest.raises(Refusal, match="Only the support team and the information governance lead begin"):
        actions.begin_reviews(AreaFactory(), quarter, by=administrator)
    assert not AccessReview.objects.exists()


# --- Going through it ---


def test_still_right_is_kept_with_who_said_so_and_saying_it_twice_changes_nothing(review, administrator):
    line = lines_of(review)["Head of Safeguarding"]
    for _time in range(2):
        actions.keep(line, by=administrator)
    line.refresh_from_db()
    assert (line.answer, line.answered_by) == ("keep", administrator)
    assert Event.objects.filter(verb="access_review.answered").count() == 1


def test_ending_it_ends_what_is_held_and_says_so_in_the_line(review, administrator, member):
    actions.end(lines_of(review)["Head of Safeguarding"], "New post since July", by=administrator)
    member.refresh_from_db()
    assert member.ends_at <= timezone.now()
    assert member.ended_because == "New post since July"
    line = lines_of(review)["Head of Safeguarding"]
    assert (line.answer, line.note) == ("end", "New post since July")


def test_what_was_kept_can_still_be_ended_until_the_review_is_closed(review, administrator, member):
    line = lines_of(review)["Head of Safeguarding"]
    actions.keep(line, by=administrator)
    actions.end(line, "Moved after all", by=administrator)
    assert lines_of(review)["Head of Safeguarding"].answer == "end"


def test_whoever_said_still_right_takes_it_back_and_history_keeps_both(review, administrator):
    line = lines_of(review)["Head of Safeguarding"]
    actions.keep(line, by=administrator)
    actions.take_back(line, by=administrator)
    line.refresh_from_db()
    assert (line.answer, line.answered_at, line.answered_by) == ("", None, None)
    told = Event.objects.filter(target="partnerships.AccessReviewLine", target_id=line.pk).order_by("id")
    assert list(told.values_list("verb", flat=True)) == ["access_review.answered", "access_review.taken_back"]
    with pytest.raises(Refusal, match="This line is open"):
        actions.take_back(line, by=administrator)
    with pytest.raises(Refusal, match="lines are open"):
        actions.close_review(review, by=administrator)


def test_nobody_takes_back_what_somebody_else_said_and_they_can_still_end_it(review, administrator, cnwl):
    line = lines_of(review)["Head of Safeguarding"]
    actions.keep(line, by=administrator)
    colleague = OfficeFactory(agency_administrator=True, person__agency=cnwl).person.user
    with pytest.raises(Refusal, match="Somebody else said that this is still right"):
        actions.take_back(line, by=colleague)
    actions.end(line, "Moved after all", by=colleague)
    with pytest.raises(Refusal, match="This has ended"):
        actions.take_back(line, by=administrator)


def test_nothing_is_taken_back_once_the_review_is_closed(review, administrator):
    for line in review.lines.all():
        actions.keep(line, by=administrator)
    actions.close_review(review, by=administrator)
    with pytest.raises(Refusal, match="This review is closed"):
        actions.take_back(review.lines.first(), by=administrator)


def test_the_last_of_a_role_that_is_never_empty_is_not_ended_and_the_line_stays_open(review, administrator):
    line = lines_of(review)["Administrator"]
    with pytest.raises(Refusal, match="Administrator is the last agency administrator of CNWL"):
        actions.end(line, "Moved", by=administrator)
    line.refresh_from_db()
    assert line.answer == ""


def test_what_has_ended_since_it_began_needs_no_answer_and_gets_none(review, administrator, member):
    member.ends_at = timezone.now()
    member.save()
    line = lines_of(review)["Head of Safeguarding"]
    for act in (lambda: actions.keep(line, by=administrator), lambda: actions.end(line, "x", by=administrator)):
        with pytest.raises(Refusal, match="This has ended"):
            act()
    actions.keep(lines_of(review)["Administrator"], by=administrator)
    actions.close_review(review, by=administrator)


def test_the_team_reads_a_review_and_goes_through_none(review, team):
    with pytest.raises(Refusal, match="Only the administrator of CNWL goes through this review"):
        actions.keep(lines_of(review)["Head of Safeguarding"], by=team)


def test_the_governance_lead_goes_through_those_that_nobody_administers(review, team, governance, administrator):
    with pytest.raises(Refusal, match="Only the administrator of CNWL"):
        actions.keep(lines_of(review)["Head of Safeguarding"], by=governance)
    independent = AccessReview.objects.get(agency=None)
    with pytest.raises(Refusal, match="Only the information governance lead goes through this review"):
        actions.keep(independent.lines.get(), by=team)
    actions.keep(independent.lines.get(), by=governance)
    administrator.is_active = False  # who cannot sign in goes through nothing
    administrator.save()
    actions.keep(lines_of(review)["Head of Safeguarding"], by=governance)


def test_going_through_a_review_lets_its_lines_be_ended_and_nothing_else(review, governance, team):
    other = OfficeFactory(person__agency=None)
    actions.begin_reviews(AreaFactory(), quarters.of(timezone.localdate()), by=team)
    line = AccessReviewLine.objects.get(person=other.person)
    actions.end(line, "Contract over", by=governance)
    other.refresh_from_db()
    assert other.ends_at is not None


# --- Closing ---


def test_it_is_closed_when_no_line_is_open_and_then_stays_as_it_is(review, administrator):
    with pytest.raises(Refusal, match="2 lines are open"):
        actions.close_review(review, by=administrator)
    for line in review.lines.all():
        actions.keep(line, by=administrator)
    actions.close_review(review, by=administrator)
    review.refresh_from_db()
    assert review.closed_by == administrator
    with pytest.raises(Refusal, match="This review is closed"):
        actions.end(review.lines.first(), "x", by=administrator)
    with pytest.raises(Refusal, match="This review is closed"):
        actions.close_review(review, by=administrator)


# --- Pages ---


def test_an_administrator_ticks_through_it_and_closes_it(as_user, review, administrator, words):
    client = as_user(administrator)
    assert "Your access review is waiting" in words(client.get("/"))
    for line in review.lines.all():
        answer = client.post(f"{line.get_absolute_url()}keep/")
        assert answer["Location"] == f"{review.get_absolute_url()}#line-{line.public_id}"
    text = words(client.get(review.get_absolute_url()))
    assert "No line is open" in text
    assert "Administrator, " in text
    assert "The review is closed" in words(client.post(f"{review.get_absolute_url()}close/", follow=True))
    assert "Your access review is waiting" not in words(client.get("/"))


def test_still_right_says_so_and_leaves_a_way_back_until_the_review_is_closed(as_user, review, administrator, words):
    client = as_user(administrator)
    lines = lines_of(review)
    line = lines["Head of Safeguarding"]
    kept = words(client.post(f"{line.get_absolute_url()}keep/", follow=True))
    assert f"Head of Safeguarding, {MEMBER}: still right. You can take it back until the review is closed." in kept
    assert f"Take it back : Head of Safeguarding, {MEMBER}" in kept
    assert f"End it : Head of Safeguarding, {MEMBER}" in kept
    back = words(client.post(f"{line.get_absolute_url()}keep/", {"act": "back"}, follow=True))
    assert f"Head of Safeguarding, {MEMBER}: this is open again." in back
    assert "2 of 2 open" in back
    assert "Take it back" not in back
    for each in lines.values():
        client.post(f"{each.get_absolute_url()}keep/")
    closed = words(client.post(f"{review.get_absolute_url()}close/", follow=True))
    assert "Take it back" not in closed
    assert "End it" not in closed


def test_what_somebody_else_kept_shows_the_way_to_end_it_and_none_to_take_it_back(
    as_user, review, administrator, cnwl, words
):
    actions.keep(lines_of(review)["Head of Safeguarding"], by=administrator)
    colleague = OfficeFactory(agency_administrator=True, person__agency=cnwl).person.user
    text = words(as_user(colleague).get(review.get_absolute_url()))
    assert "Take it back" not in text
    assert f"End it : Head of Safeguarding, {MEMBER}" in text


def test_one_s_own_line_is_marked_as_own_on_the_page_and_in_the_evidence(as_user, review, administrator, team, words):
    text = words(as_user(administrator).get(review.get_absolute_url()))
    assert "Agency administrator, since 1 January 2024 own" in text
    assert "Lines marked “own” are about whoever goes through this review" in text
    assert "own" not in words(as_user(team).get(review.get_absolute_url())).split()
    actions.keep(lines_of(review)["Administrator"], by=administrator)
    assert "Agency administrator, since 1 January 2024 own" in words(as_user(team).get(review.get_absolute_url()))
    own = {row[2]: row[7] for row in reading.evidence(AccessReview.objects.filter(pk=review.pk), timezone.now())}
    assert own == {"Administrator": "yes", "Head of Safeguarding": ""}


def test_ending_shows_first_what_would_change_and_needs_a_reason(as_user, review, administrator, member, words):
    client = as_user(administrator)
    path = f"{lines_of(review)['Head of Safeguarding'].get_absolute_url()}end/"
    assert "Places that fall vacant Member for CNWL on Review" in words(client.get(path))
    answer = client.post(path, {"reason": ""})
    assert answer.status_code == 422
    assert "Enter why it is not right any more" in words(answer)
    assert client.post(path, {"reason": "New post"}).status_code == 302
    assert "Ended by the review" in words(client.get(review.get_absolute_url()))
    for answer in (client.get(path, follow=True), client.post(path, {"reason": "Again"}, follow=True)):
        assert answer.redirect_chain[-1][0].startswith(review.get_absolute_url())
        assert f"Head of Safeguarding, {MEMBER}: this had ended already." in words(answer)


def test_a_refusal_of_ending_is_shown_with_what_was_typed(as_user, review, administrator, words):
    path = f"{lines_of(review)['Administrator'].get_absolute_url()}end/"
    answer = as_user(administrator).post(path, {"reason": "Moved on"})
    assert answer.status_code == 422
    assert "is the last agency administrator of CNWL" in words(answer)
    assert b'value="Moved on"' in answer.content


def test_what_ended_since_it_began_is_said_on_its_line(as_user, review, team, member, words):
    member.ends_at = timezone.now()
    member.save()
    assert "Ended since" in words(as_user(team).get(review.get_absolute_url()))


def test_the_team_sees_how_far_each_is_and_what_is_overdue(as_user, review, team, administrator, words):
    actions.keep(lines_of(review)["Administrator"], by=administrator)
    review.due_on = add_working_days(timezone.localdate(), -3)
    review.save()
    text = words(as_user(team).get(LIST))
    assert "1 of 2 answered Its administrator" in text
    assert "Overdue by 3 working days" in text
    assert "Begin a review" in text
    assert "Begin a review" not in words(as_user(administrator).get(LIST))


def test_beginning_twice_from_the_page_says_that_nothing_was_begun_anew(as_user, team, member, quarter, words):
    client = as_user(team)
    assert "2 reviews are begun" in words(client.post(f"{LIST}begin/", {"quarter": quarter.key}, follow=True))
    assert "Nothing was begun anew" in words(client.post(f"{LIST}begin/", {"quarter": quarter.key}, follow=True))
    assert client.post(f"{LIST}begin/", {"quarter": "2000-1"}).status_code == 422


def test_an_administrator_sees_no_review_of_others(as_user, review, administrator):
    independent = AccessReview.objects.get(agency=None)
    client = as_user(administrator)
    assert [row["whose"] for row in client.get(LIST).context["rows"]] == ["CNWL"]
    for path in ("", "evidence.csv", "close/"):
        answer = client.get(f"{independent.get_absolute_url()}{path}")
        assert answer.status_code in {404, 405}


# --- Evidence ---


def test_the_evidence_holds_every_line_with_its_answer_as_csv_and_as_a_workbook(
    as_user, review, administrator, member, team
):
    actions.end(lines_of(review)["Head of Safeguarding"], "=cmd|'/c calc'!A0", by=administrator)
    client = as_user(team)
    answer = client.get(f"{review.get_absolute_url()}evidence.csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="access-review-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(reading.HEAD)
    assert [row[1:5] for row in rows[1:]] == [
        ["CNWL", "Administrator", "Agency administrator, since 1 January 2024", "Open"],
        ["CNWL", "Head of Safeguarding", MEMBER, "Ended by the review"],
    ]
    assert rows[2][6] == "Administrator"
    at = timezone.localtime(lines_of(review)["Head of Safeguarding"].answered_at)
    assert rows[2][5] == f"{day(at)}, {clock(at)}"
    assert rows[2][10:] == ["", ""], "it is open"
    assert rows[2][8] == "'=cmd|'/c calc'!A0"
    book = load_workbook(io.BytesIO(client.get(f"{review.get_absolute_url()}evidence.xlsx").content)).active
    assert next(book.iter_rows(values_only=True)) == reading.HEAD
    assert {cell.data_type for row in book.iter_rows() for cell in row} <= {"s", "inlineStr"}
    assert Event.objects.filter(verb="access_review.exported", actor_id=team.pk).count() == 2


def test_the_evidence_of_a_quarter_holds_every_review_of_it(as_user, review, team, quarter):
    content = as_user(team).get(f"{LIST}{quarter.key}/evidence.csv").content.decode("utf-8-sig")
    whose = {row[1] for row in list(csv.reader(io.StringIO(content, newline="")))[1:]}
    assert whose == {"CNWL", "People without an organisation"}
    assert as_user(team).get(f"{LIST}1999-1/evidence.csv").status_code == 404
    assert as_user(team).get(f"{LIST}{quarter.key}/evidence.pdf").status_code == 404


def test_pages_and_evidence_ask_as_often_for_many_lines_and_reviews(
    as_user, review, team, administrator, django_assert_num_queries
):
    client = as_user(team)
    NamedDeputyFactory(seat__agency=review.agency)

    def ask():
        with django_assert_num_queries(13):
            client.get(review.get_absolute_url())
        with django_assert_num_queries(8):
            client.get(LIST)

    ask()
    for _ in range(30):
        AccessReviewLineFactory(review=review, kept=True)
        AccessReviewLineFactory()
    ask()


def test_a_review_left_open_is_overdue_after_twenty_working_days(review):
    assert review.due_on == add_working_days(timezone.localdate(), 20)
    day_after = review.due_on + dt.timedelta(days=1)
    assert "Overdue" in reading.state(review, day_after)
    assert "Overdue" not in reading.state(review, review.due_on)


def test_the_evidence_of_a_closed_review_says_when_it_was_closed_and_by_whom(as_user, review, administrator):
    for line in review.lines.all():
        actions.keep(line, by=administrator)
    actions.close_review(review, by=administrator)
    content = as_user(administrator).get(f"{review.get_absolute_url()}evidence.csv").content.decode("utf-8-sig")
    at = timezone.localtime(AccessReview.objects.get(pk=review.pk).closed_at)
    assert [row[10:] for row in csv.reader(io.StringIO(content, newline=""))][1:] == [
        [f"{day(at)}, {clock(at)}", "Administrator"]
    ] * 2


def test_two_people_of_the_same_post_stay_two_on_the_page(as_user, review, administrator, cnwl):
    for _number in range(2):
        person = PersonFactory(agency=cnwl, post="Governor")
        AccessReviewLineFactory(review=review, person=person)
    people = as_user(administrator).get(review.get_absolute_url()).context["people"]
    assert [(post, len(lines)) for post, lines in people if post == "Governor"] == [("Governor", 1)] * 2


def test_the_home_page_says_how_many_reviews_wait_where_it_does_not_show_them_all(as_user, governance, words):
    AccessReviewFactory.create_batch(panels.SHOWN)
    client = as_user(governance)
    assert "All access reviews" not in words(client.get("/"))
    AccessReviewFactory.create_batch(2)
    text = words(client.get("/"))
    assert f"Your access review is waiting {panels.SHOWN + 2} " in text
    assert "All access reviews" in text
