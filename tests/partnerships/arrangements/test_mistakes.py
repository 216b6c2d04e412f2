"""What is wrong in a file: each mistake with its line and its remedy, all of them at once, and nothing loaded."""

import io
import re

import pytest
from django.core.management import call_command

from partnerships.arrangements import reading
from partnerships.arrangements.source import WrongArrangement
from partnerships.models import Body
from records.models import Area
from tests.partnerships.arrangements import files

RIGHT = """\
version: 1
area: {key: seaton, name: Seaton, code: SEA}
arrangement:
  key: plan-2025
  name: Plan of 2025
  applies from: 2025-04-01
agencies:
  - {short: Council, name: Seaton Council, types: [local authority], also called: [SBC]}
  - {short: Police, name: Seaton Police, types: [police]}
  - {short: Trust, name: Seaton Trust, types: [health]}
relevant agencies:
  agencies: [Trust]
specified roles:
  - {kind: lead partner, agency: Council, post: Chief Executive, holders: [Chief Executive]}
  - {kind: scrutiny chair, agency: Council, post: Chair of scrutiny, holders: [Chair of scrutiny]}
boards:
  - key: board
    name: Board
    kind: statutory
    lines:
      - {kind: accountable to, agency: Council}
    terms:
      barred: [scrutiny chair]
      meetings a year: 4
      months: [4, 7, 10, 1]
      chair: {by: rotation, among: [Council, Police]}
      rules: |
        quorum: one from each of Council, Police
        deputies: count and vote
    places:
      - {key: council, agency: Council, title: Chief Executive, members: [Chief Executive]}
      - {key: police, agency: Police, title: Commander, members: [Commander], deputies: [Deputy Commander]}
    chairs: [{agency: Council, post: Chief Executive}]
  - key: group
    name: Group
    kind: group
    lines:
      - {kind: reports to, board: board, what: report}
    places:
      - {key: trust, agency: Trust, title: Nurse, places: 2}
"""
# What stands in the file, what somebody makes of it, the line, and what they are told.
MISTAKES = [
    ("version: 1", "version: 2", 1, "“version”: “2” is not known here. Known are: 1."),
    ("version: 1\n", "", 1, "“version” is missing here."),
    ("code: SEA", "code: sea", 2, "“sea” is no code of an area."),
    ("key: plan-2025", "key: Plan 2025", 4, "“Plan 2025” cannot be a key here."),
    ("  name: Plan of 2025\n", "", 4, "“name” is missing here."),
    ("  name: Plan of 2025\n", "  name: not stated\n", 5, "“name” must be stated."),
    ("applies from: 2025-04-01", "applies from: 1 April 2025", 6, "“1 April 2025” is no day."),
    ("applies from: 2025-04-01", "applies from: 2025-02-30", 6, "“2025-02-30” is no day."),
    ("applies from: 2025-04-01", "applies from: 2025-04-01\n  applies until: 2025-03-31", 7, "lies before"),
    (
        "applies from: 2025-04-01",
        "applies from: 2025-04-01\n  published: spring",
        7,
        "“spring” is no year, month or day.",
    ),
    (
        "applies from: 2025-04-01",
        "applies from: 2025-04-01\n  printed: 2025",
        7,
        "The key “printed” is not known here. Known are: key, name,",
    ),
    ("short: Police, name", "shrot: Police, name", 9, "Did you mean “short”?"),
    ("short: Trust, name", "short: Police, name", 10, "Two agencies are called “Police”. The first is in line 9."),
    ("name: Seaton Police,", "name: Seaton Police, also called: [SBC],", 9, "“SBC” means “Council” already."),
    ("name: Seaton Police,", "name: Seaton Police, part of: Trst,", 9, "Did you mean “Trust”?"),
    ("name: Seaton Police,", "name: Seaton Police, succeeded: 2024,", 9, "Nobody is named who came after it."),
    ("name: Seaton Police,", "name: Seaton Police, succeeded by: Police,", 9, "By “succeeded by” “Police” lead round."),
    ("name: Seaton Police,", "name: Seaton Police, crowd: perhaps,", 9, "“perhaps” is neither yes nor no."),
    ("agencies: [Trust]", "agencies: [Trusts]", 12, "“Trusts” is no agency of this file. Did you mean “Trust”?"),
    ("agencies: [Trust]", "agencies: [SBC]", 12, "It is another name of “Council”: write that."),
    ("agencies: [Trust]", "agencies: [Trust, Trust]", 12, "“Trust” is a relevant agency twice."),
    ("kind: lead partner", "kind: lead", 14, "“lead” is not known here."),
    (
        "kind: lead partner,",
        "kind: lead partner, for: rough sleeping,",
        14,
        "Only a named member is named for something.",
    ),
    ("key: board\n", "key: representation\n", 17, "“representation” is a page of its own."),
    ("key: group", "key: board", 34, "Two boards have the key “board”. The first is in line 17."),
    ("kind: statutory", "kind: statutry", 19, "Did you mean “statutory”?"),
    (
        "kind: statutory",
        "kind: statutory\n    opened: 2025-05-01\n    closed: 2025-04-01",
        21,
        "“closed” lies before “opened”.",
    ),
    ("kind: statutory", "kind: statutory\n    shared with: [exmouth]", 20, "“exmouth” is no area of this file."),
    (
        "kind: statutory",
        "kind: statutory\n    succeeds: [group]",
        20,
        "“group” is a board of this file, so it goes on.",
    ),
    ("{kind: accountable to, agency: Council}", "{kind: accountable to}", 21, "This line leads nowhere."),
    (
        "{kind: accountable to, agency: Council}",
        "{kind: accountable to, agency: Council, role: scrutineer}",
        21,
        "A line leads to one end.",
    ),
    ("{kind: accountable to, agency: Council}", "{kind: accountable to, board: gruop}", 21, "Did you mean “group”?"),
    (
        "{kind: accountable to, agency: Council}",
        "{kind: accountable to, board: group}",
        38,
        "lines upwards must not lead round",
    ),
    (
        "{kind: accountable to, agency: Council}",
        "{kind: accountable to, board: board}",
        21,
        "Board would be above itself.",
    ),
    ("barred: [scrutiny chair]", "barred: [scrutiny chairs]", 23, "Did you mean “scrutiny chair”?"),
    ("meetings a year: 4", "at least: yes", 24, "It is not said how many meetings."),
    ("meetings a year: 4", "meetings a year: four", 24, "“four” is no number that fits."),
    (
        "months: [4, 7, 10, 1]",
        "months: [4, 7, 10, 13]",
        25,
        "“13” is no number that fits. Write a whole number from 1 to 12.",
    ),
    ("months: [4, 7, 10, 1]", "months: [4, 7, 10, 4]", 25, "a month stands here twice."),
    ("months: [4, 7, 10, 1]", "agenda by month: {14: [Plan]}", 25, "“14” is no month."),
    (
        "among: [Council, Police]",
        "among: [Council, Polic]",
        26,
        "“Polic” is no agency of this file. Did you mean “Police”?",
    ),
    ("by: rotation,", "by: office, months: 24,", 26, "Only a chair in turns or by appointment has a term."),
    ("by: rotation,", "by: election,", 26, "“election” is not known here."),
    ("one from each of Council, Police", "one from each of Council, Fire", 28, "No place carries “Fire”"),
    ("one from each of Council, Police", "nine members", 28, "The rules: "),
    ("quorum: one from", "quorm: one from", 28, "The rules: "),
    (
        "key: police, agency",
        "key: council, agency",
        32,
        "Two places of the board have the key “council”. The first is in line 31.",
    ),
    (
        "key: police, agency: Police,",
        "key: police,",
        32,
        "“agency” is missing here. Only who is in attendance comes from none.",
    ),
    (
        "title: Commander,",
        "title: Commander, in attendance: yes, votes: yes,",
        32,
        "Whoever is in attendance neither votes nor counts.",
    ),
    ("title: Commander,", "title: Commander, post only: yes,", 32, "The place names only a post, so nobody holds it."),
    ("title: Commander,", "title: Commander, from: 2025-06-01, until: 2025-05-01,", 32, "“until” lies before “from”."),
    ("title: Commander,", "title: Commander, from: 2025-06-01 25:00,", 32, "has a time that no clock shows"),
    ("members: [Commander]", "members: [Commander, Inspector]", 32, "Two members hold this place at the same time."),
    (
        "members: [Commander]",
        "members: [{post: Chair of scrutiny, agency: Council}]",
        32,
        "they hold the role “scrutiny chair”",
    ),
    ("members: [Commander]", "members: [{agency: Police}]", 32, "“post” is missing here."),
    ("places: 2", "places: 2, members: [Nurse]", 40, "Of several places alike it is not said whose these are."),
    ("places: 2", "places: 0", 40, "“0” is no number that fits."),
    (
        "post: Chief Executive}]",
        "post: Chief Executive}, {agency: Police, post: Commander}]",
        33,
        "Two people are chair at the same time.",
    ),
    ("    name: Group\n", "    name: Group\n    name: Other\n", 36, "The key “name” stands here twice."),
    ("    kind: group\n", "    kind: [group]\n", 36, "a list stands where one value should."),
    ("  - key: group\n", "  - group\n  - key: group\n", 34, "No group of keys stands here."),
    (
        "    kind: group\n",
        "    kind: group\n    terms: [{until: 2025-05-01}, {from: 2025-05-01}]\n",
        37,
        "Two versions of the terms hold on one day.",
    ),
    ("key: plan-2025", "key: Plan 2025", 4, "Did you mean “plan-2025”?"),
    ("kind: scrutiny chair", "kind: independent scrutiny chair", 15, "Did you mean “scrutiny chair”?"),
    ("kind: statutory", "kind: statutory partnership", 19, "Did you mean “statutory”?"),
    ("{key: police, agency: Police", "{key: police, agency: Seaton Police", 32, "Did you mean “Police”?"),
    ("{key: trust, agency: Trust", "{key: trust, agency: The Trust", 40, "Did you mean “Trust”?"),
    (
        "deputies: [Deputy Commander]",
        "deputies: Superintendent, Inspector",
        32,
        "A text that holds a comma stands in quotes; of several things make a list, in [brackets].",
    ),
    ("deputies: count and vote", "deputies: count and dance", 29, "The rules: "),
]


