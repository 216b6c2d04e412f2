"""How the values of a file of arrangements are read: each kind of key says what it expects, and tells every mistake."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.text import slugify

from mktogether.lib.partial_days import is_partial_day
from partnerships.arrangements.source import Items, Keys, Node, Problem, Text, nearest, shown

NOT_STATED = "not stated"
YES, NO = ("yes", "true"), ("no", "false")
MONTHS = MappingProxyType({str(number): number for number in range(1, 13)})
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Wrong(ValueError):
    """A value that does not fit its key: what is wrong, and what would mend it."""

    def __init__(self, message: str, remedy: str, line: int | None = None):
        self.message, self.remedy, self.line = message, remedy, line
        super().__init__(message)


@dataclass(slots=True)
class Entry:
    """
    The keys of one thing of the file as values, with the lines where they stand. What is not stated is not there.

    ``refused`` are the keys whose value was wrong, and ``first_lines`` say where a text after a vertical bar begins.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    first_lines: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str, default: Any) -> Any:
        """The value of ``key``, or ``default`` where it is not stated."""
        return self.values.get(key, default)

    def at(self, key: str) -> int:
        """The line of ``key``, or of the thing itself."""
        return self.lines.get(key, self.line)

    def within(self, key: str, number: int) -> int:
        """The line of the file in which line ``number`` of the text of ``key`` stands, or of the key itself."""
        first = self.first_lines.get(key)
        return self.at(key) if first is None or number < 1 else first + number - 1

    def texts(self, key: str) -> list[str]:
        """The texts of a list; none where it is not stated."""
        return [value for _line, value in self.values.get(key, ())]

    def entries(self, key: str) -> list[Entry]:
        """The things of a list; none where it is not stated."""
        return list(self.values.get(key, ()))


