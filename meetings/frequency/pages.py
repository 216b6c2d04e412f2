"""How often boards and groups met, ready to be written out."""

from meetings import dates, years
from meetings.frequency import reading, words
from meetings.frequency.rules import Standing
from mktogether.lib.sheets import Sheet
from mktogether.lib.states import tag

HEAD = (
    "Board or group", "Asked a year", "Held", "Quorate", "Not quorate", "Cancelled", "Planned", "Short by",
    "In person", "In person asked", "How it stands",
)  # fmt: skip


def of_year(found, rows):
    """One year of one board for its page: the verdict as a tag, and what stands behind it as sentences."""
    cancelled = [dates.short_day(row) for row in rows if row.cancelled_at]
    sentences = [words.quorate(found), _cancelled(cancelled), words.in_person(found)]
    return {
        "verdict": tag(*words.LOOKS[found.standing], words.verdict(found)),
        "sentences": [sentence for sentence in sentences if sentence],
    }


def _cancelled(days):
    if not days:
        return ""
    return f"{', '.join(days)} {'was' if len(days) == 1 else 'were'} cancelled."


def all_boards(user, now, *, year):
    """The context of the page of every board and group that ``user`` reads, for one year."""
    known = reading.years_known(user, now)
    asked = years.of_short(year) if year else None
    chosen = asked if asked in known else known[0]
    found = reading.of_all(user, chosen, now)
    today = [one for one in found if not one.is_earlier]
    return {
        "heading": f"How often boards and groups met, {years.short(chosen)}",
        "year": years.short(chosen),
        "summary": _summary(found),
        "groups": [
            (heading, [_row(one) for one in rows])
            for heading, rows in (
                ("Boards and groups of today", today),
                ("Earlier boards", [one for one in found if one.is_earlier]),
            )
            if rows
        ],
        "years": [(years.short(number), f"?year={years.short(number)}", number == chosen) for number in known],
        "left_out": ["year"] if year and asked not in known else [],
    }


def _summary(found):
    if not found:
        return ["No board or group of yours met, and none was asked to."]
    held = sum(one.year.held for one in found)
    cancelled = sum(one.year.cancelled for one in found)
    short = [one.name for one in found if one.year.standing == Standing.SHORT]
    silent = [one.name for one in found if one.year.standing == Standing.NOT_STATED]
    sentences = [f"{held} meeting{'' if held == 1 else 's'} held, {cancelled} cancelled."]
    if short:
        sentences.append(f"Fewer than asked: {', '.join(short)}.")
    if silent:
        sentences.append(f"For {len(silent)} of {len(found)} it is not stated how often they meet.")
    return sentences


def _row(one):
    year = one.year
    return {
        "name": one.name,
        "href": f"/boards/{one.slug}/",
        "asked": words.asked(year.asked),
        "held": year.held,
        "quorate": year.quorate,
        "not_quorate": year.not_quorate,
        "cancelled": year.cancelled,
        "planned": year.planned,
        "short_by": year.short_by if year.asked.meetings is not None else words.NOT_STATED,
        "in_person": words.in_person_short(year),
        "verdict": tag(*words.LOOKS[year.standing], words.verdict(year)),
    }


def sheet(found, year):
    """The same as a table for a spreadsheet."""
    return Sheet(f"How often {year}", HEAD, [_cells(one) for one in found])


def _cells(one):
    year = one.year
    stated = year.asked.meetings is not None
    return (
        one.name, words.asked(year.asked), year.held, year.quorate, year.not_quorate, year.cancelled, year.planned,
        year.short_by if stated else words.NOT_STATED, year.in_person,
        words.NOT_STATED if year.asked.in_person is None else year.asked.in_person, words.verdict(year),
    )  # fmt: skip
