"""The Management Board of 2021-22 in the sample: every cell as it is printed, and nothing that is not."""

import shutil

import pytest
from django.utils import timezone

from meetings import judging, roster, years
from meetings.models import Attendance, Meeting
from meetings.representation import reading, rules, words
from meetings.sample import earlier, loading, replay
from meetings.sample.files import WrongFile
from partnerships import rules as law
from partnerships.models import Appointment, Body, Chairing, NamedDeputy, Person, Scenario, Seat
from partnerships.rules import scenarios
from partnerships.workbench import content
from records.models import User
from tests.meetings.representation.appendix import MARKS, MEETINGS, PARTNERS, PRINTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

BOARD = "management-board-2021-22"
AFFILIATES = {
    "assurance-board-2021-22": ("BLMK CCG", "assurance"),
    "review-board-2021-22": ("MKUHFT", "review"),
    "risk-board-2021-22": ("TVP", None),
    "tasking-board-2021-22": ("MKCC", None),
    "child-death-board-2021-22": ("MKCC", "child-death"),
}


@pytest.fixture
def team():
    return User.objects.get(email="business.manager@mktogether.example")


@pytest.fixture
def matrix(team):
    return reading.matrix(Body.objects.get(slug=BOARD), *years.days(2021), team)


def test_every_cell_is_as_printed(matrix):
    found = [
        (row.post.title, row.post.partner, [str(state) for state in row.states])
        for row in rules.as_printed(matrix.rows)
    ]
    assert found == [(title, partner, [MARKS[mark] for mark in marks.split()]) for title, partner, marks in PRINTED]


def test_the_months_are_known_and_no_day(matrix):
    assert [column.sitting.short for column in matrix.columns] == list(MEETINGS)
    assert matrix.columns[0].sitting.words == "April 2021; the day is not given"


def test_both_denominators(matrix):
    assert words.of(matrix.total) == "51 of 66"
    assert words.of(matrix.printed) == "55 of 70"
    assert {partner.name: (partner.share.there, partner.share.of) for partner in matrix.partners} == PARTNERS


def test_nothing_is_stored_of_a_post_without_a_mandate():
    board = Body.objects.get(slug=BOARD)
    entries = Attendance.objects.filter(seat__body=board)
    assert entries.count() == 70
    assert {entry.filled_by for entry in entries} == {"represented", "nobody"}
    assert set(entries.filter(filled_by="nobody").values_list("why_not", flat=True)) == {"unknown"}
    assert entries.filter(seat__title="Healthwatch MK").count() == 1


def test_each_record_counts_the_members_places_and_no_quorum_is_stated():
    meetings = Meeting.objects.filter(body__slug=BOARD).order_by("starts_at")
    found = [f"{one.record.content['there']}/{one.record.content['places']}" for one in meetings]
    assert found == ["14/17", "12/16", "13/16", "12/17"]
    assert {one.quorum_status for one in meetings} == {"not stated"}
    assert {one.record.content["planned"] + one.record.content["held"] for one in meetings} == {""}


def test_its_bodies_stand_apart_with_sponsors_lines_and_successors():
    today = timezone.localdate()
    board = Body.objects.get(slug=BOARD)
    assert (board.reports_to, board.succeeded_by.slug) == (None, "safeguarding-partnership")
    found = {
        body.slug: (body.sponsor.short_name, body.succeeded_by and body.succeeded_by.slug)
        for body in Body.objects.filter(reports_to=board, sponsor__isnull=False)
    }
    assert found == AFFILIATES
    of_2021 = Body.objects.filter(earlier_structure="Arrangements of 2021-22")
    assert {BOARD, *AFFILIATES} <= {body.slug for body in of_2021}
    assert {(body.opened_on, body.closed_on) for body in Body.objects.earlier(today)} == {(None, None)}
    assert set(Body.objects.present(today).values_list("kind", flat=True)) == {
        "statutory", "group", "panel", "office-holders", "forum", "task-and-finish",
    }  # fmt: skip
    assert Body.objects.present(today).count() == 9 + 2  # the forums of schools, and task and finish groups


def test_nobody_holds_anything_there():
    old = Body.objects.earlier(timezone.localdate())
    assert not Seat.objects.filter(body__in=old).in_force(timezone.now()).exists()
    for model in (Appointment, NamedDeputy):
        assert not model.objects.filter(seat__body__in=old).exists()
    assert not Chairing.objects.filter(body__in=old).exists()
    assert not Person.objects.filter(post="Governor, HMP Woodhill").exists()


