"""What the rules make of the bench, in the words and signs of the page."""

from django.utils import timezone

from partnerships import rules, strip
from partnerships.reading import health
from partnerships.rules.headings import decision_text
from partnerships.workbench import desk as desks
from partnerships.workbench.bench import AWAY, DEPUTY, PRESENT, REMOTE

STATE_WORDS = ((PRESENT, "P", "Present"), (REMOTE, "R", "Remote"), (DEPUTY, "D", "Deputy"), (AWAY, "A", "Away"))
VOTE_WORDS = (("", "No vote"), ("for", "For"), ("against", "Against"), ("abstain", "Abstains"))
TONES = {
    "met": ("met", "tick", "Met"),
    "not met": ("missed", "cross", "Not met"),
    "needed": ("soon", "triangle", "Just met"),
}
OUTCOMES = {
    rules.Result.CARRIED: ("met", "tick"),
    rules.Result.NOT_CARRIED: ("missed", "cross"),
    rules.Result.UNDECIDED: ("soon", "clock"),
    rules.Result.INVALID: ("missed", "cross"),
    rules.Result.NOT_STATED: ("neutral", "dash"),
}
NOTHING_MENDS = "Nobody who could still come would make it quorate."


def page(desk):
    """The workbench as the page shows it: the rows of places and, where everything could be read, the result."""
    bench = desk.bench
    return {
        "desk": desk,
        "rows": [_row(number, place, desk) for number, place in enumerate(bench.places)],
        "packed": desks.packed(bench.places),
        "counts": _counts(bench),
        "result": result(bench) if desk.is_whole else None,
    }


def _counts(bench):
    there = sum(place.is_filled for place in bench.places)
    vacant = sum(place.is_vacant for place in bench.places)
    places = "1 place" if len(bench.places) == 1 else f"{len(bench.places)} places"
    return " · ".join([places, *([f"{vacant} vacant"] if vacant else []), f"{there} there"])


def _row(number, place, desk):
    """One place: its words, what is particular about it, and its buttons."""
    return {
        "number": number,
        "title": place.title or place.agency or place.key,
        "agency": place.agency if place.title else "",
        "note": " · ".join(_notes(place)),
        "opened": number == desk.opened,
        "vacant": place.is_vacant,
        "states": [
            {"value": value, "letter": letter, "word": word, "chosen": place.state == value, "away": value == AWAY}
            for value, letter, word in STATE_WORDS
            if not (place.is_vacant and value in (PRESENT, REMOTE))
        ],
        "votes": [(value, word, place.vote == value) for value, word in VOTE_WORDS]
        if desk.bench.voting and place.votes
        else [],
    }


def _notes(place):
    yield from place.classes
    if place.is_vacant:
        yield "vacant"
    yield from _standing(place)
    if place.deputies:
        yield "1 named deputy" if len(place.deputies) == 1 else f"{len(place.deputies)} named deputies"
    yield from _attendance(place)


def _standing(place):
    if not place.votes and not place.counts:
        yield "no vote, outside the quorum"
    elif not place.votes:
        yield "no vote"
    elif not place.counts:
        yield "outside the quorum"


def _attendance(place):
    if place.is_substitute:
        yield "by a substitute" if place.deputies else "no deputy is named: by a substitute"
    if place.state == DEPUTY and place.deputy_remote:
        yield "remotely"
    if place.since:
        yield f"joined {place.since:%H:%M}"
    if place.until:
        yield f"left {place.until:%H:%M}"
    if place.notice:
        yield f"notice {place.notice.day} {place.notice:%b %H:%M}"
    if place.recused:
        yield "withdraws for an interest"


def result(bench):
    """Everything that the rules say of ``bench``, whose rules can be read."""
    terms = rules.parse_terms(bench.terms)
    room, decision = bench.room(), bench.decision or "ordinary"
    judgement = rules.judge(terms, room, decision)
    return {
        "strip": _strip(judgement, bench),
        "status": f"{judgement.status} {sum(not other.met for other in judgement.others)}",
        "findings": [_finding(finding) for finding in judgement.findings],
        "mending": _mending(judgement),
        "others": [
            {
                "kind": other.decision,
                "met": other.met,
                "icon": "tick" if other.met else "cross",
                "sentence": other.sentence,
            }
            for other in judgement.others
        ],
        "reasons": judgement.reasons,
        "discretion": judgement.discretion,
        "outcome": _outcome(terms, room, bench) if bench.has_votes else None,
        **of_terms(terms, bench.seats(), bench.day, decision=decision, kind=room.meeting_kind),
        "assumed": judgement.assumed,
    }