def problems_of(text):
    with pytest.raises(WrongArrangement) as refused:
        reading.document(text)
    return refused.value.problems


def test_the_file_by_itself_is_right():
    assert reading.document(RIGHT).warnings == []


@pytest.mark.parametrize(("right", "wrong", "line", "told"), MISTAKES, ids=[wrong for _right, wrong, *_ in MISTAKES])
def test_a_mistake_is_said_with_its_line_and_a_remedy(right, wrong, line, told):
    assert right in RIGHT
    problems = problems_of(RIGHT.replace(right, wrong, 1))
    assert told in " ".join(f"{problem.message} {problem.remedy}" for problem in problems)
    assert line in {problem.line for problem in problems if told in f"{problem.message} {problem.remedy}"}
    assert all(problem.message and problem.message.endswith((".", "…")) for problem in problems)


def test_a_rule_that_names_the_chair_finds_whoever_is_in_it():
    text = RIGHT.replace("one from each of Council, Police", "two members, including the chair")
    assert reading.document(text).warnings == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    chairs: [{agency: Council, post: Chief Executive}]\n", ""),
        ("chairs: [{agency: Council, post: Chief Executive}]", "chairs: [{agency: Trust, post: Nurse}]"),
        ("including the chair", "including the vice-chair"),
    ],
)
def test_while_nobody_is_known_in_the_chair_loading_warns_and_says_what_to_write(right, wrong):
    text = RIGHT.replace("one from each of Council, Police", "two members, including the chair").replace(right, wrong)
    part = "vice-chair" if "vice" in wrong else "chair"
    found = [warning for warning in reading.document(text).warnings if "No place carries" in warning.message]
    (warning,) = found
    assert warning.message == f"The rules: No place carries “{part}”: this can never be met."
    assert "Write who it is under “chairs”, by the post and agency of the member of a place" in warning.remedy
    assert f"“classes: [{part}]”" in warning.remedy
    by_hand = text.replace("title: Chief Executive, members", f"title: Chief Executive, classes: [{part}], members")
    assert reading.document(by_hand).warnings == []


