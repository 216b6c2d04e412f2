"""What is wrong with a rule that somebody typed: where, why, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth a second look. Line and column count from 1; 0 is "the text as a whole"."""

    line: int
    column: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"Line {self.line}, column {self.column}: " if self.line else ""
        return f"{where}{self.message}{' ' + self.remedy if self.remedy else ''}"


class RuleError(ValueError):
    """The text is not a rule. ``problems`` says where and what would mend it."""

    def __init__(self, problems: tuple[Problem, ...]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
