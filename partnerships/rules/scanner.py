"""From the words people type to the tokens of the grammar.

Phrases that mean the same become one token ("not fewer than", "a minimum of"), words that carry no meaning for a rule
are dropped ("shall", "present"), and a comma or "and" is told apart by what follows it: between two names it makes a
list, otherwise it joins two clauses. Everything that is no word of the language is part of a name; a name that
contains such a word ("Health and Care") stands in quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from partnerships.rules.names import NUMBERS, ORDINALS
from partnerships.rules.problems import Problem, RuleError

TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SMALL = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUM = rf"(?:\d+|(?:{TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)|(?:{SMALL}))"
PARTS = "|".join(sorted((f"{word}s?" for word in ORDINALS), key=len, reverse=True))
PEOPLE = r"(?:members?|places?|seats?|people|persons?|individuals?|attendees|participants?)"
DATE = r"(?:\d{1,2} [a-z]+ \d{4}|\d{4}-\d{2}-\d{2})"
BODY = r"(?:board|committee|partnership|group|panel|body|forum|sub-?committee|working group|assembly|executive|council)"

# The order matters: the first that fits is taken, so the longer phrases come first.
PHRASES: tuple[tuple[str, str], ...] = (
    ("QUOTED", r"[\"“][^\"“”\n]*[\"”]"),
    ("SINCE", rf"(?:on or after|from|since) {DATE}"),
    ("UNTIL", rf"(?:until|up to and including) {DATE}|before {DATE}"),
    ("MEETING", r"(?:if |when |where )?(?:the|it is an?|this) ?meeting is (?:an? )?[a-z-]+(?: meeting)?"),
    ("DECISION", r"(?:if |when |where )?the decision is (?:an? )?[a-z-]+(?: (?:decision|one|matter))?"),
    ("WHICH", r"(?:whichever|if) (?:is|be|number is) (?:the )?"
              r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?"),
    ("WHICHEVER", rf"or {NUM}(?: {PEOPLE})?,? (?:whichever|if) (?:is|be|number is) (?:the )?"
                  r"(?:greater|higher|larger|more|lower|lesser|smaller|fewer|less)(?: number)?"),
    ("GREATEROF", r"(?:whichever is )?(?:the )?(?:greater|higher|larger) of"),
    ("LOWEROF", r"(?:whichever is )?(?:the )?(?:lower|lesser|smaller|fewer) of"),
    ("ROUNDED", r"(?:which (?:shall|is to) be )?(?:rounded|rounding|rounds) (?:up|down|to (?:the )?nearest)"
                r"(?: (?:to (?:the )?(?:next|nearest) )?(?:whole )?(?:number|person|member))?"),
    ("EVERYBODY", r"of (?:all |everybody |everyone |those |the members |the people |the persons )+"
                  r"(?:who are )?(?:present|attending|in attendance|there)|of attendees"),
    ("DISTINCT", r"(?:being |who are |all |with )?(?:distinct|different) (?:people|persons|individuals|members)|"
                 r"(?:with )?no(?:body| ?one| person| member)? (?:is |being |may be |to be )?counted (?:twice|for two)"),
    ("PERAGENCY", r"(?:from |of |representing )?(?:any (?:one|single|given)|the same|a single|one|each|every|any) "
                  r"(?:agency|organisation|organization|body|employer|partner|authority)(?! [a-z])"),
    ("FOLLOWING", r"of (?:the )?following(?: (?:conditions|clauses|requirements))?(?: (?:is|are) met)?:?"),
    ("INPOSTCMP", rf"there (?:are|is|be) (?:fewer than|less than|more than|at least|no more than|at most|no fewer than|"
                  rf"not fewer than|exactly)? ?{NUM} (?:members in post|members|vacanc(?:y|ies)|vacant (?:places|seats))"),
    ("VACANT", r"(?:is|are) (?:vacant|not in post)|(?:has|have) not(?: yet)? been appointed|is not(?: yet)? appointed"),
    ("APPOINTED", r"(?:has|have) been appointed|(?:is|are) (?:in post|in office|appointed|filled)"),
    ("OTHERWISE", r"(?:and |or )?(?:otherwise|else|failing (?:that|which)|in any other case|if not)"),
    ("IF", r"(?:but )?(?:if|where|whenever|when|in the event that)(?: and only if)?"),
    ("ATLEAST", r"(?:at (?:the )?least|(?:but |and )?(?:not|no|never) (?:fewer|less) than|(?:with )?(?:an? )?"
                r"(?:minimum|min)(?: number)? of|minimum|subject to a minimum of|not under|or at least)"),
    ("NOMORE", r"(?:(?:and |but )?(?:no|not|never) more than|at most|(?:an? )?(?:maximum|max)(?: number)? of|maximum|"
               r"not exceeding|up to|no greater than)"),
    ("MORETHAN", r"(?:more than|over|in excess of|greater than)"),
    ("OFWHOM", r"(?:of|among|amongst) (?:whom|which|them|these|those|that number|their number)"),
    ("INCLUDING", r"(?:(?:but )?(?:always |which |that |who |and )*(?:must |shall |should |is to |are to |to )?"
                  r"(?:include|includes|including|comprise|comprising)|provided(?: always)?(?: that)?|providing(?: that)?|"
                  r"so long as|as long as|on condition that|inclusive of|with)"
                  r"(?: (?:they|these|those|this|it|there)?(?: (?:must |shall )?(?:include|includes|including))?"
                  r"(?: (?:is|are))?)?(?= )"),
    ("EXCLUDING", r"\(?(?:other than|excluding|except(?:ing)?(?: for)?|apart from|not (?:counting|including)|besides|"
                  r"exclusive of)"),
    ("PRESIDING", r"(?:(?:is |are |being )?(?:present )?(?:and )?(?:presiding|presides|in the chair|chairing))"),
    ("INPOST", r"(?:who are |that are |then |currently |for the time being )*"
               r"(?:in post|in office|appointed|filled|holding office|for the time being|at that time)"),
    ("VOTING", r"(?:who are |with |having )?(?:the )?(?:right to vote|entitled to vote|eligible to vote|with (?:a|the) "
               r"(?:vote|right to vote)|vote-holding|voting(?: rights)?|a vote)"),
    ("FRACTION", rf"\d+ ?/ ?\d+|\d+(?:\.\d+)? ?(?:%|per ?cent)|(?:{NUM}[- ])?(?:{PARTS})(?![a-z-])|"
                 r"half|one[- ]half"),
    ("MAJORITY", r"(?:simple |overall |absolute |bare )?majority"),
    ("NUMBER", NUM + r"(?![a-z%])(?: \((?:\d+|[a-z-]+)\))?"),
    ("WHOLE", r"(?:the )?(?:total |whole |full |entire |overall |current )*(?:number of (?:the )?)?(?:all )?"
              r"(?:membership|complement|strength|(?:places|seats)(?! filled)|establishment)|"
              r"(?:total|whole|full) (?:number of )?(?:the )?(?:members|board|committee)"),
    ("MEMBERS", rf"(?:total )?(?:number of (?:the )?)?(?:existing |board |committee |individual )*"
                rf"(?:{PEOPLE}|representatives?|reps?|delegates?|nominees?)"),
    ("EACH", r"(?:each(?: one)?|every(?: one)?)"),
    ("ALL", r"all"),
    ("EITHER", r"either|both|one or more"),
    ("OTHER", r"(?:other|further|additional)(?! than)"),
    ("DIFFERENT", r"(?:different|separate|distinct)"),
    ("FROM", r"(?:from(?: among(?:st)?)?|drawn from|representing|on behalf of|appointed by|nominated by|among|amongst|for)"),
    ("OF", r"of"),
    ("PLUS", r"(?:plus|together with|as well as|along with|in addition to)"),
    ("AND", r"and(?: also)?|&"),
    ("OR", r"or"),
    ("NOISE", r"(?:the|a|an|must|shall|should|will|would|may|can|be|being|is|are|to|present|attending|attend|attends|"
              r"in attendance|there|that|who|which|also|their|its|least one of|any|named above|currently|required|"
              r"represented|personally|physically|in person|actually|(?:of|on) the " + BODY + r"(?=[,.;:)]|\s*$)|"
              r"at (?:the|a|any) meeting|at a time|more or)"),
    ("LPAR", r"\("),
    ("RPAR", r"\)"),
    ("COMMA", r","),
    ("SEMI", r";"),
    ("COLON", r":"),
    ("WORD", r"[a-z](?:[\w'’./\-‐‑&]*\w)?(?:['’](?![\w]))?"),
)  # fmt: skip
VOTE_PHRASES: tuple[tuple[str, str], ...] = (
    ("MOREFOR", r"(?:more (?:votes )?(?:are )?(?:cast )?(?:for|in favou?r)(?: (?:of )?(?:it|the motion))? than against(?: it)?|"
                r"(?:a )?(?:simple |bare )?majority(?: vote| decision)?(?=\s*(?:$|[.,;]|and |including |with ))|"
                r"(?:a )?simple majority(?! of))"),
    ("NOBODYAGAINST", r"(?:nobody|no ?one|no member|none|no votes?|no objections?)(?: (?:is|are|votes?|voting|cast))* "
                      r"against|no objections?|(?:a )?(?:general )?consensus|unanimity of (?:the )?votes cast|"
                      r"unanimous(?:ly)? of (?:the )?votes cast|nobody objects"),
    ("UNANIMOUS", r"(?:unanimity|unanimous(?:ly)?(?: (?:vote|decision|agreement))?|all (?:those )?(?:members )?"
                  r"(?:present )?in favou?r|every(?:body|one) (?:present )?in favou?r|all (?:those |members )?present "
                  r"(?:and voting )?in favou?r|all votes in favou?r)(?: of those present)?"),
    ("CAST", r"(?:of )?(?:all )?(?:the )?(?:valid )?votes(?: (?:that are |which are )?(?:validly )?cast)?"
             r"(?: (?:by|at|of) (?:the |a )?(?:meeting|members|those)(?: present)?(?: and voting)?)?(?! in favou?r)|"
             r"(?:of )?(?:all )?(?:the |those )*(?:members |voters |people |persons |representatives )?(?:who are )?"
             r"(?:present,? )?(?:and |who are )?(?:entitled to vote and )?(?:actually )?(?:voting|who vote)"
             r"(?! members| places| seats| [a-z]+s\b)(?: (?:in person|at the meeting|on the (?:motion|question|matter)))?"),
    ("PRESENTBASE", r"(?:of )?(?:all )?(?:the |those )*(?:voting |core )?(?:members |voters |people |persons |"
                    r"representatives )?(?:who are |that are )?(?:present|attending|in attendance|in the room)"
                    r"(?: at (?:the|a) (?:meeting|vote))?(?:,? (?:and )?(?:entitled|eligible) to vote)?"),
    ("INFAVOUROF", r"(?:the )?(?:affirmative|positive|favourable|concurring)?(?: )?(?:votes?|agreement|support|approval|"
                   r"consent) (?:in favou?r )?(?:of|from|by)"),
    ("INFAVOUR", r"(?:(?:must |shall |to )?(?:be |is |are )?(?:(?:vote|votes|voting) )?in favou?r(?: of (?:it|the motion))?|"
                 r"(?:must |to )?(?:vote|votes|voting) for(?: it)?|affirmative votes?|votes for|"
                 r"(?:must |to )?(?:agree|agrees|agreeing|support|supports|consent|consents|approve|approves))"),
)  # fmt: skip


def compiled(phrases: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One expression that finds the first phrase that stands at a place, whole words only."""
    symbols = {"QUOTED", "LPAR", "RPAR", "COMMA", "SEMI", "COLON"}
    return re.compile(
        "|".join(
            f"(?P<{kind}>{pattern})" if kind in symbols else rf"(?P<{kind}>{pattern})(?![A-Za-z])"
            for kind, pattern in phrases
        ),
        re.IGNORECASE,
    )


