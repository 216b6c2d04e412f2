"""Runs named commands side by side, keeps what each says, and stops all of them together."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ENDS_WITHIN = 10  # seconds between asking a step to end and ending it


@dataclass(frozen=True)
class Step:
    """One command with a name for people. ``shows`` is how many of its closing lines the summary repeats."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    shows: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a step ended: its exit code, its time in seconds and everything it printed."""

    step: Step
    code: int
    seconds: float
    output: str

    @property
    def closing_lines(self):
        """The last lines that the step printed, as many as it wants shown."""
        lines = self.output.rstrip().splitlines()
        return lines[len(lines) - self.step.shows :] if self.step.shows else []


class Runner:
    """Runs steps, each in a process group of its own, so that stopping one leaves nothing of it behind."""

    def __init__(self, folder, env, say=print):
        self.folder = Path(folder)
        self.env = env
        self.say = say
        self.running = {}
        self.stopped = threading.Event()

    def run(self, step):
        """Run ``step`` to its end and report it; None when the run was stopped before."""
        if self.stopped.is_set():
            return None
        began = time.monotonic()
        log = self.folder / f"{step.name.replace('/', '-')}.log"
        with log.open("w") as sink:
            process = subprocess.Popen(
                step.command,
                env=self.env | step.env,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self.running[step.name] = process
            code = process.wait()
            del self.running[step.name]
        outcome = Outcome(step, code, time.monotonic() - began, log.read_text(errors="replace"))
        if not self.stopped.is_set():
            self.report(outcome)
        return outcome

    def report(self, outcome):
        """One line for a step that passed; for one that failed, all that it printed."""
        if outcome.code:
            self.say(f"\n----- {outcome.step.name}: failed -----\n{outcome.output.rstrip()}\n")
        self.say(f"{'FAILED' if outcome.code else 'ok':<7}{outcome.seconds:6.1f} s  {outcome.step.name}")

    def run_lanes(self, lanes):
        """Run the ``lanes`` beside each other, the steps of a lane one after another; return every outcome."""
        with ThreadPoolExecutor(len(lanes)) as pool:
            futures = [pool.submit(lambda steps: [self.run(step) for step in steps], lane) for lane in lanes]
            try:
                return [outcome for future in futures for outcome in future.result() if outcome]
            except BaseException:
                self.stop()
                raise

    def stop(self):
        """End every running step with all that it started."""
        self.stopped.set()
        running = list(self.running.values())
        for process in running:
            signal_group(process, signal.SIGINT)
        deadline = time.monotonic() + ENDS_WITHIN
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0, deadline - time.monotonic()))
            signal_group(process, signal.SIGKILL)


def signal_group(process, number):
    """Send ``number`` to the process and its descendants; nothing happens when they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def summary(outcomes, seconds):
    """The closing page: each step with its time, the longest first, then the closing lines that were asked for."""
    width = max(len(outcome.step.name) for outcome in outcomes)
    ordered = sorted(outcomes, key=lambda outcome: -outcome.seconds)
    lines = [f"\nWhat ran, in {seconds:.0f} seconds:"]
    lines += [f"  {o.step.name:<{width}}  {o.seconds:6.1f} s  {'FAILED' if o.code else 'ok'}" for o in ordered]
    for outcome in outcomes:
        if outcome.step.shows:
            lines += [f"\n{outcome.step.name}:", *outcome.closing_lines]
    return "\n".join(lines)