@pytest.mark.parametrize(("year", "share"), [(2024, "380 of 492"), (2021, "51 of 66")])
def test_all_boards_of_a_year_add_up(team, year, share):
    total = rules.together(one.matrix for one in reading.of_all(team, *years.days(year)))
    assert words.of(total) == share


def test_the_sample_year_agrees_with_its_figures(team):
    matrices = [one.matrix for one in reading.of_all(team, *years.days(2024))]
    total = rules.together(matrices)
    assert (total.there, total.of, total.in_person, total.stood_in) == (380, 492, 345, 35)
    assert words.percent(total) == "77.2 %"
    counted = {state: sum(matrix.count(state) for matrix in matrices) for state in rules.State}
    assert (counted["apologies"], counted["absent"], counted["unknown"], counted["not recorded"]) == (88, 24, 0, 0)
    assert sum(len(matrix.columns) for matrix in matrices) == 38
    assert sum(matrix.cancelled for matrix in matrices) == 2


def test_the_probation_place_is_not_applicable_while_it_is_vacant(team):
    partnership = Body.objects.get(slug="safeguarding-partnership")
    found = reading.matrix(partnership, *years.days(2024), team)
    (row,) = [row for row in found.rows if row.post.partner == "NPS"]
    assert [str(state) for state in row.states[:2]] == ["not applicable", "not applicable"]
    assert [column.share.of for column in found.columns] == [17, 17, 18, 18]


@pytest.mark.parametrize(
    ("printed", "instead", "told"),
    [
        ("healthwatch: [✓, NA, NA, NA]", "healthwatch: [✓, x, NA, NA]", "mark 2 is “x”, and the post has no mandate"),
        ("vsa: [NA, NA, NA, ✓]", "vsa: [NA, NA, NA, NA]", "mark 4 is “NA”, and the post has a mandate"),
        ("ccg-operating: [x, x, x, x]", "ccg-operating: [x, x, x]", "4 marks are wanted here"),
        ("2021-11", "2021-13", "“2021-13” is no month"),
        ("body: management-board-2021-22", "body: nothing", "no board or group is called “nothing”"),
        ("policy: [", "politics: [", "has no place with the key “politics”"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, printed, instead, told):

    folder = tmp_path / "milton-keynes"
    shutil.copytree(loading.folder(), folder)
    path = folder / earlier.FOLDER / "management-board.yaml"
    text = path.read_text(encoding="utf-8")
    assert printed in text
    path.write_text(text.replace(printed, instead), encoding="utf-8")
    with pytest.raises(WrongFile, match=r"management-board\.yaml, line \d+: ") as refused:
        loading.load(folder)
    assert told in str(refused.value)


# --- By the rule of 2024 ---


@pytest.mark.parametrize(
    ("name", "verdict"), [(replay.ALL_WHO_CAME, "quorate"), (replay.NOBODY_OF_THE_HOSPITAL, "not quorate")]
)
def test_the_last_meeting_is_kept_as_a_scenario_of_the_rule_of_2024(name, verdict):
    scenario = Scenario.objects.get(name=name)
    assert (scenario.body.slug, scenario.shared_by.email) == (
        "safeguarding-partnership",
        "business.manager@mktogether.example",
    )
    (read_back,) = scenarios.load(content.as_yaml(scenario.content).decode())
    assert scenario.content["expect"]["verdict"] == verdict
    assert scenarios.run(read_back).differences == ()
    assert scenario.content["date"] == "2024-04-01"  # the first day of the rule: the day of the meeting is not known


@pytest.mark.parametrize("number", range(4))
def test_every_meeting_would_have_been_quorate_by_the_rule_of_2024(number):
    meeting = Meeting.objects.filter(body__slug=BOARD).order_by("starts_at")[number]
    partnership = Body.objects.get(slug="safeguarding-partnership")
    text = partnership.terms.get().rules.replace("BLMK ICB", "BLMK CCG")  # which the board took over from
    places = roster.places(meeting)
    assert law.judge(law.parse_terms(text), judging.room(meeting, places)).status == "quorate"


def test_without_its_one_hospital_post_february_would_not_have_been():
    meeting = Meeting.objects.filter(body__slug=BOARD).latest("starts_at")
    text = Body.objects.get(slug="safeguarding-partnership").terms.get().rules.replace("BLMK ICB", "BLMK CCG")
    places = roster.places(meeting)
    for place in places:
        if place.title.startswith("Director Of Patient Care"):
            place.filled_by = "nobody"
    found = law.judge(law.parse_terms(text), judging.room(meeting, places))
    assert found.status == "not quorate"
    assert "MKUHFT" in found.sentence
    assert sum(place.is_there and not place.in_attendance for place in places) == 11
