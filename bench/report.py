"""What was found, beside what is wanted: one table, and whether anything was missed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line: what was measured, what came out, and the most that it may be (None: reported only)."""

    what: str
    found: float
    limit: float | None
    shown: str = ""
    aim: float | None = None

    @property
    def is_missed(self):
        return self.limit is not None and self.found > self.limit

    @property
    def word(self):
        """The verdict in a word."""
        if self.limit is None:
            return "reported"
        if self.is_missed:
            return "MISSED"
        return "met, and the aim" if self.aim is not None and self.found <= self.aim else "met"


def ratio(what, ratios, limit=None, aim=None):
    """A multiple of a floor, by the clock and on the processor: the worse of both decides."""
    clock, processor = ratios
    worse = max(clock.middle, processor.middle)
    return Finding(what, worse, limit, f"{clock}   {processor}", aim)


def same(what, one, other):
    """Two numbers that have to be equal: their difference is what was found, and it may be nothing."""
    return Finding(what, abs(one - other), 0, f"{one} and {other}")


def table(findings):
    """The findings as lines of text."""
    rows = [
        (one.what, one.shown or f"{one.found:g}", _number(one.limit), _number(one.aim), one.word) for one in findings
    ]
    rows.insert(0, ("What", "Found (least – middle – most; clock, processor)", "At most", "Aim", "Verdict"))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def _number(value):
    return "" if value is None else f"{value:g}"
