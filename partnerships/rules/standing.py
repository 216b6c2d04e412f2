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
# Every word that may stand in such a statement and says no more than whether they count and vote, and with what notice.
UNDERSTOOD = re.compile(
    r"a|absence|absent|act|advance|all|allowed|also|alternate|alternates|an|and|any|are|"
    r"arrived|as|at|attend|attendance|attending|be|been|before|begins|being|both|business|"
    r"but|by|can|cannot|chair|chairman|clear|clerk|co|contribute|convenor|count|counted|"
    r"counts|day|days|declare|declared|deemed|democratic|deputies|deputise|deputising|deputy|"
    r"discussion|do|does|electronically|eligible|entitled|excluded|following|for|from|full|"
    r"fully|given|has|have|he|hear|heard|held|her|his|hour|hours|if|in|included|including|interest|"
    r"is|item|items|its|least|less|match|may|meeting|meetings|member|members|must|named|"
    r"neither|never|no|nobody|nominated|nominating|none|nor|not|nothing|notice|notified|of|"
    r"officer|on|only|or|other|others|out|part|participate|people|permitted|place|places|"
    r"present|principal|prior|proceedings|provided|purpose|purposes|quorate|quorum|received|"
    r"regarded|remain|remote|remotely|required|right|rights|room|same|secretariat|secretary|"
    r"see|seen|send|services|shall|she|should|so|speak|start|starting|starts|stay|substitute|"
    r"substitutes|take|taking|than|that|the|their|them|they|this|those|to|toward|towards|"
    r"treated|trustees|unable|under|until|usual|virtually|vote|voted|votes|voting|was|when|"
    r"where|which|who|whole|whom|whose|will|with|withdraw|withdrawn|withdraws|within|without|"
    r"working|writing|written|yes"
)
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
        allowed = NEGATED.search(said) is None
        return allowed, allowed, notice
    if counts is None and votes is None and re.fullmatch(r"\s*(?:none|no|not allowed|not permitted|nobody)\s*", said):
        return False, False, notice
    return counts, votes, notice


def left_over(body: str) -> str:
    """The first word that says something else, such as a condition; nothing where all is understood."""
    text = re.sub(NUM + r"(?![a-z])", " ", body.casefold(), flags=re.IGNORECASE)
    return next((word for word in re.findall(r"[^\W_]{2,}", text) if not UNDERSTOOD.fullmatch(word)), "")


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
