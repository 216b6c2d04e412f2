"""How often a board or group met, in words."""

from meetings.frequency.rules import Asked, Standing, Year
from partnerships.rules.names import in_words

NOT_STATED = "Not stated"
# How a standing looks: the modifier of a tag, and its icon.
LOOKS = {
    Standing.NOT_STATED: ("neutral", "dash"),
    Standing.MET: ("met", "tick"),
    Standing.ON_COURSE: ("waiting", "clock"),
    Standing.TO_PLAN: ("soon", "triangle"),
    Standing.SHORT: ("missed", "cross"),
}


def asked(found: Asked) -> str:
    """What is asked of the year: “12”, “at least 6”, “about 5 for the part of the year for which it is stated”."""
    if found.meetings is None:
        return NOT_STATED
    number = f"at least {found.meetings}" if found.at_least else str(found.meetings)
    return f"{number}, by the days of the year for which that is stated" if found.in_part else number


def verdict(year: Year) -> str:
    """The answer in a few words, for a tag: “Short by one: 11 held of 12 asked”."""
    if year.asked.meetings is None:
        return f"How often is not stated: {year.held} held"
    of = f"{year.held} held of {'at least ' if year.asked.at_least else ''}{year.asked.meetings} asked"
    return {
        Standing.MET: of[:1].upper() + of[1:],
        Standing.SHORT: f"Short by {in_words(year.short_by)}: {of}",
        Standing.ON_COURSE: f"On course: {of}, {year.planned} planned",
        Standing.TO_PLAN: f"{in_words(year.short_by).capitalize()} more to plan: {of}, {year.planned} planned",
    }[year.standing]


def quorate(year: Year) -> str:
    """How many of those held were quorate; empty where none was held."""
    if not year.held:
        return ""
    if year.quorate == year.held:
        return "It was quorate." if year.held == 1 else f"All {year.held} were quorate."
    unknown = year.held - year.quorate - year.not_quorate
    parts = [f"{year.quorate} of {year.held} {'was' if year.quorate == 1 else 'were'} quorate"]
    parts += [f"{year.not_quorate} {'was' if year.not_quorate == 1 else 'were'} not"] if year.not_quorate else []
    parts += [f"of {unknown} the quorum is not stated"] if unknown else []
    return f"{', '.join(parts)}."


def in_person(year: Year) -> str:
    """Whether enough meetings were in person; empty where nothing is asked."""
    wanted = year.asked.in_person
    if wanted is None:
        return ""
    least = f"at least {in_words(wanted)} a year is asked" if wanted == 1 else f"at least {in_words(wanted)} are asked"
    if year.in_person >= wanted:
        return f"{in_words(year.in_person).capitalize()} in person: {least}."
    if year.in_person_short_by is None:
        cause = "how some of them met is not known" if year.is_over else "the year is not over"
        return f"{_number(year.in_person)} in person so far: {least}, and {cause}."
    return f"{_number(year.in_person)} in person: {least}."


def _number(number: int) -> str:
    return in_words(number).capitalize() if number else "None"


def in_person_short(year: Year) -> str:
    """The same for a cell of a table: “1 of 1”, “0 of 1”."""
    if year.asked.in_person is None:
        return NOT_STATED
    unknown = f", {year.mode_unknown} not known" if year.mode_unknown else ""
    return f"{year.in_person} of {year.asked.in_person}{unknown}"