def of_terms(terms, seats, day, *, text="", decision="ordinary", kind="ordinary"):
    """What can be said of rules and a membership before anybody comes: plain English, warnings, health."""
    return {
        "english": terms.english(),
        "warnings": [_warning(problem) for problem in _problems(terms, seats, text)] if seats else [],
        "health": health(rules.health(terms, seats, day, decision=decision, meeting_kind=kind)) if seats else [],
    }


def _problems(terms, seats, text):
    return [*rules.check_terms(terms, seats), *rules.miscounted(text, seats)]


def _warning(problem):
    return f"{problem.message} {problem.remedy}".strip()


def _strip(judgement, bench):
    modifier, icon = strip.look(judgement)
    headline, cause = strip.words(judgement)
    there = sum(place.is_filled for place in bench.places)
    return {
        "modifier": modifier,
        "icon": icon,
        "headline": headline,
        "cure": _cure(judgement, cause, there),
        "detail": _detail(bench, there, judgement),
        "chips": [strip.chip(finding) for finding in judgement.findings],
    }


def _cure(judgement, cause, there):
    """Who would mend it; while nobody is ticked that alone, and not the names of everybody."""
    if judgement.status == rules.Status.NOT_STATED:
        return "That is not the same as quorate."
    return cause if there else "Nobody is ticked as there yet."


def _detail(bench, there, judgement):
    words = [f"{there} of {len(bench.places)} places", f"{len(judgement.counted)} count"]
    if bench.decision:
        words.append(f"for {decision_text(bench.decision)}")
    if bench.kind:
        words.append(f"at {bench.kind} meetings")
    words.append(f"at {bench.at:%H:%M}" if bench.at else "over the whole meeting")
    return " · ".join(words)


def _finding(finding):
    tone, icon, word = TONES[finding.state]
    return {
        "label": finding.label[:1].upper() + finding.label[1:],
        "tone": tone,
        "icon": icon,
        "word": word,
        "sum": f"{finding.count} of {finding.needed}",
        "how": finding.sum,
        "why": finding.why,
        "people": [one.words for one in finding.people],
    }


def _mending(judgement):
    """The smallest sets of people whose arrival would mend it; a sentence where there is none."""
    if judgement.status != rules.Status.NOT_QUORATE:
        return []
    sets = [f"{one.text[:1].upper()}{one.text[1:]}" for one in judgement.mending]
    return sets or [NOTHING_MENDS]


def _outcome(terms, room, bench):
    found = rules.decide(terms, room, bench.motion(), bench.ballots(), agreed=bench.agreed)
    tone, icon = OUTCOMES[found.status]
    return {
        "tone": tone,
        "icon": icon,
        "word": found.status.value[:1].upper() + found.status.value[1:],
        "sentence": found.sentence,
        "tests": found.tests,
        "tally": "" if bench.agreed else f"{found.tally.words}, {found.tally.voters_present} voters present.",
        "left_out": [f"{one.person}: {one.reason}" for one in found.left_out],
    }


def scenario(found, user):
    """A scenario as a row of the list."""
    own = found.created_by_id == user.pk
    return {
        "name": found.name,
        "href": found.get_absolute_url(),
        "board": str(found.body) if found.body else "",
        "verdict": found.verdict or "",
        "author": "You" if own else author_of(found),
        "own": own,
        "shared": found.shared_at is not None,
        "changed": timezone.localtime(found.changed_at),
    }


def author_of(found):
    """Whose scenario it is, by their post; never by the address of an account that has none (any more)."""
    person = getattr(found.created_by, "person", None)
    return person.post if person else "An account without a post"


def sharing(found):
    """Who sees the scenario now, and who would."""
    if found.shared_at:
        return f"Whoever has a place on {found.body} sees it. Afterwards only you, the team and the scrutineer do."
    if found.body:
        return f"Whoever has a place on {found.body} sees it then. They can try changes and save copies of their own."
    return "Only you, the team and the scrutineer see it. To share it, say first for which board or group it is."


def subtitle(found, start, carried):
    """What lies on the bench, in a line; ``carried`` is what the page said of it when it was sent."""
    if found is not None:
        shared = f"shared with everybody of {found.body}" if found.shared_at else "not shared"
        return " · ".join([*([str(found.body)] if found.body else []), shared])
    if start is not None and start.meeting is not None:
        return f"Membership and attendance of {start.meeting.words}"
    if start is not None and start.body is not None:
        return f"Membership of {start.body} today"
    return carried[:200] or "Try a rule before anybody adopts it: nothing here changes a board or a meeting"
