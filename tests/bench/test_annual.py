"""The measurement of the annual report: what it makes of its samples, and that it sees all processes of a program."""

import sys

from bench import annual

COLD = {"clock": 3.0, "processor": 1.5, "memory": 100.0}
BROWSER = {"clock": 2.0, "processor": 1.5, "memory": 500.0}
FOUND = {
    "job": [{"clock": 1.0, "processor": 0.9}, {"clock": 1.2, "processor": 1.1}, {"clock": 1.1, "processor": 1.0}],
    "bare": [{"clock": 1.0, "processor": 1.0}] * 3,
    "cold": [COLD],
    "chromium": [BROWSER],
    "without picture": [{"clock": 1.0, "processor": 1.0}] * 3,
    "with picture": [{"clock": 1.1, "processor": 1.0}] * 3,
    "pages": 30,
    "memory": 110.0,
    "many": {"number": 10, "seconds": 5.5},
}
# A parent that waits for a child which computes: what a browser and its processes are to us.
FAMILY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = 0\\nfor n in range(6_000_000): x += n'])"


def test_each_figure_is_a_multiple_of_its_floor():
    found = {one.what: round(one.found, 3) for one in annual.findings(FOUND)}
    assert found["report, warm job / bare WeasyPrint kept"] == 1.1
    assert found["report, warm job, ms a page where the bare library takes 26"] == 28.6
    assert found["report, warm job / cold Chromium, clock"] == 0.55
    assert found["report, cold layout / cold Chromium, clock"] == 1.5
    assert found["report, cold layout / cold Chromium, memory"] == 0.2
    assert found["reports on two workers / bare WeasyPrint, half the time"] == 1.1
    assert found["report with an upload of 12 MB / without"] == 1.1


def test_a_floor_that_is_not_here_is_left_out():
    found = {one.what for one in annual.findings({**FOUND, "chromium": [None], "many": None})}
    assert not {what for what in found if "Chromium" in what or "two workers" in what}


def test_it_counts_what_children_of_a_program_use():
    used = annual.apart([sys.executable, "-c", FAMILY])
    assert used["processor"] > 0.1
    assert used["memory"] > 5_000_000
    assert used["clock"] > used["processor"] / 4