Reader = Callable[[Node, list[Problem]], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: how its value is read, and whether a thing must have it. ``words`` say what is expected there."""

    read: Reader
    words: str
    required: bool = False


def _text_of(node: Node, words: str) -> str:
    if not isinstance(node, Text) or not node.value:
        what = "Nothing" if isinstance(node, Text) else "A list" if isinstance(node, Items) else "A group of keys"
        raise Wrong(f"{what} stands where one value should.", f"Write {words}.")
    if UNPRINTABLE.search(node.value):
        raise Wrong("This text holds a character that cannot be shown.", "Take it out; only new lines and tabs may be.")
    return node.value


def text(most: int, *, required: bool = False) -> Key:
    """A text of at most ``most`` characters."""
    words = f"a text of at most {most:,} characters"

    def read(node: Node, _problems: list[Problem]) -> str:
        value = _text_of(node, words)
        if len(value) > most:
            raise Wrong(f"This text has {len(value):,} characters.", f"Write at most {most:,}.")
        return value

    return Key(read, words, required)


def slug(*, required: bool = False) -> Key:
    """A name of small letters, figures and single hyphens."""
    words = "small letters, figures and single hyphens, such as safer-city"

    def read(node: Node, _problems: list[Problem]) -> str:
        value = _text_of(node, words)
        if not SLUG.fullmatch(value) or len(value) > 60:
            made = slugify(value)[:60].strip("-")
            hint = f"Did you mean “{made}”? " if SLUG.fullmatch(made) else ""
            raise Wrong(f"“{shown(value)}” cannot be a key here.", f"{hint}Write {words}, at most 60 characters.")
        return value

    return Key(read, words, required)


def code() -> Key:
    """The code of an area, in front of references."""
    words = "one to six capital letters and figures, beginning with a letter, such as MK"

    def read(node: Node, _problems: list[Problem]) -> str:
        value = _text_of(node, words)
        if not re.fullmatch(r"[A-Z][A-Z0-9]{0,5}", value):
            raise Wrong(f"“{shown(value)}” is no code of an area.", f"Write {words}.")
        return value

    return Key(read, words, required=True)


def choice(values: Mapping[str, Any] | list[str], *, required: bool = False) -> Key:
    """One of some words."""
    known = {value: value for value in values} if isinstance(values, list) else dict(values)
    words = f"one of: {', '.join(known)}"

    def read(node: Node, _problems: list[Problem]) -> Any:
        value = _text_of(node, words).casefold()
        if value not in known:
            close = nearest(value, known)
            hint = f"Did you mean “{close}”? " if close else ""
            raise Wrong(f"“{shown(value)}” is not known here.", f"{hint}Known are: {', '.join(known)}.")
        return known[value]

    return Key(read, words, required)


def number(least: int, most: int) -> Key:
    """A whole number."""
    words = f"a whole number from {least} to {most}"

    def read(node: Node, _problems: list[Problem]) -> int:
        value = _text_of(node, words)
        if not re.fullmatch(r"\d{1,6}", value, re.ASCII) or not least <= int(value) <= most:
            raise Wrong(f"“{shown(value)}” is no number that fits.", f"Write {words}.")
        return int(value)

    return Key(read, words)


def flag() -> Key:
    """Yes or no."""

    def read(node: Node, _problems: list[Problem]) -> bool:
        value = _text_of(node, "yes or no").casefold()
        if value not in (*YES, *NO):
            raise Wrong(f"“{shown(value)}” is neither yes nor no.", "Write yes or no.")
        return value in YES

    return Key(read, "yes or no")


def day(*, required: bool = False) -> Key:
    """A day of the calendar."""
    words = "a day, such as 2024-04-01"

    def read(node: Node, _problems: list[Problem]) -> dt.date:
        value = _text_of(node, words)
        try:
            found = dt.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            raise Wrong(f"“{shown(value)}” is no day.", f"Write {words}.") from None
        if not 1900 <= found.year <= 2200:
            raise Wrong(f"The year {found.year} is not between 1900 and 2200.", f"Write {words}.")
        return found

    return Key(read, words, required)


def moment() -> Key:
    """A day, or a day and a time as people in Europe/London say it; read as (day, time or None)."""
    words = "a day, such as 2024-04-01, or a day and time, such as 2025-01-21 16:00"
    a_day = day()

    def read(node: Node, problems: list[Problem]) -> tuple[dt.date, dt.time | None]:
        value = _text_of(node, words)
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::00)?)?", value)
        if not found:
            raise Wrong(f"“{shown(value)}” is neither a day nor a day and time.", f"Write {words}.")
        try:
            time = dt.time.fromisoformat(found[2]) if found[2] else None
        except ValueError:
            raise Wrong(f"“{shown(value)}” has a time that no clock shows.", f"Write {words}.") from None
        return a_day.read(Text(node.line, found[1]), problems), time

    return Key(read, words)


def partial_day() -> Key:
    """A day as precise as the document."""
    words = "a year, a month or a day, such as 2024, 2024-10 or 2024-10-01"

    def read(node: Node, _problems: list[Problem]) -> str:
        value = _text_of(node, words)
        if not is_partial_day(value):
            raise Wrong(f"“{shown(value)}” is no year, month or day.", f"Write {words}.")
        return value

    return Key(read, words)


def many(one: Key, words: str) -> Key:
    """A list; one value by itself is a list of one. Read as (line, value) each."""

    def read(node: Node, problems: list[Problem]) -> list[tuple[int, Any]]:
        found = []
        for item in node.values if isinstance(node, Items) else [node]:
            try:
                found.append((item.line, one.read(item, problems)))
            except Wrong as wrong:
                problems.append(Problem(wrong.line or item.line, wrong.message, wrong.remedy))
        return found

    return Key(read, words)


def texts(most: int) -> Key:
    """A list of texts."""
    return many(text(most), f"a list of texts, each of at most {most:,} characters")


def months() -> Key:
    """Numbers of months, each once."""
    words = "a list of months as numbers, such as [4, 7, 10, 1]"
    inner = many(number(1, 12), words)

    def read(node: Node, problems: list[Problem]) -> list[int]:
        found = [value for _line, value in inner.read(node, problems)]
        if len(set(found)) < len(found):
            raise Wrong("A month stands here twice.", f"Write {words}, each once.")
        return found

    return Key(read, words)


def by_month() -> Key:
    """Texts for some months, by the number of the month."""
    words = "the number of a month and its items, such as 7: [Report on progress]"
    items = texts(300)

    def read(node: Node, problems: list[Problem]) -> dict[str, list[str]]:
        if not isinstance(node, Keys):
            raise Wrong("No group of keys stands here.", f"Write {words}.")
        found = {}
        for name, value in node.values.items():
            if name in MONTHS:
                found[name] = [one for _line, one in items.read(value, problems)]
            else:
                line = node.lines[name]
                problems.append(Problem(line, f"“{shown(name)}” is no month.", "Write a number from 1 to 12."))
        return dict(sorted(found.items(), key=lambda pair: int(pair[0])))

    return Key(read, words)


def thing(keys: Mapping[str, Key], *, short: str = "") -> Key:
    """A thing with keys; where ``short`` is given, a text by itself stands for that key."""
    words = f"keys: {', '.join(keys)}"

    def read(node: Node, problems: list[Problem]) -> Entry:
        if short and isinstance(node, Text):
            return Entry(node.line, {short: keys[short].read(node, problems)}, {short: node.line})
        if not isinstance(node, Keys):
            raise Wrong("No group of keys stands here.", f"Write {words}.")
        return read_keys(node, keys, problems)

    return Key(read, words)


def things(keys: Mapping[str, Key], *, short: str = "") -> Key:
    """A list of things with keys."""
    inner = many(thing(keys, short=short), "")
    words = f"a list, each with {'a text or ' if short else ''}keys: {', '.join(keys)}"

    def read(node: Node, problems: list[Problem]) -> list[Entry]:
        return [entry for _line, entry in inner.read(node, problems)]

    return Key(read, words)


def needed(key: Key) -> Key:
    """``key`` as one that must be there."""
    return Key(key.read, key.words, required=True)


def read_keys(node: Keys, keys: Mapping[str, Key], problems: list[Problem]) -> Entry:
    """The keys of ``node`` by their table. Whatever is wrong is added to ``problems``, and left out."""
    entry = Entry(node.line)
    for name, value in node.values.items():
        line = node.lines[name]
        if name not in keys:
            message = f"The key “{shown(name)}” is not known here."
            problems.append(Problem(line, message, _instead_of(name, value, keys)))
            continue
        entry.lines[name] = line
        if isinstance(value, Text) and value.value.casefold() == NOT_STATED:
            continue
        try:
            entry.values[name] = keys[name].read(value, problems)
            if isinstance(value, Text) and value.first_line is not None:
                entry.first_lines[name] = value.first_line
        except Wrong as wrong:
            entry.refused.add(name)
            message = f"“{name}”: {wrong.message[:1].lower()}{wrong.message[1:]}"
            problems.append(Problem(wrong.line or value.line, message, wrong.remedy))
    for name, key in keys.items():
        if key.required and name not in entry.lines:
            problems.append(Problem(node.line, f"“{name}” is missing here.", f"Write {key.words}."))
        elif key.required and name not in entry.values and node.values.get(name) is not None:
            stated = node.values[name]
            if isinstance(stated, Text) and stated.value.casefold() == NOT_STATED:
                problems.append(Problem(entry.lines[name], f"“{name}” must be stated.", f"Write {key.words}."))
    return entry


def _instead_of(name: str, value: Node, keys: Mapping[str, Key]) -> str:
    """What to write for a key that is not known. One without a value is the rest of a text that a comma cut."""
    if close := nearest(name, keys):
        return f"Did you mean “{close}”?"
    if isinstance(value, Text) and not value.value:
        return "A text that holds a comma stands in quotes; of several things make a list, in [brackets]."
    return f"Known are: {', '.join(keys)}."