SCAN = compiled(PHRASES)
SCAN_VOTE = compiled((PHRASES[0], *VOTE_PHRASES, *(phrase for phrase in PHRASES[1:] if phrase[0] != "EVERYBODY")))
NAME = {"WORD", "QUOTED"}
JOINERS = {"COMMA", "AND", "OR"}
LONGEST_STATEMENT = 2000


@dataclass(frozen=True)
class Lexeme:
    """One token: its kind, the words that stand there, and their column."""

    kind: str
    text: str
    column: int


def scan_vote(body: str, line: int, column: int) -> list[Lexeme]:
    """The tokens of a voting rule, where "present" and "votes" mean something."""
    return scan(body, line, column, SCAN_VOTE)


def scan(body: str, line: int, column: int, pattern: re.Pattern[str] = SCAN) -> list[Lexeme]:
    """The tokens of one statement's body, which begins at ``line`` and ``column`` of the text."""
    if len(body) > LONGEST_STATEMENT:
        raise RuleError(
            (
                Problem(
                    line,
                    column,
                    f"This statement has {len(body):,} characters; the longest that is read has {LONGEST_STATEMENT:,}.",
                    "Split it into several statements, one a line.",
                ),
            )
        )
    found = []
    place = 0
    while place < len(body):
        if body[place].isspace() or body[place] in ".!":
            place += 1
            continue
        match = pattern.match(body, place)
        if match is None:
            raise RuleError((unreadable(body, place, line, column),))
        kind = match.lastgroup or "WORD"
        if match.group() == "A" and re.match(r"\s*(?:$|[,;).]|(?:and|or|plus)\b)", body[match.end() :], re.IGNORECASE):
            kind = "WORD"
        if kind != "NOISE":
            found.append(Lexeme(kind, match.group(), column + place))
        place = match.end()
    return joined(found)


