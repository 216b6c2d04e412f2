"""What can be read in two ways is refused, with both readings: a misreading is worse than a question."""

from __future__ import annotations

from itertools import pairwise

from partnerships.rules.lexemes import NAME, Lexeme, ends_in_or, kind_at
from partnerships.rules.problems import Problem, RuleError

ENDS_A_PHRASE = NAME | {"MEMBERS", "INPOST", "VOTING", "WHOLE", "NUMBER", "FRACTION", "RPAR"}
STARTS_A_COUNT = {"NUMBER", "FRACTION", "MAJORITY"}
BREAKS = {"IF", "OTHERWISE", "SINCE", "UNTIL", "MEETING", "DECISION", "SEMI", "INCLUDING", "OFWHOM", "FOLLOWING",
          "WHICH", "GREATEROF", "LOWEROF", "WITHOUT"}  # fmt: skip
JOINS = {"AND", "OR", "PLUS", "WITHPLUS"}
LONGEST_SHOWN = 60


def refuse_two_readings(lexemes: list[Lexeme], body: str, line: int, column: int) -> None:
    """Raises :class:`RuleError` where "and" stands beside "or", or where a count follows without a joining word."""
    refuse_unjoined(lexemes, line)
    refuse_shared_counts(lexemes, line)
    for clauses in levels(lexemes):
        for stretch in stretches(clauses):
            refuse_mixed(stretch, body, line, column)


def refuse_unjoined(lexemes: list[Lexeme], line: int) -> None:
    """ "Two members three officers", "a third of each side": which of them binds?"""
    for place, lexeme in enumerate(lexemes):
        before = kind_at(lexemes, place - 1) if place else ""
        whom = "OFWHOM" in {kind_at(lexemes, place + step) for step in (1, 2)}
        if lexeme.kind in STARTS_A_COUNT and before in ENDS_A_PHRASE and not whom:
            raise refused(
                line,
                lexeme,
                f"“{lexeme.text.strip()}” follows without a word that joins it to what stands before.",
                "Join two clauses with “and” or “or”; a name with a number in it stands in quotes.",
            )
        share = kind_at(lexemes, place - 2) if before == "OF" else before
        if lexeme.kind in ("FRACTION", "MAJORITY") and before == "OF" and share in ("FRACTION", "MAJORITY"):
            raise refused(line, lexeme, "A fraction of a fraction is not understood.", "Write it as one fraction.")
        if lexeme.kind == "PERAGENCY" and share in ("FRACTION", "MAJORITY"):
            message = "A fraction of each agency is asked of those that carry a name."
            raise refused(line, lexeme, message, "Write “half of the members from each of the districts”, by class.")


def refuse_shared_counts(lexemes: list[Lexeme], line: int) -> None:
    """ "Two Council and Police members", "one clinician, the director or the nurse": how far does the number go?"""
    for place, lexeme in enumerate(lexemes):
        names = lexeme.kind in ("AND", "COMMA") and joins_names(lexemes, place)
        count = count_before(lexemes, place) if names else None
        if count is None:
            continue
        alone = count.text.casefold() in ("one", "1") and count.kind == "NUMBER"
        article = lexeme.text.endswith(" the")
        if lexeme.kind == "AND" and not article and not alone and shares_noun(lexemes, place):
            message = f"“{count.text.strip()} …” before “and” can be read in two ways: does it ask for so many of each?"
            remedy = "Give each its own number, or join them by “or” for that many of them altogether."
            raise refused(line, lexeme, message, remedy)
        if lexeme.kind == "COMMA" and article and ends_in_or(lexemes, place + 1):
            message = "A list that ends in “or” can be read in two ways after a number."
            remedy = "Put the alternatives in brackets: “one clinician and (the director or the nurse)”."
            raise refused(line, lexeme, message, remedy)


def shares_noun(lexemes: list[Lexeme], place: int) -> bool:
    """ "Council and Police members": whether the names on both sides of a joining word have one noun together."""
    place += 1
    while kind_at(lexemes, place) in NAME:
        place += 1
    return kind_at(lexemes, place) in ("MEMBERS", "WHOLE")


def count_before(lexemes: list[Lexeme], place: int) -> Lexeme | None:
    """The number or fraction at the head of the names before a joining word, where one stands there."""
    place -= 1
    while kind_at(lexemes, place) in NAME | {"VOTING", "OTHER"}:
        place -= 1
    if kind_at(lexemes, place) == "OF" and kind_at(lexemes, place - 1) in ("FRACTION", "MAJORITY"):
        return lexemes[place - 1]
    return lexemes[place] if kind_at(lexemes, place) in STARTS_A_COUNT else None