def test_two_statutory_partners_where_there_are_three_are_refused():
    text = RIGHT.replace("one from each of Council, Police", "one from each of the two statutory partners")
    for kind in ("local authority", "police", "health"):
        text = text.replace(f"[{kind}]", f"[{kind}, statutory partner]")
    text = text.replace(
        "    chairs:", "      - {key: trust, agency: Trust, title: Nurse, members: [Nurse]}\n    chairs:"
    )
    (problem,) = problems_of(text)
    assert problem.line == 28
    assert "the rule says two, and three statutory partners have a place." in problem.message
    assert reading.document(text.replace("the two statutory", "the three statutory")).warnings == []


def test_a_board_that_is_written_by_its_name_is_one_mistake():
    (problem,) = problems_of(RIGHT.replace("board: board, what", "board: The Board, what"))
    assert (problem.line, problem.message) == (38, "“board”: “The Board” cannot be a key here.")
    assert problem.remedy.startswith("Did you mean “the-board”?")


def test_lines_to_a_board_whose_key_cannot_be_one_are_no_mistakes_besides():
    text = RIGHT.replace("- key: board\n", "- key: The Board\n").replace("board: board, what", "board: the-board, what")
    (problem,) = problems_of(text)
    assert (problem.line, problem.message) == (17, "“key”: “The Board” cannot be a key here.")


