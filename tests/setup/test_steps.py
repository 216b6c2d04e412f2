"""How the page of result comes about, and that stopping a run leaves nothing behind."""

import os
import sys
import threading
import time

import pytest

from mktogether.setup.steps import Runner, Step, summary

STUBBORN = """
import os, signal, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.SIG_IGN)
Path({mark!r}).write_text(str(os.getpid()))
time.sleep(60)
"""


@pytest.fixture
def said():
    return []


@pytest.fixture
def runner(tmp_path, said):
    return Runner(tmp_path, dict(os.environ), say=said.append)


def sh(name, script, **more):
    return Step(name, ("sh", "-c", script), **more)


def test_it_says_in_a_line_what_passed(runner, said):
    outcome = runner.run(sh("style", "echo all is well"))
    assert outcome.code == 0
    assert said[0].startswith("ok")
    assert "style" in said[0]
    assert "all is well" not in said[0]


def test_it_shows_all_that_a_failed_step_printed(runner, said):
    outcome = runner.run(sh("style", "echo to the one; echo to the other >&2; exit 3"))
    assert outcome.code == 3
    assert "to the one\nto the other" in said[0]
    assert said[1].startswith("FAILED")


def test_it_goes_on_after_a_failure(runner):
    outcomes = runner.run_lanes([[sh("first", "exit 1"), sh("second", "true")], [sh("third", "true")]])
    assert [(each.step.name, each.code) for each in outcomes] == [("first", 1), ("second", 0), ("third", 0)]


def test_lanes_run_beside_each_other(runner, tmp_path):
    """Each waits for the other's file: one after another they would wait for ever."""
    a, b = tmp_path / "a", tmp_path / "b"
    wait = "for i in $(seq 100); do [ -e {there} ] && exit 0; sleep 0.1; done; exit 1"
    lanes = [
        [sh("one", f"touch {a}; {wait.format(there=b)}")],
        [sh("other", f"touch {b}; {wait.format(there=a)}")],
    ]
    assert [outcome.code for outcome in runner.run_lanes(lanes)] == [0, 0]


def test_a_step_has_no_input_and_the_environment_it_was_given(runner):
    outcome = runner.run(sh("ask", 'read answer; echo "[$answer] $PORTAL_STEP"', env={"PORTAL_STEP": "here"}))
    assert outcome.output.strip() == "[] here"


def test_the_summary_closes_with_the_lines_asked_for(runner):
    outcomes = [runner.run(sh("tests", "echo many; echo 7 passed in 1s", shows=1)), runner.run(sh("style", "echo x"))]
    page = summary(outcomes, 12)
    assert page.endswith("tests:\n7 passed in 1s")
    assert "in 12 seconds" in page
    assert "many" not in page


def test_stopping_ends_a_step_with_all_that_it_started(runner, tmp_path):
    mark = tmp_path / "grandchild"
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN.format(mark=str(mark)))
    step = Step("tests", ("sh", "-c", f"{sys.executable} {script} & wait"))
    lane = threading.Thread(target=runner.run, args=(step,))
    lane.start()
    while not (mark.exists() and mark.read_text()):
        time.sleep(0.05)
    runner.stop()
    lane.join(20)
    deadline = time.monotonic() + 5
    while is_running(int(mark.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(int(mark.read_text()))
    assert runner.run(sh("later", "true")) is None


def is_running(pid):
    """Whether ``pid`` still does anything; a child that nobody has waited for yet does not."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except FileNotFoundError:
        return False
