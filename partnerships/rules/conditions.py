"""What conditions ask, from the words of one token: dates, numbers of members, kinds of meeting and decision."""

from __future__ import annotations

import datetime as dt
import re

from partnerships.rules.clauses import Asks, Condition
from partnerships.rules.names import number_of

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def day_of(text: str) -> dt.date:
    """The date in ``text``: 1 April 2025 or 2025-04-01. Raises ``ValueError`` where there is no such day."""
    found = re.search(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2}) ([a-z]+) (\d{4})", text, re.IGNORECASE)
    if found is None:
        raise ValueError(text)
    if found.group(1):
        return dt.date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    month = [name for name in MONTHS if name.startswith(found.group(5).casefold()[:3])]
    if not month:
        raise ValueError(text)
    return dt.date(int(found.group(6)), MONTHS.index(month[0]) + 1, int(found.group(4)))


def until_of(text: str) -> dt.date:
    """The last day that "until 31 March 2025" or "before 1 April 2025" lets in."""
    day = day_of(text)
    return day - dt.timedelta(days=1) if text.casefold().startswith("before") else day


def condition_of_number(text: str) -> Condition:
    """ "There are fewer than ten members in post", "there is at least one vacancy"."""
    text = text.casefold()
    if "number of members" in text:
        text = f"{text.partition('members')[2]} members"
    found = re.search(r"(fewer|less|more|at least|no more|at most|no fewer|not fewer|exactly)?(?: than)? ?(\S+) "
                      r"(?:or (fewer|less|more) )?(members|vacan)", text)  # fmt: skip
    word, number, what = (found.group(1) or "", number_of(found.group(2)), found.group(4)) if found else ("", 0, "")
    asks = Asks.VACANCIES if what == "vacan" else Asks.IN_POST
    if found is not None and found.group(3) in ("fewer", "less"):
        return Condition(asks, most=number)
    if word in ("fewer", "less"):
        return Condition(asks, most=number - 1)
    if word in ("no more", "at most"):
        return Condition(asks, most=number)
    if word == "more":
        return Condition(asks, least=number + 1)
    if word == "exactly":
        return Condition(asks, least=number, most=number)
    return Condition(asks, least=number)


def kind_said(text: str, noun: str) -> str:
    """The kind in "the meeting is an adjourned meeting"."""
    words = re.split(r"\bis (?:an? )?", text.casefold(), maxsplit=1)[1]
    return re.sub(rf"\s+(?:{noun}|one|matter)$", "", words).strip()
