"""
The bench as one scenario of a scenario file, and back.

What is kept and what can be downloaded is the same thing: ``manage.py quorum_check`` runs it. The shape is public and
described in docs/quorum.md; what stands there as by default is left out.
"""

import datetime as dt
from dataclasses import replace

import yaml

from partnerships import rules
from partnerships.workbench.bench import CHOICES, DEPUTY, PRESENT, REMOTE, Bench, Place

VERSION = 1


def of_bench(bench, name):
    """``bench`` as a scenario with the verdict that the rules give today as what is expected. Raises RuleError."""
    found = {"name": name, "terms": bench.terms, "date": bench.day.isoformat()}
    found |= {key: _clock(value) for key, value in (("start", bench.start), ("at", bench.at)) if value}
    found |= {key: value for key, value in (("kind", bench.kind), ("decision", bench.decision)) if value}
    found["seats"] = [_seat(place) for place in bench.places]
    found["present"] = [_present(place, bench) for place in bench.places if place.is_filled]
    recused = [place.attends for place in bench.places if place.withdraws]
    if recused:
        found["recused"] = recused
    if bench.has_votes:
        found["votes"] = _votes(bench)
    return found | {"expect": _expected(bench)}


def _seat(place):
    seat = {"seat": place.key}
    seat |= {key: value for key, value in (("agency", place.agency), ("title", place.title)) if value}
    lists = (("classes", place.classes), ("deputies", place.deputies), ("also called", place.also_called))
    seat |= {key: list(value) for key, value in lists if value}
    seat |= {key: False for key, value in (("votes", place.votes), ("counts", place.counts)) if not value}
    if place.is_vacant:
        seat["holder"] = "vacant"
    elif place.holder:
        seat["holder"] = place.holder
    return seat


def _present(place, bench):
    entry = {"seat": place.key}
    if place.state == DEPUTY:
        entry["as"] = "substitute" if place.is_substitute else "deputy"
    if place.state == REMOTE or (place.state == DEPUTY and place.deputy_remote):
        entry["remote"] = True
    entry |= {key: _clock(value) for key, value in (("from", place.since), ("until", place.until)) if value}
    if place.notice:
        entry["notice"] = f"{place.notice:%Y-%m-%d %H:%M}"
    if place.key == bench.presides:
        entry["presiding"] = True
    return entry


def _votes(bench):
    if bench.agreed:
        return "agreed"
    votes = {choice: [_ballot(place) for place in bench.places if place.vote == choice] for choice in CHOICES}
    votes = {choice: cast for choice, cast in votes.items() if cast}
    return votes | ({"casting": bench.casting} if bench.casting else {})


def _ballot(place):
    return {"person": place.voter, "seat": place.key} if place.votes_by_seat else place.voter


def _expected(bench):
    terms = rules.parse_terms(bench.terms)
    expected = {"verdict": rules.judge(terms, bench.room(), bench.decision or "ordinary").status.value}
    if bench.has_votes:
        decided = rules.decide(terms, bench.room(), bench.motion(), bench.ballots(), agreed=bench.agreed)
        expected["outcome"] = decided.status.value
    return expected


def bench_of(content):
    """The bench that ``content``, a scenario as it was kept, describes."""
    day = dt.date.fromisoformat(content["date"])
    present = {entry["seat"]: entry for entry in map(_entry, content.get("present", []))}
    votes = content.get("votes", {})
    agreed = votes == "agreed"
    cast = {} if agreed else _cast(votes)
    recused = set(content.get("recused", []))
    places = [_place(seat, present.get(seat["seat"]), cast, recused) for seat in content.get("seats", [])]
    return Bench(
        terms=content.get("terms", ""),
        day=day,
        start=_time(content.get("start")),
        at=_time(content.get("at")),
        decision=content.get("decision", ""),
        kind=content.get("kind", ""),
        places=tuple(places),
        presides=next((key for key, entry in present.items() if entry.get("presiding")), ""),
        voting=bool(votes),
        agreed=agreed,
        casting="" if agreed else votes.get("casting", ""),
    )


def _entry(entry):
    return entry if isinstance(entry, dict) else {"seat": entry.removeprefix("substitute for ")}


def _cast(votes):
    return {_entry(entry)["seat"]: choice for choice in CHOICES for entry in votes.get(choice, [])}


def _place(seat, entry, cast, recused):
    place = Place(
        key=seat["seat"],
        agency=seat.get("agency", ""),
        title=seat.get("title", ""),
        classes=tuple(seat.get("classes", ())),
        votes=seat.get("votes", True),
        counts=seat.get("counts", True),
        holder=None if seat.get("holder") == "vacant" else seat.get("holder", ""),
        deputies=tuple(seat.get("deputies", ())),
        also_called=tuple(seat.get("also called", ())),
        vote=cast.get(seat["seat"], ""),
    )
    return place if entry is None else _with_attendance(place, entry, recused)


def _with_attendance(place, entry, recused):
    remote = entry.get("remote", False)
    state = DEPUTY if "as" in entry else REMOTE if remote else PRESENT
    notice = entry.get("notice")
    place = replace(
        place,
        state=state,
        substitute=entry.get("as") == "substitute",
        deputy_remote=state == DEPUTY and remote,
        since=_time(entry.get("from")),
        until=_time(entry.get("until")),
        notice=dt.datetime.fromisoformat(notice) if notice else None,
    )
    return replace(place, recused=place.attends in recused)


def _clock(value):
    return f"{value:%H:%M}"


def _time(text):
    return dt.time.fromisoformat(text) if text else None


def as_yaml(content):
    """A scenario file with ``content`` as its only scenario, as bytes."""
    whole = {"version": VERSION, "scenarios": [content]}
    return yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110).encode()


class _Dumper(yaml.SafeDumper):
    """Rules of several lines stand in a block, as somebody would write them."""


def _text(dumper, text):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
