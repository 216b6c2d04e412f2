"""Bodies of the statements that are no clauses: "count and vote, with notice before the start"."""

from __future__ import annotations

import re

from partnerships.rules.names import number_of
from partnerships.rules.terms import Notice, NoticeUnit, Scope
from partnerships.rules.vocabulary import NUM

SCOPES: tuple[tuple[Scope, str], ...] = (
    (Scope.OPENING, r"opening|\bstart\b|outset|beginning|commence"),
    (Scope.CONTINUOUS, r"throughout|continu|at all times|whole meeting|entire meeting"),
    (Scope.ITEM, r"\bitems?\b"),
    (Scope.VOTE, r"\bvotes?\b|decision"),
)
NEGATED = re.compile(r"\b(?:not|no|never|neither|nor|cannot|don't|doesn't|without)\b")
WHOLLY = re.compile(r"(?:allowed|permitted|yes|in full|full members?|as members?)")
NOTICE = re.compile(
    rf"notice (?:is )?(?:received |given |required )?(?:at least |of |not less than )*(?P<n>{NUM}) "
    rf"(?P<unit>working days?|clear working days?|days?|hours?)|"
    rf"(?P<m>{NUM}) (?P<unit2>working days?|clear working days?|days?|hours?)['’]? (?:written )?notice|notice",
    re.IGNORECASE,
)


def standing_body(body: str) -> tuple[bool | None, bool | None, Notice | None]:
    """Whether such people count, whether they vote, and the notice asked; None where the words do not say."""
    text = body.casefold()
    notice = notice_in(text)
    counts: bool | None = None
    votes: bool | None = None
    said = re.split(r",? ?\b(?:with|by|on|subject to|if|provided|where|after|upon)\b", text)[0]
    negative = False
    for part in re.split(r",|;|\bbut\b|\band\b|\bor\b|\bnor\b", said):
        fresh = re.search(r"\b(?:counts?|votes?|voting|may|can)\b", part) is not None
        if NEGATED.search(part):
            negative = True
        elif fresh and not re.search(rf"\b(?:or|nor)\s*{re.escape(part.strip())}", said):
            negative = False
        if re.search(r"\bcount|quorum", part):
            counts = not negative
        if re.search(r"\bvot", part):
            votes = not negative
    if counts is None and votes is None and WHOLLY.search(said):
        return True, True, notice
    if counts is None and votes is None and re.fullmatch(r"\s*(?:none|no|not allowed|not permitted|nobody)\s*", said):
        return False, False, notice
    return counts, votes, notice


def notice_in(text: str) -> Notice | None:
    """The notice that the words ask for: before the start, or so many hours, days or working days before it."""
    found = NOTICE.search(text)
    if found is None or re.search(r"(?:without|no) (?:prior )?notice", text):
        return None
    number, unit = found.group("n") or found.group("m"), found.group("unit") or found.group("unit2")
    if not number:
        return Notice()
    if "hour" in unit:
        return Notice(NoticeUnit.HOURS, number_of(number))
    return Notice(NoticeUnit.WORKING_DAYS if "working" in unit else NoticeUnit.DAYS, number_of(number))
