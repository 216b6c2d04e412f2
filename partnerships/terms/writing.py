"""Putting a clause into the text of rules. The text is the truth; whatever is built becomes a line of it."""

from partnerships import rules

NOT_STATED = "not stated"
JOINED = ("quorum",)


def added(text, line, join="and"):
    """
    ``text`` with the statement ``line`` in it.

    A second quorum under the same heading is joined to the first by ``join`` ("and", "or"); of everything else the new
    statement takes the place of the one with the same heading. Lines that cannot be read stay as they are. Raises
    RuleError where ``line`` itself is no rule.
    """
    fresh = rules.parse_terms(line).text()
    head, body = _split(fresh)
    blocks, found = _blocks(text), False
    for number, block in enumerate(blocks):
        statements = _statements(block)
        if found or not any(_same(head, statement) for statement in statements):
            continue
        found = True
        lines = [_joined(statement, body, join) if _same(head, statement) else statement for statement in statements]
        blocks[number] = "\n".join(lines)
    return "\n".join(blocks if found else [*blocks, fresh]).lstrip("\n")


def heads(terms):
    """Each statement of ``terms`` by its heading, as (heading, its sentence in plain English); a note by its words."""
    lines = terms.text().splitlines()
    sentences = list(terms.english())
    if not any(line.startswith("quorum") for line in lines):
        sentences = sentences[1:]
    if not any(line.startswith("votes") for line in lines):
        sentences = sentences[:-1]
    return [(_key(line), sentence) for line, sentence in zip(lines, sentences, strict=True)]


def _key(line):
    head, _body = _split(line)
    return line if head == "note" else head


def _split(line):
    head, _colon, body = line.partition(": ")
    return head, body


def _same(head, statement):
    return _split(statement)[0].casefold() == head.casefold()


def _joined(statement, body, join):
    head, before = _split(statement)
    if head.split(" ")[0] not in JOINED or before == NOT_STATED or body == NOT_STATED:
        return f"{head}: {body}"
    return rules.parse_terms(f"{head}: ({before}) {join} ({body})").text()


def _blocks(text):
    """The lines of ``text``, each with the indented lines that carry it on."""
    blocks = []
    for line in text.rstrip().splitlines():
        if blocks and line[:1].isspace() and line.strip():
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    return blocks


def _statements(block):
    """The statements of one block in the words of the language; none where it cannot be read."""
    try:
        return rules.parse_terms(block).text().splitlines()
    except rules.RuleError:
        return []