@pytest.mark.parametrize("gap", ["", "\n\n"])
def test_a_rule_that_is_wrong_is_told_with_its_own_line(gap):
    text = RIGHT.replace("rules: |\n", f"rules: |\n{gap}").replace("count and vote", "count and dance")
    (problem,) = problems_of(text)
    assert problem.line == 29 + len(gap)


@pytest.mark.parametrize("rules", ["quorum: nine members", "'quorum: nine members'"])
def test_a_rule_that_follows_its_key_is_told_with_the_line_of_the_key(rules):
    rules = rules if rules.startswith("'") else f">-\n        {rules}"
    old = RIGHT[RIGHT.index("rules: |") : RIGHT.index("    places:")]
    (problem,) = problems_of(RIGHT.replace(old, f"rules: {rules}\n"))
    assert problem.line == 27


def test_every_mistake_is_said_at_once_in_the_order_of_the_lines():
    text = RIGHT
    made = [("code: SEA", "code: sea"), ("short: Trust, name", "shrot: Trust, name"), ("kind: statutory", "kind: none"),
            ("key: police, agency: Police", "key: police, agency: Plice"), ("places: 2", "places: two")]  # fmt: skip
    for right, wrong in made:
        text = text.replace(right, wrong, 1)
    lines = [problem.line for problem in problems_of(text)]
    assert lines == sorted(lines)
    assert {2, 10, 19, 32, 40} <= set(lines)


@pytest.mark.django_db
def test_nothing_of_a_wrong_file_is_loaded(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(RIGHT.replace("places: 2", "places: two").replace("code: SEA", "code: sea"))
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("load_arrangement", path, stderr=errors)
    assert ended.value.code == 2
    told = errors.getvalue().splitlines()
    assert re.fullmatch(r".*wrong\.yaml, line 2: “code”: .*", told[0])
    assert re.fullmatch(r".*wrong\.yaml, line 40: “places”: .*", told[1])
    assert told[-1] == "2 problems. Nothing was loaded."
    assert not Area.objects.exists()
    assert not Body.objects.exists()


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "Anchors and aliases (& and *) are not read."),
        ("a: " + "[" * 5000, "nested deeper than 12 levels"),
        ("a: " + "{b: " * 5000, "nested deeper than 12 levels"),
        ("".join(f"{'  ' * n}a{n}:\n" for n in range(40)), "nested deeper than 12 levels"),
        ("a: [" + "x, " * 120_000 + "x]", "more than 100,000 values"),
        ("version: !!python/object/apply:os.system [ls]", "is not read"),
        ("version: 1\n---\nversion: 1\n", "A second document begins here."),
        ("- version: 1\n", "must hold keys and values"),
        ("", "must hold keys and values"),
        ("? [a]\n: b\n", "A key must be a text."),
        ("version: [1", "This is no YAML"),
        ("\tversion: 1", "This is no YAML"),
        ("version: 1\x00", "This is no YAML"),
        ("a: '" + "x" * 2_000_001 + "'", "more than 2,000,000 bytes"),
    ],
    ids=[
        "aliases", "lists", "keys", "indents", "values", "tag", "two", "list", "empty", "key", "open", "tab", "nul",
        "long",
    ],
)  # fmt: skip
def test_a_file_that_is_no_file_of_arrangements_is_refused_with_one_sentence(text, told):
    (problem,) = problems_of(text)
    assert told in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: 1\nb: Keeps safe: always\n", 2, "a colon with a space stands in a text"),
        ("a: 1\n    b: 2\n", 2, "or the line is indented too far"),
        ("a:\n  - {b: 1, c: 2\n  - {b: 3}\n", 2, "what a brace or bracket opens here is not closed"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "what a brace or bracket opens here is not closed"),
        ("a: 1\nb: {c: d\n", 2, "what a brace or bracket opens here is not closed"),
        ("a: 1\nb: 'c\nd: 2\n", 2, "a quote opens here and is not closed"),
        ('a: 1\nb: "c\nd: 2\n', 2, "a quote opens here and is not closed"),
        ("a: 1\nb: @c\n", 2, "a text that begins with a special character"),
        ("a:\n\tb: 1\n", 2, "a tab"),
    ],
)
def test_a_slip_of_the_pen_is_told_in_plain_words_where_it_was_made(text, line, told):
    (problem,) = problems_of(text)
    assert problem.message.startswith("This is no YAML: ")
    assert told in problem.message
    assert problem.line == line
    assert problem.remedy


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(WrongArrangement, match="50,000,000 bytes, and at most 2,000,000 are read") as refused:
        reading.read(path)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"version: 1\nname: \xff\n", "line 2: The file is no text in UTF-8."), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, told):
    path = tmp_path / "file.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongArrangement) as refused:
        reading.read(path)
    assert told in str(refused.value)


