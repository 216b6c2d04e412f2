"""How often somebody was there, on the page of a partner and on that of a place."""

from meetings import years
from meetings.representation import pages, reading, rules, words
from partnerships.panels import Panel
from partnerships.roles import Act
from partnerships.standing import standing_of


def of_agency(user, agency, now):
    """The places of ``agency`` in the last year with meetings, board by board as far as ``user`` reads them."""
    if not standing_of(user).opens(Act.READ):
        return None
    held = [year for year in reading.years_held(user) if year <= years.year_of(now)]
    number = held[0] if held else years.year_of(now)
    found = [
        (one, rules.share(state for row in rows for state in row.states))
        for one in reading.of_all(user, *years.days(number), agency.short_name)
        if (rows := [row for row in one.matrix.members if row.post.partner == agency.short_name])
    ]
    content = {
        "year": years.short(number),
        "rows": [
            {
                "name": one.name,
                "href": f"/boards/{one.slug}/representation/?year={years.short(number)}",
                "share": words.of(share),
                "percent": words.percent(share),
            }
            for one, share in found
        ],
        "total": words.of(sum((share for _one, share in found), rules.Share())),
    }
    return Panel("meetings/panels/agency_attendance.html", content, "left")


def of_place(user, seat, now):
    """The meetings of the last year held, and who came for ``seat``; nothing for who does not read these meetings."""
    if not standing_of(user).reads(seat.body):
        return None
    held = reading.years_held(user, seat.body)
    number = held[0] if held else years.year_of(now)
    found = reading.matrix(seat.body, *years.days(number), user)
    row = next((row for row in found.rows if row.post.key == seat.pk), None)
    content = {"year": years.short(number), "rows": [], "share": ""}
    if row is not None:
        cells = zip(found.columns, row.states, strict=True)
        content["rows"] = [pages.cell_in_words(column.sitting, state) for column, state in cells]
        content["share"] = words.of(row.share)
    return Panel("meetings/panels/place_attendance.html", content, "left")
