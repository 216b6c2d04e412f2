"""Reading what was posted from the workbench: nothing that was typed is lost, whatever is wrong with it."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace

from django.core.serializers.json import DjangoJSONEncoder

from partnerships import rules
from partnerships.workbench.bench import AWAY, CHOICES, MOST_PLACES, PRESENT, STATES, Bench, Names, Place
from partnerships.workbench.forms import FactsForm, PlaceForm, as_typed

LONGEST = 200
NEW = Place(key="New place")
UNREADABLE = "The list of places could not be read. Start again, or open the scenario once more."
TOO_MANY = f"The workbench holds {MOST_PLACES} places at most. Take one away before you add another."


@dataclass
class Desk:
    """The bench with its forms as the page shows them; ``opened`` is the place that is open for changes."""

    bench: Bench
    facts: FactsForm
    place: PlaceForm | None = None
    opened: int | None = None

    @property
    def is_whole(self):
        """Whether everything can be judged as it was typed."""
        return not self.facts.errors and (self.place is None or not self.place.errors)


def laid_out(bench):
    """The desk for ``bench`` before anybody typed; rules that cannot be read are shown with their faults."""
    try:
        rules.parse_terms(bench.terms)
    except rules.RuleError:
        return posted(_as_posted(bench))
    return Desk(bench, FactsForm(places=bench.places, initial=_facts_of(bench)))


def _as_posted(bench):
    """What the form would send for ``bench``."""
    facts = _facts_of(bench) | {"agreed": "on" if bench.agreed else "", "voting": "1" if bench.voting else ""}
    data = {name: f"{value:%H:%M}" if isinstance(value, dt.time) else value for name, value in facts.items()}
    day = zip(("day_0", "day_1", "day_2"), (bench.day.day, bench.day.month, bench.day.year), strict=True)
    ticked = {f"there-{number}": place.state for number, place in enumerate(bench.places)}
    voted = {f"vote-{number}": place.vote for number, place in enumerate(bench.places)}
    return data | dict(day) | ticked | voted | {"places": packed(bench.places)}


def _facts_of(bench):
    wanted = ("terms", "day", "start", "at", "decision", "kind", "presides", "agreed", "casting")
    return {name: getattr(bench, name) for name in wanted}


def posted(data):
    """The desk as it was posted, with the one change that the pressed button asks for."""
    act, _dash, number = data.get("act", "").partition("-")
    data = data.copy()
    places, faults = _unpacked(data.get("places", ""))
    places = _ticked(places, data)
    opened = _number(data.get("open", ""), places)
    form = None if opened is None else PlaceForm(data, prefix="place")
    if form is not None and form.is_valid():
        places = _changed(places, opened, form, data)
    if form is None or not form.errors:
        places, opened, fault = _rearranged(places, opened, act, number)
        faults += fault
        form = None if opened is None else PlaceForm(prefix="place", initial=as_typed(places[opened]))
    facts = FactsForm(data, places=places)
    if not facts.is_valid() or faults:
        for fault in faults:
            facts.add_error(None, fault)
    voting = act == "votes" or (data.get("voting") == "1" and act != "novotes")
    return Desk(_bench(facts, places, voting=voting), facts, form, opened)


def _bench(facts, places, *, voting):
    """The bench with whatever of the facts could be read."""
    typed = facts.cleaned_data
    return Bench(
        terms=typed.get("terms", ""),
        day=typed.get("day") or Bench.day,
        start=typed.get("start"),
        at=typed.get("at"),
        decision=typed.get("decision", ""),
        kind=typed.get("kind", ""),
        places=places,
        presides=typed.get("presides", ""),
        voting=voting,
        agreed=typed.get("agreed", False),
        casting=typed.get("casting", ""),
    )


def _rearranged(places, opened, act, number):
    """The places after the pressed button, which of them is open now, and what could not be done."""
    chosen = _number(number, places)
    if act == "add":
        if len(places) >= MOST_PLACES:
            return places, None, [TOO_MANY]
        fresh = replace(NEW, key=_key_of(NEW.key, places))
        return (*places, fresh), len(places), []
    if act == "open":
        return places, chosen, []
    if act == "remove" and chosen is not None:
        return (*places[:chosen], *places[chosen + 1 :]), None, []
    if act in ("everybody", "nobody"):
        state = PRESENT if act == "everybody" else AWAY
        return tuple(place if place.is_vacant else replace(place, state=state) for place in places), None, []
    return places, None if act == "close" else opened, []


def _changed(places, opened, form, data):
    """The places with what was typed for the open one, which is called after its post, as nothing else is."""
    before = places[opened]
    others = (*places[:opened], *places[opened + 1 :])
    typed = form.cleaned_data
    wanted = typed["title"] or typed["agency"]
    key = before.key if wanted == (before.title or before.agency) else _key_of(wanted, others)
    if data.get("presides") == before.key:
        data["presides"] = key
    return (*places[:opened], form.place(key, before), *places[opened + 1 :])


def _key_of(wanted, places):
    return Names({place.key.casefold() for place in places}).take(wanted)


def _ticked(places, data):
    """The places with who was ticked, and what they voted."""
    ticked = []
    for number, place in enumerate(places):
        state, vote = data.get(f"there-{number}", AWAY), data.get(f"vote-{number}", "")
        state = state if state in STATES else AWAY
        ticked.append(replace(place, state=state, vote=vote if vote in CHOICES else ""))
    return tuple(ticked)


def _number(text, places):
    """The place of that number, or None."""
    return int(text) if text.isdecimal() and int(text) < len(places) else None


def packed(places):
    """The places as the page carries them in one hidden field."""
    return json.dumps([asdict(place) for place in places], cls=DjangoJSONEncoder)


def _unpacked(text):
    """The places that the page carried, and what is wrong with them."""
    try:
        entries = json.loads(text or "[]")
        places = tuple(_place(entry) for entry in entries)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return (), [UNREADABLE]
    if len(places) > MOST_PLACES:
        return places[:MOST_PLACES], [TOO_MANY]
    if len({place.key for place in places}) < len(places):
        return (), [UNREADABLE]
    return places, []


def _place(entry):
    """One place from what the page carried. Raises ValueError, TypeError or KeyError where that is something else."""
    notice = entry["notice"]
    return Place(
        key=_name(entry["key"]),
        agency=_text(entry["agency"]),
        title=_text(entry["title"]),
        classes=_texts(entry["classes"]),
        votes=entry["votes"] is True,
        counts=entry["counts"] is True,
        holder=None if entry["holder"] is None else _text(entry["holder"]),
        deputies=_texts(entry["deputies"]),
        also_called=_texts(entry["also_called"]),
        substitute=entry["substitute"] is True,
        deputy_remote=entry["deputy_remote"] is True,
        since=_time(entry["since"]),
        until=_time(entry["until"]),
        notice=None if notice is None else dt.datetime.fromisoformat(notice).replace(tzinfo=None),
        recused=entry["recused"] is True,
    )


def _text(value):
    """A text that can be shown and kept: not too long, and without characters that are none."""
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise TypeError(value)
    value.encode()
    return value


def _name(value):
    if not _text(value).strip():
        raise ValueError(value)
    return value


def _texts(values):
    if not isinstance(values, list) or len(values) > LONGEST:
        raise TypeError(values)
    return tuple(_text(value) for value in values)


def _time(value):
    return None if value is None else dt.time.fromisoformat(value).replace(tzinfo=None)
