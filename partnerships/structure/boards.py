"""A board or group as its readers see it on a day: places in words, its terms in plain English, lines up and down."""

from django.utils import timezone

from mktogether.lib.templatetags.wording import MONTHS, day
from mktogether.lib.templatetags.wording import day as day_in_words
from partnerships import reading, rules
from partnerships.arrangements.rules import turn_is_over
from partnerships.models import Body, Chairing, Line, Seat
from partnerships.rules.names import plain
from partnerships.structure import stating

NOT_STATED = stating.NOT_STATED
ASSUMED = "Assumed: "
NUMBERS = {Seat.Number.AT_MOST: "up to so many", Seat.Number.ASSUMED: "number not stated, one assumed"}


def board(body, when, *, agencies, chairings, versions, terms, lines, beside, own_areas):
    """
    The context of the page of ``body`` as at ``when``.

    ``agencies`` are its places by agency, ``chairings`` who chairs it since when, ``versions`` its terms of which
    ``terms`` are in force, ``lines`` those (up, down) and ``beside`` what reports to it and what it came after.
    Partners of ``own_areas`` have pages.
    """
    chairs = {part: post for part, (post, _since) in chairings.items()}
    members = [[place for place in places if not place["in_attendance"]] for places in agencies]
    places = [place for of_agency in members for place in of_agency]
    parsed = reading.parsed(terms)
    wanted = rules.quorum_names(parsed)
    return {
        "body": body,
        "name": body.name if when.is_today else body.name_on(when.day),
        "when": when,
        "subtitle": " · ".join(_subtitle(body, terms, lines, when)),
        "kind": body.get_kind_display(),
        "chair": chairs.get(Chairing.Part.CHAIR, ""),
        "vice_chair": chairs.get(Chairing.Part.VICE_CHAIR, ""),
        "turns": list(filter(None, (turn_warning(terms, part, chairings, when.day) for part in Chairing.Part))),
        "agencies": [_agency(of_agency, chairs, wanted, own_areas) for of_agency in members if of_agency],
        "has_political_places": any(place["political_group"] for place in places),
        "attending": _attending(agencies, terms),
        "places_in_words": _places_in_words(places),
        "terms": terms,
        "approved": stating.approved(terms) if terms else "",
        "rules": parsed.english(),
        "facts": _facts(terms),
        "notes": [_note(note) for note in terms.notes] if terms else [],
        "health": _health(parsed, places, when.day),
        "about": _about(body, beside[1]),
        "lines": _lines(body, lines, beside[0], when),
        "versions": [_version(one, terms) for one in versions] if len(versions) > 1 else [],
    }


def turn_warning(terms, part, chairings, day):
    """That whoever is in the chair has sat longer than the terms say; empty where they have not, or nothing is said."""
    post, since = chairings.get(part, ("", None))
    months = None if terms is None else terms.chair_months if part == Chairing.Part.CHAIR else terms.vice_months
    if since is None or not turn_is_over(timezone.localdate(since), months, day):
        return ""
    return (
        f"{post} has been {part.label.lower()} since {day_in_words(timezone.localtime(since))}. By the terms it turns "
        f"after {stating.length(months)}: that is over."
    )


def earlier_board(body, agencies, versions):
    """The context of the page of a board of the past; ``agencies`` are its posts by agency."""
    last = versions[0] if versions else None
    known = [
        ("Belonged to", body.earlier_structure or NOT_STATED),
        ("First day", day(body.opened_on) or NOT_STATED),
        ("Last day", day(body.closed_on) or NOT_STATED),
        ("Reported to", body.reports_to.name if body.reports_to else NOT_STATED),
        ("Sponsor", body.sponsor.name if body.sponsor else NOT_STATED),
    ]
    return {
        "body": body,
        "facts": [*known, *([] if last else [("Quorum", NOT_STATED)])],
        "terms": last,
        "rules": reading.parsed(last).english() if last else (),
        "stated": _facts(last),
        "notes": [_note(note) for note in last.notes] if last else [],
        "versions": [_version(one, None) for one in versions],
        "agencies": [
            {
                "short": posts[0]["agency_short"],
                "name": posts[0]["agency_name"],
                "posts": [{**post, "note": _note(post["note"])} for post in posts],
            }
            for posts in agencies
        ],
        "posts_in_words": _counted(sum(len(posts) for posts in agencies), "post"),
    }


def _subtitle(body, terms, lines, when):
    above = [line for line in lines[0] if line.kind in Line.UPWARD and line.to_body_id]
    if above:
        yield f"{above[0].get_kind_display()} {above[0].to_body}"
    elif when.is_today and body.reports_to:
        yield f"Reports to {body.reports_to}"
    sponsor = terms.sponsor if terms and terms.sponsor else body.sponsor if when.is_today else None
    if sponsor:
        yield f"Sponsor {sponsor}"
    yield f"As at {when.words}"


def _agency(members, chairs, wanted, own_areas):
    first = members[0]
    names = {first["agency_short"], first["agency_name"], first["counts_as"] or "", *first["agency_classes"]}
    names |= {name for place in members if place["counts"] for name in place["classes"]}
    return {
        "short": first["agency_short"],
        "name": first["agency_name"],
        "href": f"/partners/{first['agency_slug']}/" if first["agency_area"] in own_areas else "",
        "count": "1 place" if len(members) == 1 else f"{len(members)} places",
        "rowspan": len(members),
        "in_quorum": any(place["counts"] for place in members) and bool({plain(name) for name in names} & wanted),
        "places": [_place(place, chairs) for place in members],
    }


