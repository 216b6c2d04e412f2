"""Reading YAML with places: what stands wrong is named with its line, and with what was expected there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

import yaml

T = TypeVar("T")
TRUE = {"yes", "true", "on"}
LONGEST_FILE = 500_000
LONGEST_SHOWN = 60
FALSE = {"no", "false", "off"}


class FileError(ValueError):
    """
    The file is no scenario file: the line, what is wrong there, and what was expected.

    Of a rule that cannot be read it is not an expected value that is known, but a ``remedy``, which is a sentence.
    """

    def __init__(self, line: int, message: str, expected: str = "", column: int = 1, remedy: str = ""):
        self.line, self.column, self.message, self.expected = line, column, message, expected or remedy
        mending = f" Expected {expected}." if expected else f" {remedy}" if remedy else ""
        super().__init__(f"line {line}: {message}{mending}")


def shown(word: str) -> str:
    """``word`` as a message shows it: the beginning of a long one."""
    return word if len(word) <= LONGEST_SHOWN else f"{word[:LONGEST_SHOWN]} …"


@dataclass(frozen=True)
class Value:
    """A value of the file with its place. Nothing is converted before somebody says what it should be."""

    node: yaml.Node

    @property
    def line(self) -> int:
        """The line, from 1."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, message: str, expected: str = "") -> FileError:
        """The error at this place."""
        return FileError(self.line, message, expected, int(self.node.start_mark.column) + 1)

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_map(self) -> bool:
        """Whether keys with values stand here."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.value in ("", "~", "null") and not self.node.style

    def text(self, expected: str = "text") -> str:
        """The text that stands here."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_empty:
            raise self.wrong(f"{self.what()} stands where one value should.", expected)
        return str(self.node.value).strip()

    def what(self) -> str:
        """What kind of thing stands here."""
        return (
            "A list" if self.is_list else "A group of keys" if self.is_map else "Nothing" if self.is_empty else "Text"
        )

    def flag(self) -> bool:
        """Yes or no."""
        word = self.text("yes or no").casefold()
        if word not in TRUE | FALSE:
            raise self.wrong(f"“{shown(word)}” is neither yes nor no.", "yes or no")
        return word in TRUE

    def number(self, least: int = 0, most: int = 500) -> int:
        """A whole number from ``least`` to ``most``."""
        word = self.text("a whole number")
        if not re.fullmatch(r"[0-9]{1,6}", word) or not least <= int(word) <= most:
            raise self.wrong(f"“{shown(word)}” is no number that fits.", f"a whole number from {least} to {most:,}")
        return int(word)

    def choice(self, words: dict[str, T]) -> T:
        """One of the words."""
        word = self.text(" or ".join(words)).casefold()
        if word not in words:
            raise self.wrong(f"“{shown(word)}” is not known here.", " or ".join(words))
        return words[word]

    def day(self) -> dt.date:
        """A date, 2025-01-21."""
        word = self.text("a date such as 2025-01-21")
        try:
            return dt.date.fromisoformat(word)
        except ValueError as error:
            raise self.wrong(f"“{shown(word)}” is no date.", "a date such as 2025-01-21") from error

    def moment(self, day: dt.date) -> dt.datetime:
        """A time of ``day`` (14:32), or a date with a time (2025-01-20 15:00)."""
        word = self.text("a time such as 14:32")
        try:
            if len(word) <= 5:
                return dt.datetime.combine(day, dt.time.fromisoformat(word.rjust(5, "0")))
            return dt.datetime.fromisoformat(word)
        except ValueError as error:
            raise self.wrong(f"“{shown(word)}” is no time.", "a time such as 14:32, or 2025-01-20 15:00") from error

    def items(self, expected: str = "a list") -> list[Value]:
        """The values of a list; a single value is a list of one."""
        if isinstance(self.node, yaml.SequenceNode):
            return [Value(node) for node in self.node.value]
        if self.is_empty:
            return []
        if self.is_map:
            raise self.wrong("A group of keys stands where a list should.", expected)
        return [self]

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items("a list of names"))

    def pairs(self, expected: str) -> list[tuple[str, Value]]:
        """The keys with their values, in order; a key that stands twice is wrong."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"{self.what()} stands where keys should.", expected)
        found: dict[str, Value] = {}
        for key, value in self.node.value:
            name = Value(key).text("the name of a key")
            if name in found:
                raise Value(key).wrong(f"The key “{shown(name)}” stands twice.", "each key once")
            found[name] = Value(value)
        return list(found.items())

    def keys(self, allowed: tuple[str, ...]) -> dict[str, Value]:
        """The keys with their values, all of them among ``allowed``; ``some_key`` and ``some key`` are the same."""
        out = {}
        for name, value in self.pairs(f"keys: {', '.join(allowed)}"):
            plain = name.replace("_", " ").replace("-", " ").casefold()
            if plain not in allowed:
                close = get_close_matches(plain, allowed, n=1)
                hint = f"“{close[0]}”" if close else f"one of: {', '.join(allowed)}"
                raise FileError(value.line, f"The key “{shown(name)}” is not known here.", hint)
            out[plain] = value
        return out


def compose(text: str) -> Value:
    """The whole file as one value. Raises :class:`FileError` where it is no YAML."""
    if len(text) > LONGEST_FILE:
        message = f"The file has more than {LONGEST_FILE:,} characters."
        raise FileError(1, message, "a shorter file, or several")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise FileError(
            1, "The file is nested too deep.", "keys and values, as the page on quorum shows them"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = (error.problem or "it cannot be read").capitalize()
        raise FileError(line, f"This is no YAML: {problem}.", "keys and values, indented alike") from error
    except yaml.YAMLError as error:
        raise FileError(1, "This is no YAML: it holds characters that no text has.", "a text file") from error
    if node is None:
        raise FileError(1, "The file is empty.", "the keys version, terms, seats and scenarios")
    return Value(node)


def maybe(values: dict[str, Value], key: str, read: Callable[[Value], T], otherwise: T) -> T:
    """What stands under ``key``, read, or ``otherwise``."""
    return read(values[key]) if key in values else otherwise
