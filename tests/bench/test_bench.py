"""The measurement is fair: both sides show the same rows, and what it computes of them is right."""

import pytest
from django.test import Client

from bench import report
from bench.__main__ import missing_words
from bench.rounds import Ratio, Series, measure
from bench.servers import FLOOR, PORTAL, Answer
from bench.weight import named_in
from bench.world import Size, fill
from meetings.models import Attendance

SMALL = Size("small", items=4, seats=5, actions=3, decisions=2, listed=6, partners=4)


@pytest.fixture
def area(db):
    """One small area, as the run makes them."""
    return fill([SMALL])["small"]


def visitor(side, area):
    client = Client(SERVER_NAME="localhost")
    client.cookies[side.session_cookie] = getattr(area, f"{side.name}_session")
    return client


MARKS = (48, 12)  # cells where somebody was there, and where nobody was: five places and five partners, six meetings


def marks(body):
    return body.count(b'<td class="mark mark--there"'), body.count(b'<td class="mark mark--away"')


def days_listed(body):
    return body.count(b'<th scope="row"><a href="/meetings/')


def test_the_portal_shows_every_row_that_is_measured(area):
    client = visitor(PORTAL, area)
    assert missing_words(client.get(f"/meetings/{area.meeting}/").content, area.words) == []
    assert days_listed(client.get("/meetings/").content) == SMALL.listed
    assert marks(client.get(f"/boards/{area.board}/representation/").content) == MARKS
    assert missing_words(client.get(f"/money/{area.money}/").content, area.money_words) == []


@pytest.mark.usefixtures("floor_settings")
def test_the_floors_show_every_row_that_is_measured(area):
    client = visitor(FLOOR, area)
    for page in ("", "by-hand/"):
        assert missing_words(client.get(f"/meetings/{area.meeting}/{page}").content, area.words) == []
    assert days_listed(client.get(f"/meetings/?area={area.area}").content) == SMALL.listed
    assert client.get(f"/meetings/{area.meeting}/live/").content.count(b"data-tap=") == SMALL.seats
    assert marks(client.get(f"/boards/{area.board}/representation/").content) == MARKS
    assert missing_words(client.get(f"/money/{area.money}/?area={area.area}").content, area.money_words) == []


@pytest.mark.usefixtures("floor_settings")
@pytest.mark.parametrize(("page", "queries"), [("", 8), ("by-hand/", 8)])
def test_the_floors_page_of_a_meeting_takes_eight_queries(area, page, queries, django_assert_num_queries):
    client = visitor(FLOOR, area)
    with django_assert_num_queries(queries):
        client.get(f"/meetings/{area.meeting}/{page}")


@pytest.mark.parametrize("side", [PORTAL, FLOOR], ids=lambda side: side.name)
def test_a_tap_changes_the_same_row_on_both_sides(area, side, request):
    if side is FLOOR:
        request.getfixturevalue("floor_settings")
    path = f"/meetings/{area.meeting}/live/attendance/{area.seats[0]}/"
    for state, how in (("remote", "remote"), ("present", "room")):
        answer = visitor(side, area).post(path, {"state": state}, headers={"accept": "application/json"})
        assert answer.status_code == 200
        assert Attendance.objects.get(meeting=area.meeting_pk, seat=area.seats[0]).how == how


def test_a_page_without_a_row_is_noticed():
    assert missing_words(b"<p>Neglect &amp; risk</p>", ["Neglect & risk", "Training"]) == ["Training"]


def test_a_ratio_is_the_median_of_paired_rounds():
    ours = [[2, 2, 9], [3, 3, 3], [8, 8, 8]]
    floors = [[1, 1, 1], [3, 1, 3], [2, 2, 2]]
    assert Ratio.of(ours, floors) == Ratio(low=1, middle=2, high=4)


def test_a_ratio_wants_as_many_rounds_of_both():
    with pytest.raises(ValueError, match="shorter"):
        Ratio.of([[1], [2]], [[1]])


class Clockwork:
    """A server that takes the seconds it is told to, and notes who was asked."""

    def __init__(self, seconds, asked):
        self.seconds = seconds
        self.asked = asked
        self.spent = 0.0

    def ask(self, path, **_others):
        self.asked.append(path)
        self.spent += self.seconds / 2
        return Answer(200, b"", None, self.seconds)

    def processor_seconds(self):
        return self.spent


def test_the_sides_are_asked_in_turn_and_compared():
    asked = []
    slow, quick = Clockwork(3.0, asked), Clockwork(1.0, asked)
    series = [Series("slow", slow, "/a/", ""), Series("quick", quick, "/b/", "")]
    samples = measure(series, rounds=2, sweeps=3, warm_up=1)
    assert asked == ["/a/", "/b/"] * 7
    assert samples.ratio("slow", "quick") == (Ratio(3, 3, 3), Ratio(3, 3, 3))


@pytest.mark.parametrize(("found", "word"), [(0.7, "met, and the aim"), (1.0, "met"), (1.01, "MISSED")])
def test_a_finding_over_its_limit_is_missed(found, word):
    finding = report.ratio("page", (Ratio(found, found, found), Ratio(0.1, 0.1, 0.1)), limit=1.0, aim=0.8)
    assert finding.word == word
    assert word in report.table([finding])


def test_a_finding_without_a_limit_is_only_reported():
    assert not report.Finding("tap", 9.0, None).is_missed


def test_queries_that_grow_with_the_rows_are_missed():
    assert report.same("queries with 3 and 300 rows", 8, 9).is_missed
    assert not report.same("queries with 3 and 300 rows", 8, 8).is_missed


CSS = b"""@font-face { font-style: normal; src: url("a.woff2"); } @font-face { font-style: italic; src: url(b.woff2) }
body { background: url('c.svg') }"""


@pytest.mark.parametrize(("slanted", "named"), [(False, ["c.svg", "a.woff2"]), (True, ["c.svg", "a.woff2", "b.woff2"])])
def test_it_counts_a_font_in_italics_only_where_something_is(slanted, named):
    assert named_in("text/css", CSS, slanted=slanted) == named


def test_it_counts_what_a_module_imports():
    text = b'import { a } from "./a.js";\nimport "./b.js";\nconst c = await import(address);\n// import nothing\n'
    assert named_in("text/javascript", text, slanted=False) == ["./a.js", "./b.js"]