def unreadable(body: str, place: int, line: int, column: int) -> Problem:
    """The problem of a character that is no part of the language."""
    if body[place] in '"“':
        return Problem(line, column + place, "A quotation mark is opened and not closed.", 'Close it with ".')
    return Problem(
        line,
        column + place,
        f"The character “{body[place]}” has no meaning in a rule.",
        "Leave it out, or put the name that contains it in quotation marks.",
    )


def joined(lexemes: list[Lexeme]) -> list[Lexeme]:
    """``lexemes`` with each comma, "and" and "or" told apart: LISTAND, LISTOR between names, AND, OR between clauses."""
    out: list[Lexeme] = []
    i = 0
    while i < len(lexemes):
        lexeme = lexemes[i]
        if lexeme.kind not in JOINERS:
            out.append(lexeme)
            i += 1
            continue
        following = i + 1
        kind = lexeme.kind
        while following < len(lexemes) and lexemes[following].kind in JOINERS | {"EITHER"}:
            if lexemes[following].kind in ("AND", "OR"):
                kind = lexemes[following].kind
            following += 1
        after = lexemes[following].kind if following < len(lexemes) else ""
        if after in NAME:
            out.append(
                Lexeme(
                    "LISTOR" if kind == "OR" or ends_in_or(lexemes, following) else "LISTAND",
                    lexeme.text,
                    lexeme.column,
                )
            )
        elif kind != "COMMA":
            out.append(Lexeme(kind, lexeme.text, lexeme.column))
        i = following
    return [lexeme for lexeme in out if lexeme.kind != "EITHER"]


def ends_in_or(lexemes: list[Lexeme], start: int) -> bool:
    """Whether the list of names that runs on from ``start`` has "or" before its last name."""
    for lexeme in lexemes[start:]:
        if lexeme.kind in ("AND", "OR"):
            return lexeme.kind == "OR"
        if lexeme.kind not in NAME | {"COMMA", "OF"}:
            return False
    return False
