"""A board or group as its readers see it: places in words, its terms of reference in plain English."""

from django.utils import timezone

from mktogether.lib.templatetags.wording import MONTHS, day
from partnerships import rules
from partnerships.models import Chairing

NOT_STATED = "Not stated"


def board(body, agencies, chairs, now):
    """The context of the page of ``body``; ``agencies`` are its places by agency and ``chairs`` who chairs it."""
    today = timezone.localdate(now)
    terms = body.terms_on(today)
    places = [place for members in agencies for place in members]
    return {
        "body": body,
        "subtitle": " · ".join(_subtitle(body, now)),
        "chair": chairs.get(Chairing.Part.CHAIR, ""),
        "vice_chair": chairs.get(Chairing.Part.VICE_CHAIR, ""),
        "agencies": [_agency(members, chairs) for members in agencies],
        "places_in_words": _places_in_words(places),
        "terms": terms,
        "rules": parsed(terms).english(),
        "facts": facts(terms),
        "notes": [_note(note) for note in terms.notes] if terms else [],
        "health": _health(terms, places, today),
    }


def earlier_board(body, agencies):
    """The context of the page of a board of the past; ``agencies`` are its posts by agency."""
    return {
        "body": body,
        "facts": [
            ("Belonged to", body.earlier_structure or NOT_STATED),
            ("First day", day(body.opened_on) or NOT_STATED),
            ("Last day", day(body.closed_on) or NOT_STATED),
            ("Reported to", body.reports_to.name if body.reports_to else NOT_STATED),
            ("Sponsor", body.sponsor.name if body.sponsor else NOT_STATED),
            ("Quorum", NOT_STATED),
        ],
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


def _subtitle(body, now):
    if body.reports_to:
        yield f"Reports to {body.reports_to}"
    if body.sponsor:
        yield f"Sponsor {body.sponsor}"
    yield f"As at {day(timezone.localtime(now))}"


def _agency(members, chairs):
    first = members[0]
    return {
        "short": first["agency_short"],
        "name": first["agency_name"],
        "count": "1 place" if len(members) == 1 else f"{len(members)} places",
        "rowspan": len(members),
        "places": [_place(place, chairs) for place in members],
    }


def _place(place, chairs):
    in_the_chair = [part.label for part in Chairing.Part if place["holder"] and chairs.get(part) == place["holder"]]
    return {
        "title": place["title"],
        "holder": place["holder"] or "",
        "part": in_the_chair[0] if in_the_chair else "",
        "since": _since(place["since"]),
        "deputies": ", ".join(post for _person, post in place["deputies"]),
        "note": _note(place["note"]),
        "aside": _aside(place),
    }


ASSUMED = "Assumed: "


def _note(text):
    """A note with its tag in a word: what we assumed, or what the terms leave open."""
    if not text:
        return None
    rest = text.removeprefix(ASSUMED)
    return {"tag": "Note" if rest == text else "Assumed", "text": rest[:1].upper() + rest[1:]}


def _since(moment):
    return (
        f"since {MONTHS[timezone.localtime(moment).month - 1][:3]} {timezone.localtime(moment).year}" if moment else ""
    )


def _aside(place):
    """What sets the place apart from one that counts and votes."""
    if place["votes"] and place["counts"]:
        return ""
    if place["counts"]:
        return "counts, without a vote"
    return "votes, outside the quorum" if place["votes"] else "no vote, outside the quorum"


def _places_in_words(places):
    vacant = sum(1 for place in places if not place["holder"])
    deputies = sum(len(place["deputies"]) for place in places)
    return " · ".join(
        [
            _counted(len(places), "place"),
            f"{len(places) - vacant} filled",
            *([f"{vacant} vacant"] if vacant else []),
            _counted(deputies, "named deputy", "named deputies"),
        ]
    )


def _counted(number, one, many=""):
    return f"{number} {one if number == 1 else many or one + 's'}"


def facts(terms):
    """What the terms say of meetings, papers and minutes, as (label, words); what they leave blank is not stated."""
    if terms is None:
        return []
    public = {True: "Meetings are open to the public", False: "Meetings are not public", None: NOT_STATED}
    return [
        ("Meetings a year", _frequency(terms)),
        ("How it meets", terms.get_mode_display() or NOT_STATED),
        ("Public", public[terms.is_public]),
        ("Papers", _working_days(terms.papers_working_days, "before the meeting")),
        ("Minutes", _working_days(terms.minutes_working_days, "after the meeting")),
    ]


def _frequency(terms):
    if terms.meetings_a_year is None:
        return NOT_STATED
    if len(terms.months) == len(MONTHS):
        return f"{terms.meetings_a_year}, each month"
    months = ", ".join(MONTHS[number - 1] for number in terms.months)
    return f"{terms.meetings_a_year}, in {months}" if months else str(terms.meetings_a_year)


def _working_days(number, when):
    return NOT_STATED if number is None else f"{_counted(number, 'working day')} {when}"


HEALTH = {
    rules.Status.QUORATE: ("met", "tick", "Can be quorate"),
    rules.Status.NOT_QUORATE: ("missed", "cross", "Cannot be quorate"),
    rules.Status.NOT_STATED: ("neutral", "dash", "Not stated"),
}


def _health(terms, places, on):
    """Whether today's members could be a quorum at all, and the places that everything hangs on; a line for each."""
    return health(rules.health(parsed(terms), tuple(seat(place) for place in places), on))


def health(found):
    """The health of a membership under a rule, as lines: can it be quorate, and what does that hang on."""
    tone, icon, word = HEALTH[found.status]
    fragile = [
        {"tone": "soon", "icon": "triangle", "word": "Fragile", "sentence": place.sentence} for place in found.fragile
    ]
    return [{"tone": tone, "icon": icon, "word": word, "sentence": found.sentence}, *fragile]


def parsed(terms):
    return rules.parse_terms(terms.rules if terms else "")


def seat(place):
    """A place as the rules know it: its classes and its agency's."""
    return rules.Seat(
        key=str(place["id"]),
        agency=place["counts_as"] or place["agency_short"],
        title=place["title"],
        classes=frozenset(place["classes"]) | frozenset(place["agency_classes"]),
        votes=place["votes"],
        counts=place["counts"],
        holder=None if place["holder_id"] is None else str(place["holder_id"]),
        deputies=tuple(str(person) for person, _post in place["deputies"]),
    )
