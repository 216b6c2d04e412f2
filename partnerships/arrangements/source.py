"""
A file of arrangements as texts, lists and keys that know their line: read from YAML events, one by one.

Nothing in a file can grow: anchors and aliases are refused, and size, depth and number of values have bounds that are
looked at before anything is kept. A value stays a text until the table of keys says what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import yaml

LONGEST_FILE = 2_000_000  # bytes
DEEPEST = 12
MOST_VALUES = 100_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which line, and what would mend it."""

    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}{f' {self.remedy}' if self.remedy else ''}"


class WrongArrangement(Exception):
    """The file cannot be loaded; ``problems`` are all that was found, in the order of their lines."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class Text:
    """One value, as it stands in the file; after a vertical bar ``first_line`` says where its own first line stands."""

    line: int
    value: str
    first_line: int | None = None


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    values: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Keys:
    """Keys with their values; ``lines`` says where each key stands."""

    line: int
    values: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Items | Keys


def shown(text: str) -> str:
    """``text`` as a message shows it: on one line, and the beginning of a long one."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]} …"


def read_file(path: Path) -> str:
    """The text of a file. Raises WrongArrangement, before reading, where it is too large or no text."""
    try:
        size = path.stat().st_size
        if size > LONGEST_FILE:
            raise refusal(
                1,
                f"The file has {size:,} bytes, and at most {LONGEST_FILE:,} are read.",
                "A file holds one arrangement: leave out what is none of it.",
            )
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1).decode("utf-8-sig")
    except OSError as error:
        raise refusal(1, f"The file cannot be read ({error.strerror}).", "Give the path of a file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise refusal(line, "The file is no text in UTF-8.", "Save it as UTF-8.") from error


def read_text(text: str) -> Keys:
    """What ``text`` holds. Raises WrongArrangement where it is no YAML, holds more than is read, or holds no keys."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_FILE:
        raise refusal(1, f"The file has more than {LONGEST_FILE:,} bytes.", "A file holds one arrangement.")
    problems: list[Problem] = []
    try:
        found = _Building(problems).build(text)
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(error) from error
    except yaml.YAMLError as error:
        raise refusal(1, "This is no YAML: it holds characters that no text has.", "Save it as plain text.") from error
    if not isinstance(found, Keys):
        raise refusal(found.line if found else 1, "The file must hold keys and values.", "Begin with “version: 1”.")
    if problems:
        raise WrongArrangement(problems)
    return found


def refusal(line: int, message: str, remedy: str = "") -> WrongArrangement:
    """The error for one problem that stops the reading."""
    return WrongArrangement([Problem(line, message, remedy)])


def nearest(value: str, known: Iterable[str]) -> str | None:
    """
    What of ``known`` somebody may have meant by ``value``: what stands in it word for word, else what is spelt alike.

    “Independent scrutineer” means “scrutineer” rather than “independent chair”.
    """
    known = list(known)
    words = f" {_words(value)} "
    within = [one for one in known if _words(one) and f" {_words(one)} " in words]
    return max(within, key=len) if within else next(iter(get_close_matches(value, known, n=1)), None)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _no_yaml(error: yaml.MarkedYAMLError) -> WrongArrangement:
    """In plain words what libraries say of a file that is no YAML; of what was opened and not closed where it began."""
    found = error.problem_mark or error.context_mark
    line = found.line + 1 if found else 1
    begun = error.context_mark.line + 1 if error.context_mark else line
    problem, context = error.problem or "it cannot be read", error.context or ""
    if "mapping values are not allowed" in problem:
        return refusal(
            line,
            "This is no YAML: a colon with a space stands in a text, or the line is indented too far.",
            "Put the text in quotes, or begin it on the next line after “>-” (rules after “|”); indent keys alike.",
        )
    if context.startswith("while parsing a flow"):
        return refusal(
            begun,
            "This is no YAML: what a brace or bracket opens here is not closed, or a comma is missing in it.",
            "Close it with “}” or “]”; put a comma between two keys, and texts that hold commas in quotes.",
        )
    if "quoted scalar" in context:
        return refusal(begun, "This is no YAML: a quote opens here and is not closed.", "Close it with the same quote.")
    if "tab" in problem or "cannot start any token" in problem:
        return refusal(
            line,
            "This is no YAML: a tab, or a text that begins with a special character, stands here.",
            "Indent with spaces; put the text in quotes.",
        )
    return refusal(line, f"This is no YAML: {problem}.", "Indent keys alike, with spaces; quote odd texts.")


class _Building:
    """Puts a tree together from events, within the bounds."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        self.count = 0

    def build(self, text: str) -> Node | None:
        root: Node | None = None
        open_nodes: list[Items | Keys] = []
        waiting: list[Text | None] = []  # for each open node the key that waits for its value
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.NodeEvent):
                self._bounds(event, len(open_nodes))
                node = self._node(event)
                root = self._place(node, root, open_nodes, waiting)
                if not isinstance(node, Text):
                    open_nodes.append(node)
                    waiting.append(None)
            elif isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
                waiting.pop()
        return root

    def _bounds(self, event: yaml.NodeEvent, depth: int) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise refusal(line, "Anchors and aliases (& and *) are not read.", "Write the text out where it is needed.")
        if event.tag is not None and event.tag != "!":
            raise refusal(line, f"The tag “{shown(event.tag)}” is not read.", "Leave it out: every value is a text.")
        if depth >= DEEPEST:
            raise refusal(line, f"This is nested deeper than {DEEPEST} levels.", "No key of this file lies so deep.")
        self.count += 1
        if self.count > MOST_VALUES:
            raise refusal(line, f"The file holds more than {MOST_VALUES:,} values.", "A file holds one arrangement.")

    def _node(self, event: yaml.NodeEvent) -> Node:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            leading = len(event.value) - len(event.value.lstrip("\n"))
            return Text(line, event.value.strip(), line + 1 + leading if event.style == "|" else None)
        return Items(line) if isinstance(event, yaml.SequenceStartEvent) else Keys(line)

    def _place(self, node: Node, root: Node | None, open_nodes: list[Items | Keys], waiting: list[Text | None]) -> Node:
        if not open_nodes:
            if root is not None:
                raise refusal(node.line, "A second document begins here.", "Write one arrangement in a file.")
            return node
        parent = open_nodes[-1]
        if isinstance(parent, Items):
            parent.values.append(node)
        elif waiting[-1] is None:
            if not isinstance(node, Text):
                raise refusal(node.line, "A key must be a text.", "Write “key: value”.")
            waiting[-1] = node
        else:
            self._keep(parent, waiting[-1], node)
            waiting[-1] = None
        return root if root is not None else node

    def _keep(self, parent: Keys, key: Text, node: Node) -> None:
        name = key.value.replace("_", " ")
        if name in parent.values:
            self.problems.append(Problem(key.line, f"The key “{shown(name)}” stands here twice.", "Take one out."))
        parent.values[name] = node
        parent.lines[name] = key.line