def levels(lexemes: list[Lexeme]) -> list[list[Lexeme]]:
    """The lexemes between the same brackets; a bracket inside stands as one lexeme."""
    done: list[list[Lexeme]] = []
    open_: list[list[Lexeme]] = [[]]
    for lexeme in lexemes:
        if lexeme.kind == "LPAR":
            open_[-1].append(Lexeme("INSIDE", lexeme.text, lexeme.column))
            open_.append([])
        elif lexeme.kind == "RPAR" and len(open_) > 1:
            done.append(open_.pop())
        else:
            open_[-1].append(lexeme)
    return [*done, *open_]


def stretches(clauses: list[Lexeme]) -> list[list[Lexeme]]:
    """The stretches of a level within which "and" and "or" would compete."""
    out: list[list[Lexeme]] = [[]]
    for lexeme in clauses:
        if lexeme.kind in BREAKS:
            out.append([])
        else:
            out[-1].append(lexeme)
    return out


def refuse_mixed(stretch: list[Lexeme], body: str, line: int, column: int) -> None:
    """Raises where the order of "and" and "or" is not clear in one stretch."""
    joins = [place for place, lexeme in enumerate(stretch) if lexeme.kind in JOINS]
    for first, second in pairwise(joins):
        one, other = (first, second) if stretch[first].kind == "OR" else (second, first)
        if stretch[one].kind == "OR" and stretch[other].kind != "OR" and compete(stretch, one, other):
            raise refused(line, stretch[one], *readings(stretch, first, second, body, column))


def compete(stretch: list[Lexeme], one: int, other: int) -> bool:
    """Whether this "or" and this "and" can be read in two orders."""
    first, second = sorted((one, other))
    between = stretch[first + 1 : second]
    comma_or, comma_and = after_comma(stretch, one), after_comma(stretch, other)
    names_or, names_and = joins_names(stretch, one), joins_names(stretch, other)
    if names_or and names_and:
        if (one < other and comma_and) or (other < one and comma_or and in_a_list(stretch, other)):
            return False
        return all(lexeme.kind in NAME | {"OF", "COMMA"} for lexeme in between)
    if names_or:  # "the chair or vice-chair and two members" is clear; a comma before "or" makes it two clauses
        return comma_or and one < other and not comma_and
    if names_and:
        return not in_a_list(stretch, other) and (one < other or not comma_or)
    if comma_or:
        return one < other and comma_and
    return True


def in_a_list(stretch: list[Lexeme], place: int) -> bool:
    """Whether the names around ``place`` are those of "each of A, B and C" or "two of A and B"."""
    of = False
    while kind_at(stretch, place) in NAME | {"OF", "COMMA", "AND"}:
        of = of or stretch[place].kind == "OF"
        place -= 1
    return kind_at(stretch, place) in ("EACH", "FROM", "EXCLUDING") or (of and kind_at(stretch, place) == "NUMBER")


def after_comma(stretch: list[Lexeme], place: int) -> bool:
    """Whether a comma stands before the joining word."""
    return place > 0 and stretch[place - 1].kind == "COMMA"


def joins_names(stretch: list[Lexeme], place: int) -> bool:
    """Whether the joining word stands between two names."""
    before = place - 1
    while before >= 0 and stretch[before].kind == "COMMA":
        before -= 1
    after = place + 1
    while kind_at(stretch, after) in ("COMMA", "EITHER"):
        after += 1
    return before >= 0 and stretch[before].kind in NAME and kind_at(stretch, after) in NAME


def readings(stretch: list[Lexeme], first: int, second: int, body: str, column: int) -> tuple[str, str]:
    """What can be read in two ways, and how to write each of them."""
    end = stretch[-1].column + len(stretch[-1].text)
    starts = [stretch[0].column, stretch[first].column, stretch[second].column, end]
    words = [body[start - column : stop - column].strip(" ,;") for start, stop in pairwise(starts)]
    a, b, c = words
    if max(len(word) for word in words) > LONGEST_SHOWN:
        a, b, c = "A", f"{stretch[first].text} B", f"{stretch[second].text} C"
    joined, _, alone = b.partition(" ")
    remedy = f"Write “({a} {b}) {c}” or “{a} {joined} ({alone} {c})”."
    return "“And” beside “or” can be read in two ways here.", remedy


def refused(line: int, lexeme: Lexeme, message: str, remedy: str) -> RuleError:
    """The error at a lexeme."""
    return RuleError((Problem(line, lexeme.column, message, remedy),))
