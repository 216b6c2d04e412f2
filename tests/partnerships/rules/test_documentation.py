"""Every example of the documentation does what the page says."""

import re
from pathlib import Path

from partnerships.rules import parse_terms
from partnerships.rules.scenarios import load, run

PAGE = (Path(__file__).parents[3] / "docs" / "quorum.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, flags=re.DOTALL)


def yaml_blocks():
    return [text for kind, text in BLOCKS if kind == "yaml"]


def test_its_first_file_passes():
    assert [run(scenario).differences for scenario in load(yaml_blocks()[0])] == [(), ()]


def test_every_worked_example_comes_out_as_it_says():
    head = yaml_blocks()[1]
    examples = "".join(text for text in yaml_blocks()[2:])
    scenarios = load(f"{head}scenarios:\n" + re.sub("^", "  ", examples, flags=re.MULTILINE))
    assert len(scenarios) > 45
    assert {scenario.name: run(scenario).differences for scenario in scenarios if run(scenario).differences} == {}


def test_its_statements_are_read():
    plain = [text for kind, text in BLOCKS if not kind and text.startswith("quorum:")]
    assert [len(parse_terms(text).statements) for text in plain] == [7]


def test_the_line_that_it_shows_is_what_the_command_prints():
    shown = next(text for kind, text in BLOCKS if not kind and "manage.py" in text)
    for scenario in load(yaml_blocks()[0]):
        assert run(scenario).words in shown
