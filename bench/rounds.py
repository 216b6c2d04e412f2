"""Measuring in turn: A B C A B C …, so that whatever else the machine does falls on all of them alike."""

import gc
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True)
class Series:
    """One request that is made again and again; ``data`` gives the form of the nth time where it changes things."""

    name: str
    server: object
    path: str
    session: str
    data: object = None
    accept: str = "text/html"

    def ask(self, number):
        """Make the request for the ``number``th time."""
        data = self.data(number) if self.data else None
        return self.server.ask(self.path, session=self.session, data=data, accept=self.accept)


@dataclass(frozen=True)
class Ratio:
    """How many times the floor: over paired rounds, the least, the middle and the most."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, ours, floors):
        """From the rounds of both sides, each a list of samples: the median of each round, paired, divided."""
        paired = [median(one) / median(other) for one, other in zip(ours, floors, strict=True)]
        return cls(min(paired), median(paired), max(paired))

    def __str__(self):
        return f"{self.low:.2f} – {self.middle:.2f} – {self.high:.2f}"


class Samples:
    """What was measured: for each series and round, seconds by the clock and on the processor."""

    def __init__(self, names):
        self.clock = {name: [] for name in names}
        self.processor = {name: [] for name in names}

    def begin_round(self):
        for found in (self.clock, self.processor):
            for rounds in found.values():
                rounds.append([])

    def ratio(self, ours, floors):
        """Clock and processor of the series ``ours`` as a multiple of the series ``floors``."""
        return (
            Ratio.of(self.clock[ours], self.clock[floors]),
            Ratio.of(self.processor[ours], self.processor[floors]),
        )


def measure(series, *, rounds, sweeps, warm_up=8):
    """Ask all ``series`` in turn, ``sweeps`` times in each of ``rounds`` rounds."""
    for number in range(warm_up):
        for one in series:
            _checked(one, number)
    samples = Samples([one.name for one in series])
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            samples.begin_round()
            for sweep in range(sweeps):
                _sweep(series, samples, number * sweeps + sweep)
    finally:
        gc.enable()
    return samples


def _sweep(series, samples, number):
    """
    One request of each series.

    A worker still tidies up when its answer has left. Its processor is therefore read before a request and again
    before the next one to the same server, by when the other server has answered in between.
    """
    read = []
    for one in series:
        read.append((one.name, one.server, one.server.processor_seconds()))
        samples.clock[one.name][-1].append(_checked(one, number).seconds)
    for server in {id(server): server for _name, server, _seconds in read}.values():
        own = [(name, seconds) for name, of, seconds in read if of is server]
        own.append(("", server.processor_seconds()))
        for (name, before), (_next, after) in pairwise(own):
            samples.processor[name][-1].append(after - before)


def _checked(series, number):
    answer = series.ask(number)
    if answer.status != 200:
        raise SystemExit(
            f"{series.name}: {series.path} answered {answer.status}. {answer.body[:300].decode(errors='replace')}"
        )
    return answer