def test_quotes_and_a_mark_at_the_beginning_make_no_difference(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + RIGHT.replace("version: 1", 'version: "1"').encode())
    assert reading.read(path).first_day.year == 2025


@pytest.mark.parametrize("value", ["not stated", "Not stated", "'not stated'"])
def test_not_stated_is_the_same_as_leaving_a_key_out(value):
    said = reading.document(RIGHT.replace("meetings a year: 4", f"meetings a year: {value}")).boards[0]
    left_out = reading.document(RIGHT.replace("      meetings a year: 4\n", "")).boards[0]
    assert said.entries("terms")[0].values.keys() == left_out.entries("terms")[0].values.keys()
    assert "meetings a year" not in said.entries("terms")[0]


class TestWarnings:
    """What can be loaded, and what somebody should know."""

    def test_terms_that_todays_vacancies_make_unreachable(self):
        (warning,) = reading.document(RIGHT.replace("members: [Commander],", "members: [],")).warnings
        assert "Board cannot be quorate" in warning.message
        assert warning.line == 27

    def test_a_rotation_that_is_overdue(self):
        text = RIGHT.replace("by: rotation,", "by: rotation, months: 12,")
        (warning,) = reading.document(text, today=reading.document(RIGHT).first_day.replace(year=2026)).warnings
        assert (warning.line, warning.message) == (
            33, "The chair has sat longer than 12 months, counted from 1 April 2025.",
        )  # fmt: skip
        assert reading.document(text, today=reading.document(RIGHT).first_day.replace(month=12)).warnings == []

    @pytest.mark.django_db
    def test_a_predecessor_that_is_not_here(self):
        text = RIGHT.replace("kind: statutory", "kind: statutory\n    succeeds: [old-board]")
        (warning,) = files.load_text(text).warnings
        assert warning.message.startswith("“old-board” is no board here")


@pytest.mark.django_db
class TestAgainstWhatIsThere:
    """A file that contradicts what is loaded already."""

    @pytest.fixture(autouse=True)
    def there(self):
        files.load_text(RIGHT)

    def refused(self, text):
        before = files.structure()
        with pytest.raises(WrongArrangement) as wrong:
            files.load_text(text)
        assert files.structure() == before
        return str(wrong.value)

    def test_another_area_with_the_same_code(self):
        text = RIGHT.replace("key: seaton, name: Seaton", "key: sidmouth, name: Sidmouth")
        assert "line 2: There is an area Seaton with the code SEA" in self.refused(text)

    def test_the_area_under_another_name(self):
        assert "is here as Seaton with the code SEA" in self.refused(RIGHT.replace("name: Seaton,", "name: Seatown,"))

    def test_another_edition_from_the_same_day(self):
        assert "applies from the same day" in self.refused(RIGHT.replace("key: plan-2025", "key: plan-b"))

    def test_an_older_edition_that_would_go_on_into_a_newer_one(self):
        older = RIGHT.replace("key: plan-2025", "key: plan-2020").replace("2025-04-01", "2020-04-01")
        told = self.refused(older)
        assert "“Plan of 2025” applies from 1 April 2025" in told
        assert "Write “applies until: 2025-03-31”, or an earlier day." in told

    def test_a_name_that_means_another_agency_here(self):
        text = RIGHT.replace("also called: [SBC]", "also called: []").replace(
            "name: Seaton Police,", "name: Seaton Police, also called: [SBC],"
        )
        assert "“SBC” means “Council” here already." in self.refused(text)

    def test_a_board_that_goes_on_has_no_successor(self):
        Body.objects.create(area=Area.objects.get(), name="Other", short_name="Other", slug="other", kind="group")
        told = self.refused(RIGHT.replace("kind: statutory", "kind: statutory\n    succeeds: [other]"))
        assert "“Other” goes on, so nothing came after it." in told