def _place(place, chairs):
    in_the_chair = [part.label for part in Chairing.Part if place["holder"] and chairs.get(part) == place["holder"]]
    return {
        "id": place["id"],
        "title": place["title"],
        "holder": place["holder"] or "",
        "post_only": place["post_only"],
        "part": in_the_chair[0] if in_the_chair else "",
        "since": _since(place["since"]),
        "deputies": ", ".join(post for _person, post in place["deputies"]),
        "note": _note(place["note"]),
        "aside": " · ".join(_aside(place)),
    }


def _note(text):
    """A note with its tag in a word: what we assumed, or what the terms leave open."""
    if not text:
        return None
    rest = text.removeprefix(ASSUMED)
    return {"tag": "Note" if rest == text else "Assumed", "text": rest[:1].upper() + rest[1:]}


def _since(moment):
    local = timezone.localtime(moment) if moment else None
    return f"since {MONTHS[local.month - 1][:3]} {local.year}" if local else ""


def _aside(place):
    """What sets the place apart from one that counts and votes, and what the terms say of it."""
    if not (place["votes"] and place["counts"]):
        if place["counts"]:
            yield "counts, without a vote"
        else:
            yield "votes, outside the quorum" if place["votes"] else "no vote, outside the quorum"
    if place["political_group"]:
        yield f"follows the group {place['political_group']}"
    if place["alternate"]:
        yield f"or {place['alternate']}"
    if place["number"] and not place["note"]:
        yield NUMBERS[place["number"]]


def _attending(agencies, terms):
    """Who attends without being a member: by a place of that kind, and by the terms."""
    rows = [place["title"] for places in agencies for place in places if place["in_attendance"]]
    return list(dict.fromkeys([*rows, *(terms.attending if terms else [])]))


def _places_in_words(places):
    named = [place for place in places if not place["post_only"]]
    vacant = sum(1 for place in named if not place["holder"])
    deputies = sum(len(place["deputies"]) for place in places)
    parts = [_counted(len(places), "place")]
    parts += [f"{len(named) - vacant} filled"] if named or not places else ["members not named"]
    parts += [f"{vacant} vacant"] if vacant else []
    return " · ".join([*parts, _counted(deputies, "named deputy", "named deputies")])


def _counted(number, one, many=""):
    return f"{number} {one if number == 1 else many or one + 's'}"


def _facts(terms):
    """What the terms say beside the rules, as (label, words); what they leave blank is not stated, and is said too."""
    if terms is None:
        return []
    found = [*stating.of_members(terms), *stating.of_meetings(terms), *stating.of_papers(terms)]
    found += [fact for fact in stating.of_business(terms) if fact[0] != "Purpose"]
    return [(label, words or NOT_STATED) for label, words in found]


def _health(parsed, places, on):
    """Whether the members could be a quorum at all, and the places that everything hangs on; a line for each."""
    return reading.health(rules.health(parsed, tuple(reading.seat(place) for place in places), on))


def _about(body, before):
    """Where it came from and when it ends, as sentences; what is not known is left out."""
    former = [f"Until {day(name.last_day)} it was called {name.name}." for name in body.former_names.all()]
    came = [f"It came after {row['name']}." for row in before]
    opened = [f"It began on {day(body.opened_on)}."] if body.opened_on else []
    closed = [f"Its last day: {day(body.closed_on)}."] if body.closed_on else []
    planned = [f"It is meant to finish on {day(body.planned_end)}."] if body.planned_end else []
    plan = [f"Its plan: {body.plan}"] if body.plan else []
    return [*opened, *came, *former, *plan, *planned, *closed]


def _lines(body, lines, below, when):
    """The lines in words, as (heading, rows); a group that reports by today's record stands there without a line."""
    up = [_line(line, when, f"{line.get_kind_display()} {line.end}", line.to_body) for line in lines[0]]
    if when.is_today and body.reports_to and not any(line.to_body_id == body.reports_to_id for line in lines[0]):
        up.insert(0, {"words": f"Reports to {body.reports_to}", "href": body.reports_to.get_absolute_url()})
    down = [_line(line, when, f"{line.body}: {line.get_kind_display().lower()} it", line.body) for line in lines[1]]
    drawn = {line.body.slug for line in lines[1]}
    today = [row for row in below if when.is_today and row["slug"] not in drawn]
    down += [
        {"words": f"{row['name']}: reports to it", "href": f"/boards/{row['slug']}/"}
        for row in today
        if Body.is_of_today(row["earlier_structure"], row["closed_on"], when.day)
    ]
    found = [("To others", up), ("From others", down)]
    return [(heading, rows) for heading, rows in found if rows]


def _line(line, when, words, other):
    more = "; ".join(filter(None, [line.what, line.how_often]))
    href = f"{other.get_absolute_url()}{when.query}" if other is not None else ""
    return {"words": words, "href": href, "more": more, "note": line.note}


def _version(terms, current):
    """One version of the terms in the list of them."""
    last = f" to {day(terms.ends_on)}" if terms.ends_on else ""
    return {
        "edition": terms.edition,
        "words": f"from {day(terms.starts_on)}{last}",
        "href": f"?on={terms.starts_on.isoformat()}",
        "current": current is not None and terms.pk == current.pk,
    }
