"""The scenario files: all of ours pass, and what is wrong with a file is named with its line."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from partnerships.rules.scenarios import FileError, load, run

FILES = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
EVERY = [(path.stem, scenario) for path in FILES for scenario in load(path.read_text(encoding="utf-8"))]
SMALL = """version: 1
terms: |
  quorum: two members
seats:
  - {seat: a, agency: North}
  - {seat: b, agency: East, deputies: yes}
scenarios:
  - name: both
    present: [a, deputy of b]
    expect: VERDICT
"""


@pytest.mark.parametrize(("stem", "scenario"), EVERY, ids=[f"{stem}: {scenario.name}" for stem, scenario in EVERY])
def test_every_rule_of_the_sources_judges_as_expected(stem, scenario):
    assert run(scenario).differences == ()


def test_the_sources_of_all_years_are_there():
    assert {path.stem for path in FILES} >= {
        "safeguarding-partnership-2024", "safer-mk-2024", "health-and-care-2024", "working-groups-2024", "bodies-2017",
    }  # fmt: skip
    assert len(EVERY) > 60


@pytest.fixture
def small(tmp_path):
    def write(text):
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_it_prints_a_line_a_scenario_and_ends_well(small, capsys):
    call_command("quorum_check", small(SMALL.replace("VERDICT", "quorate")))
    assert capsys.readouterr().out == (
        "ok    both: Quorate: 2 members are here, two are needed.\n1 scenarios, 0 not as expected.\n"
    )


def test_it_ends_with_one_when_a_verdict_differs(small, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("quorum_check", small(SMALL.replace("VERDICT", "not quorate")))
    assert ended.value.code == 1
    assert "WRONG both" in (out := capsys.readouterr().out)
    assert "[line 10: verdict: expected not quorate, got quorate]" in out


def test_it_speaks_json_to_machines(small, capsys):
    call_command("quorum_check", small(SMALL.replace("VERDICT", "quorate")), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["passed"], said["failed"]) == (1, 1, 0)
    assert said["scenarios"][0]["verdict"] == "quorate"
    assert said["scenarios"][0]["judgement"]["counted"][1]["capacity"] == "deputy"


def test_it_ends_with_two_when_the_file_is_wrong(small, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("quorum_check", small(SMALL.replace("VERDICT", "perhaps")))
    assert ended.value.code == 2
    assert (
        "rules.yaml, line 10: “perhaps” is not known here. Expected quorate or not quorate" in capsys.readouterr().err
    )
    with pytest.raises(SystemExit) as ended:
        call_command("quorum_check", "/nowhere/rules.yaml", "--json")
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["error"]["line"] == 1


WRONG = {
    "": (1, "empty"),
    "a: [": (1, "no YAML"),
    "terms: x": (1, "version"),
    "version: 2": (1, "Version 2"),
    "version: 1": (1, "no scenarios"),
    "version: 1\nversion: 1": (2, "twice"),
    "version: 1\nsets: []": (2, "“sets” is not known"),
    SMALL.replace("VERDICT", "{verdikt: quorate}"): (10, "verdikt"),
    SMALL.replace("two members", "two members from"): (3, "stops before"),
    SMALL.replace("[a, deputy of b]", "[a, c]"): (9, "Nobody is called “c”"),
    SMALL.replace("seat: b, ", "seat: a, "): (6, "two seats"),
    SMALL.replace("    expect: VERDICT\n", ""): (8, "expects nothing"),
    SMALL.replace("name: both", "about: both"): (8, "no name"),
    SMALL.replace("present: [a", "date: tomorrow\n    present: [a"): (9, "no date"),
    SMALL.replace("present: [a", 'at: "25:00"\n    present: [a'): (9, "no time"),
    SMALL.replace("deputies: yes", "places: many"): (6, "no number"),
    SMALL.replace("deputies: yes", "votes: perhaps"): (6, "neither yes nor no"),
    SMALL.replace("deputies: yes", "deputies: 99999999999"): (6, "no number"),
    SMALL.replace("agency: East", "places: 10000"): (6, "no number"),
    SMALL.replace("agency: East", "places: 500"): (6, "more than 500 seats"),
    SMALL.replace("expect:", "votes: {for: [{}]}\n    expect:"): (10, "not said who votes"),
    SMALL.replace("[a, deputy of b]", "[" * 3000 + "]" * 3000): (1, "nested too deep"),
    f"# {'x' * 500_000}": (1, "more than 500,000 characters"),
    SMALL.replace("[a, deputy of b]", "[a, {seat: b, from: noon}]"): (9, "no time"),
    SMALL.replace("[a, deputy of b]", "[a, {seat: z}]"): (9, "no seat"),
    SMALL.replace("[a, deputy of b]", '[a, {seat: b, intervals: ["9 to 5"]}]'): (9, "no interval"),
}


@pytest.mark.parametrize(("text", "wrong"), WRONG.items(), ids=[words for _line, words in WRONG.values()])
def test_it_says_where_a_file_is_wrong_and_what_was_expected(text, wrong):
    with pytest.raises(FileError) as refused:
        load(text.replace("VERDICT", "quorate"))
    line, words = wrong
    assert refused.value.line == line
    assert words in refused.value.message
    assert refused.value.expected


def test_of_a_rule_that_cannot_be_read_it_says_the_remedy_as_a_sentence():
    rule = next(line for line in SMALL.splitlines() if "quorum:" in line)
    with pytest.raises(FileError) as refused:
        load(SMALL.replace("VERDICT", "quorate").replace(rule, f"{rule} five"))
    assert "Expected" not in str(refused.value)
    assert str(refused.value).endswith(f". {refused.value.expected}")
    assert refused.value.expected.endswith(".")


def test_a_list_of_times_may_be_expected_of_a_meeting_without_any():
    (scenario,) = load(SMALL.replace("VERDICT", '{quorate from: ["10:00-"]}'))
    assert [difference.got for difference in run(scenario).differences] == ["none"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"a: &a [*a]",
        b"version: 1\nversion: 1",
        b"[1, 2]",
        b"!!python/name:os.system x",
        b"x" * 5_000_000,
    ],
    ids=["empty", "binary", "a cycle", "a key twice", "a list", "a tag", "five megabytes"],
)
def test_whatever_the_file_holds_it_ends_with_two_and_a_sentence(content, tmp_path, capsys):
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command("quorum_check", str(path))
    assert ended.value.code == 2
    assert f"{path}, line 1" in (said := capsys.readouterr().err) or "line 2" in said
    assert "Expected" in said


def test_several_moments_may_be_expected_of_one_scenario():
    text = SMALL.replace("deputy of b]", "{seat: b, until: '14:32'}]").replace(
        "VERDICT", "[{at: '14:31', verdict: quorate}, {at: '14:32', verdict: quorate}]"
    )
    (scenario,) = load(text)
    assert [difference.got for difference in run(scenario).differences] == ["not quorate"]
