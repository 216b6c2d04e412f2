"""What is wrong with a text, said at the line where it stands, before it is saved."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from reports.writing.addresses import address_problem, shortened
from reports.writing.parsing import BREAKS, IMAGE, inside, reader

LONGEST = 60_000  # characters of one section: some twenty pages
NO_HTML = "HTML such as “{}” is not used in reports. Write plain words, or Markdown for bold, lists and tables."
# Deeper than this nobody follows on paper, and much deeper what is written would not be read as it was meant.
DEEPEST = 5
MOST_COLUMNS = 12
TOO_DEEP = f"Lists and quotations stand at most {DEEPEST} deep within each other."
TOO_MANY_MARKS = f"Bold, italics and links stand at most {DEEPEST} deep within each other."
# What stays of a picture's line in the words of a text where Markdown did not read it as a picture.
UNREAD = f"]({IMAGE}"
NOT_READ = "A picture is named here, but not as Markdown reads one. Copy its line again from the list of pictures."
CODE = {"fence", "code_block"}
NESTING = {"bullet_list_open", "ordered_list_open", "blockquote_open"}


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a text from being saved: its line, from 1, and the sentence that says how to mend it."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def problems(text: str, figures: Collection[str], pictures: Collection[str]) -> list[Problem]:
    """
    Everything that is wrong with ``text``, in the order of its lines, each once; empty for one that can be saved.

    ``figures`` are the names that may stand in braces, and ``pictures`` the ids of those that belong to the report.
    """
    if len(text) > LONGEST:
        return [Problem(1, f"This text has {len(text):,} characters. A section has at most {LONGEST:,}.")]
    tokens = reader().parse(text)
    found = [*_html(text), *_deep(tokens), *_wide(tokens), *_unread(tokens), *_in_lines(tokens, figures, pictures)]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def _html(text: str) -> Iterator[Problem]:
    tokens = reader(html=True).parse(text)
    for token in tokens:
        if token.type == "html_block":
            yield Problem(_line(token), NO_HTML.format(shortened(token.content)))
    for token, line in inside(tokens):
        if token.type == "html_inline":
            yield Problem(line, NO_HTML.format(shortened(token.content)))


def _deep(tokens: Sequence[Token]) -> Iterator[Problem]:
    depth = 0
    for token in tokens:
        if token.type in NESTING:
            depth += 1
            if depth == DEEPEST + 1:
                yield Problem(_line(token), TOO_DEEP)
        elif token.nesting == -1 and token.type.replace("_close", "_open") in NESTING:
            depth -= 1
        elif token.children and _depth(token.children) > DEEPEST:
            yield Problem(_line(token), TOO_MANY_MARKS)


def _depth(children: Sequence[Token]) -> int:
    """How many marks are open at once in a line, at most."""
    depth = deepest = 0
    for child in children:
        depth += child.nesting
        deepest = max(deepest, depth)
    return deepest


def _wide(tokens: Sequence[Token]) -> Iterator[Problem]:
    row = line = 0
    for token in tokens:
        if token.type == "tr_open":
            row, line = 0, _line(token)
        row += token.type == "th_open"
        if token.type == "thead_close" and row > MOST_COLUMNS:
            yield Problem(line, f"This table has {row} columns. A page has room for {MOST_COLUMNS} at most.")


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _unread(tokens: Sequence[Token]) -> Iterator[Problem]:
    """Pictures that would be printed as the signs that name them. The words of a picture may look like one."""
    for token in tokens:
        line = _line(token)
        if token.type in CODE and UNREAD in token.content:
            before = token.content.partition(UNREAD)[0]
            yield Problem(line + before.count("\n") + (token.type == "fence"), NOT_READ)
        for child in token.children or ():
            if child.type in {"text", "code_inline"} and UNREAD in child.content:
                yield Problem(line, NOT_READ)
            line += child.content.count("\n") if child.type == "image" else child.type in BREAKS


def _in_lines(tokens: list[Token], figures: Collection[str], pictures: Collection[str]) -> Iterator[Problem]:
    for token, line in inside(tokens):
        if token.type == "figure" and token.content not in figures:
            yield Problem(line, f"There is no figure called “{token.content}”. The list of figures has their names.")
        elif token.type == "image":
            yield from _picture(token, line, pictures)
        elif token.type == "link_open" and (sentence := _link(str(token.attrGet("href") or ""))):
            yield Problem(line, sentence)


def _link(address: str) -> str:
    return NOT_READ if address.startswith(IMAGE) else address_problem(address)


def _picture(token: Token, line: int, pictures: Collection[str]) -> Iterator[Problem]:
    address = str(token.attrGet("src") or "")
    if not address.startswith(IMAGE):
        yield Problem(line, "Pictures are uploaded to the report first; one cannot be taken from another address.")
    elif address.removeprefix(IMAGE) not in pictures:
        yield Problem(line, "This picture does not belong to the report, or was removed from it.")
