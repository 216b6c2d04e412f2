"""Who decides a tie: "the chair", "the vice-chair has a second or casting vote", "none"."""

from __future__ import annotations

import re
from collections.abc import Callable

from partnerships.rules.clauses import EVERYBODY, Group

HAVING = re.compile(
    r"\s+(?:(?:is|are) (?:given|entitled to)|(?:(?:shall|will|may|must|to|does|do|did|can) (?:not |also |then )*)?"
    r"(?:be entitled to|be given|has|have|having|use|exercise|cast|give)) (?:not )?(?:no )?(?:a |an |the |their |his |"
    r"her )?(?:second|casting|additional|deciding|extra|further)(?: (?:or|and|and/or) (?:second|casting|deciding))?"
    r"(?: vote)?(?:,? (?:in|if|where|when|on|at)\b.*)?$",
    re.IGNORECASE,
)
TIE = re.compile(r",? (?:in (?:the )?(?:event|case) of|if|where|when) (?:there is )?(?:a |an |the )?"
                 r"(?:tied?|equal|equality|votes?)\b.*$", re.IGNORECASE)  # fmt: skip
TIE_FIRST = re.compile(r"(?:in (?:the )?(?:event|case) of|if|where|when) [^,]*?\b(?:tied?|equal|equality|votes?)\b"
                       r"[^,]*,", re.IGNORECASE)  # fmt: skip
PRESIDES = re.compile(
    r"yes|given|(?:the )?(?:chair|chairman|chairperson|president|mayor)?,? ?(?:or,? )?(?:in (?:his|her|their|the "
    r"chair['’]?s?"
    r"|his or her|the chairman['’]s) absence,? )?(?:the )?(?:person|member) (?:who is )?presiding|(?:the "
    r")?(?:meeting )?(?:chair|chairman|chairwoman|chairperson)(?: of (?:the|a|that) meeting)?|"
    r"(?:the |a |any |such )?(?:whoever|(?:person|member|one|chair|chairman|chairperson|officer)(?: who)?)(?: is)? "
    r"(?:presides|presiding|chairs|chairing|(?:in|taking|takes) the chair)(?: (?:at|over) (?:the|a|that) meeting)?|"
    r"(?:the )?presiding (?:person|member|officer|chair)",
    re.IGNORECASE,
)
NONE = re.compile(r"\b(?:none|no|not|nobody|never|without)\b", re.IGNORECASE)


def casting_of(body: str, read: Callable[[str], Group]) -> tuple[bool, Group]:
    """Whether anybody has a casting vote, and who: everybody stands for whoever presides.

    ``read`` reads the name of a post or class, and refuses what is none.
    """
    words = body.strip()
    if NONE.search(re.sub(r"[\"“][^\"“”]*[\"”]", "", words)):
        return False, EVERYBODY
    words = TIE.sub("", HAVING.sub("", TIE_FIRST.sub("", words).strip()))
    if PRESIDES.fullmatch(words):
        return True, EVERYBODY
    group = read(words)
    alone = len(group.kinds) == 1 and group == Group(kinds=group.kinds)
    return True, EVERYBODY if alone and PRESIDES.fullmatch(group.kinds[0]) else group
