"""docs/arrangement-file.md says what the portal reads: its examples are loaded, its tables are those of the keys."""

import datetime as dt
import re
from pathlib import Path

import pytest

from partnerships.arrangements import dumping, keys, reading, source
from partnerships.models import Appointment, Arrangement, Body, Chairing, Line, Office, Seat, TermsOfReference
from tests.partnerships.arrangements import files

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "arrangement-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
NEEDED = "**needed**"


def section(heading):
    """The text under a heading, up to the next."""
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"The document has no section “{heading}”."
    return found[1]


def rows(heading):
    """The rows of the table of a section: key to (value, what holds if it is left out)."""
    found = re.findall(r"^\| `([^`]+)` \| (.+) \| ([^|]+) \|$", section(heading), re.MULTILINE)
    return {key: (value, left_out) for key, value, left_out in found}


@pytest.mark.parametrize(("heading", "known"), keys.SECTIONS.items(), ids=list(keys.SECTIONS))
def test_a_table_has_the_keys_that_are_read_and_no_others(heading, known):
    found = rows(heading)
    assert list(found) == list(known)
    assert {key for key, (_value, left_out) in found.items() if left_out == NEEDED} == {
        key for key, one in known.items() if one.required
    }


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        (heading, key)
        for heading, known in keys.SECTIONS.items()
        for key, one in known.items()
        if "one of:" in one.words
    ],
)
def test_a_table_has_every_word_that_can_be_chosen(heading, key):
    value, _left_out = rows(heading)[key]
    for word in keys.SECTIONS[heading][key].words.removeprefix("one of: ").split(", "):
        assert f"`{word}`" in value or "[specified role" in value


@pytest.mark.parametrize(("heading", "known"), keys.SECTIONS.items(), ids=list(keys.SECTIONS))
def test_a_table_gives_the_length_of_each_text(heading, known):
    for key, one in known.items():
        length = re.search(r"text of at most ([\d,]+) characters|each of at most ([\d,]+) characters", one.words)
        value, _left_out = rows(heading)[key]
        if length and not value.startswith(("agency", "agencies")):
            assert f", {length[1] or length[2]}" in value, key


def test_the_bounds_are_those_that_are_kept():
    assert f"{source.LONGEST_FILE:,} bytes, {source.DEEPEST} levels and {source.MOST_VALUES:,} values" in " ".join(
        TEXT.split()
    )


@pytest.mark.django_db
def test_the_first_example_does_what_the_document_says():
    loaded = files.load_text(EXAMPLES[0])
    printed = re.search(r"--dry-run\n(.*?)\n\d+ changes would be made", TEXT, re.DOTALL)[1]
    assert loaded.changes == printed.splitlines()
    assert f"{len(loaded.changes)} changes would be made" in TEXT
    assert files.load_text(EXAMPLES[0]).changes == []


@pytest.mark.django_db
class TestTheCompleteExample:
    @pytest.fixture(autouse=True)
    def loaded(self, monkeypatch):
        """Loaded in the year for which it is written: later on its chair has sat for longer than a turn."""
        monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))
        return files.load_text(EXAMPLES[1])

    def test_it_is_loaded_without_warnings_and_a_second_time_without_changes(self, loaded):
        assert loaded.warnings == []
        assert files.load_text(EXAMPLES[1]).changes == []

    def test_it_has_one_of_everything(self):
        document = reading.document(EXAMPLES[1])
        used = {heading: set() for heading in keys.SECTIONS}

        def note(heading, entry):
            used[heading] |= set(entry.values)

        note("The file", document.file)
        note("Arrangement", document.arrangement)
        for entry in document.agencies:
            note("Agency", entry)
        for board in document.boards:
            note("Board", board)
            for terms in board.entries("terms"):
                note("Terms", terms)
            for place in board.entries("places"):
                note("Place", place)
        left = {heading: set(keys.SECTIONS[heading]) - words for heading, words in used.items() if words}
        assert left == {
            "The file": set(),
            "Arrangement": {"applies until", "in force until"},
            "Agency": {"note"},
            "Board": {"closed", "succeeds"},
            "Terms": {"frequency", "months are usual", "public note", "papers note", "summary"},
            "Place": {"counts", "post only", "from", "until"},
        }

    def test_what_came_of_it(self):
        partnership = Body.objects.get(slug="partnership")
        assert partnership.seats.count() == 9
        assert partnership.seats.filter(in_attendance=True).get().title == "Lay member"
        assert set(partnership.seats.exclude(number="").values_list("key", "number")) == {
            ("icb-1", "at most"), ("icb-2", "at most"), ("schools", "assumed"),
        }  # fmt: skip
        assert [str(one.person) for one in Appointment.objects.filter(seat__key="police").order_by("starts_at")] == [
            "Chief Superintendent", "Chief Superintendent for the coast",
        ]  # fmt: skip
        first, second = Chairing.objects.order_by("starts_at")
        assert first.ends_at == second.starts_at
        assert list(partnership.terms.order_by("starts_on").values_list("edition", "meetings_a_year", "at_least")) == [
            ("Eastport Safeguarding Arrangements 2025", 4, False), ("Amendment of October 2025", 6, True),
        ]  # fmt: skip
        assert Body.objects.get(slug="review-group").reports_to == partnership
        assert Office.objects.filter(kind="scrutineer").get().person.post == "Independent scrutineer"
        assert Line.objects.count() == 4
        assert not Seat.objects.get(key="schools").appointments.exists()
        assert TermsOfReference.objects.get(body__slug="exploitation-project").rules == ""

    def test_it_is_the_same_after_it_was_written(self):
        edition = Arrangement.objects.get()
        before, text = files.structure(), dumping.dump(edition)
        assert files.load_text(text).changes == []
        assert files.structure() == before
        assert dumping.dump(edition) == text


def test_the_mistakes_that_the_document_shows_are_told_so():
    text = EXAMPLES[0].replace("kind: statutory", "knd: statutory").replace("agency: Police,", "agency: Polic,")
    shown = re.search(r"^```\n(seaton\.yaml, line .*?)^(\d+) problems", TEXT, re.MULTILINE | re.DOTALL)
    with pytest.raises(source.WrongArrangement) as wrong:
        reading.document(text)
    assert [f"seaton.yaml, {problem}" for problem in wrong.value.problems] == shown[1].splitlines()
    assert int(shown[2]) == len(wrong.value.problems)
