"""
Events as sentences: who did what, to what as far as the reader may see it, when, and what it was before.

Three queries whatever the number of events, one more for each kind of thing among them, and one where somebody acted
on behalf of others.
"""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, clock_to_the_second, day
from partnerships.models import Person
from partnerships.story import asking, kinds
from records.history import ON_BEHALF_OF, verbs
from records.models import EarlierValue

UNSEEN = "something that you may not see"
UNNAMED = (UNSEEN, "")
ENDS = "ends_at"  # the field of when something is over
ROUTE = "route"  # the key in an event's details of the page that was asked for in vain
THE_PORTAL = "The portal"
SOMEBODY = "Somebody without an account"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def told(user, events, *, here=None):
    """
    ``events`` in words for ``user``, as rows of plain values; ``here`` is the thing on whose page they stand.

    What something sensitive held before is told on its own page or its meeting's alone, where looking is written down.
    """
    events = list(events)
    who = _actors({event.actor_id for event in events} - {None})
    names, sensitive = _names(user, events, here)
    open_ones = [event for event in events if here is not None or sensitive.isdisjoint(_references(event))]
    return in_words(events, who, names, _values(open_ones))


def in_words(events, who, names, values):
    """
    Rows of plain values for ``events``.

    ``who`` maps accounts to people in full, ``names`` what may be named, as (label, id), to title and address, and
    ``values`` an event to what its fields held before. Whom somebody acted for is looked up, in one query where there
    is any.
    """
    represented = _represented(events)
    return [_row(event, who, names, values, represented) for event in events]


def _row(event, who, names, values, represented):
    verb = verbs.of(event.verb)
    name, seen = _name(event, names)
    before, _thing, after = verb.says.partition(verbs.THING)
    title, address = name if _thing else ("", "")
    at = timezone.localtime(event.at)
    return {
        "id": event.pk,
        "day": day(at),
        "clock": clock(at),
        "to_the_second": clock_to_the_second(at),
        "who": who.get(event.actor_id) or (THE_PORTAL if verb.group is not verbs.Group.SIGNED_IN else SOMEBODY),
        "before": before,
        "title": title,
        "href": address,
        "after": after + (_for_whom(event, represented) if seen else "") + _more(event),
        "was": _was(verb, values.get(event.pk, {})) if seen else [],
        "address": asking.address(event.details) if ROUTE in event.details else "",
        "exactly": asking.exactly(event.details) if ROUTE in event.details else "",
        "group": verb.group.value,
    }


def sentence(row):
    """The row as one sentence, for a file that is taken away."""
    return f"{row['who']} {row['before']}{row['title']}{row['after']}"


# --- Who --------------------------------------------------------------------------------------------------------------


def _actors(ids):
    """Who is behind accounts; an account without a person by its number, since its address is nobody's business."""
    people = Person.objects.of_accounts(ids)
    return {pk: people.get(pk, f"Account {pk}") for pk in ids}


def _represented(events):
    """Those on whose behalf somebody acted, by the id of the person."""
    ids = {event.details[ON_BEHALF_OF] for event in events if ON_BEHALF_OF in event.details}
    people = Person.objects.filter(pk__in=ids).select_related("agency") if ids else ()
    return {person.pk: person.in_full for person in people}


def _for_whom(event, represented):
    who = represented.get(event.details.get(ON_BEHALF_OF))
    return f", on behalf of the {who}" if who else ""


# --- What -------------------------------------------------------------------------------------------------------------


def _references(event):
    return [(label, pk) for label, pk in ((event.target, event.target_id), (event.within, event.within_id)) if label]


def named_here(thing):
    """The name of ``thing`` on its own page, for ``in_words``."""
    return {(thing._meta.label, thing.pk): (kinds.of(thing._meta.label).here, "")}


def _names(user, events, here):
    """
    What events are about, as ``user`` may know it: (label, id) -> (title, address), and which of it is sensitive.

    A query for each kind.
    """
    names, sensitive = named_here(here) if here is not None else {}, set()
    wanted = {}
    for event in events:
        for label, pk in _references(event):
            if (label, pk) not in names:
                wanted.setdefault(label, set()).add(pk)
    for label, ids in wanted.items():
        kind = kinds.of(label)
        if kind is not None and kind.visible is not None:
            for thing in kind.visible(user).filter(pk__in=ids):
                names[label, thing.pk] = (kind.title(thing), kind.address(thing))
                if kind.is_sensitive(thing):
                    sensitive.add((label, thing.pk))
    return names, sensitive


def _name(event, names):
    """
    What the event is about in words, and whether the reader may see all of it that has a name.

    Whoever sees a grant and not the meeting that it opens is told of the grant; what it held before, which may tell of
    the meeting, is withheld with it.
    """
    if ROUTE in event.details:
        return (asking.page(event.details), ""), False
    named = [reference for reference in _references(event) if _has_a_name(reference[0])]
    name = names.get(named[0], UNNAMED) if named else UNNAMED
    return name, bool(named) and names.keys() >= set(named)


def _has_a_name(label):
    kind = kinds.of(label)
    return kind is not None and kind.visible is not None


# --- What more --------------------------------------------------------------------------------------------------------


def _more(event):
    """What the details say in words."""
    parts = []
    if event.details.get("emergency"):
        parts.append(", by emergency access")
    if "rows" in event.details:
        parts.append(f" ({event.details['rows']} rows)")
    if "times" in event.details:
        parts.append(f": {event.details['times']} more times within a minute")
    return "".join(parts)


# --- What it was before -----------------------------------------------------------------------------------------------


def _values(events):
    changed = [event.pk for event in events if event.fields]
    values = {}
    if changed:
        rows = EarlierValue.objects.filter(event__in=changed).order_by("id")
        for event, name, value in rows.values_list("event_id", "field", "value"):
            values.setdefault(event, {})[name] = value
    return values


def _was(verb, values):
    named = [(word, values[name], name == ENDS) for name, word in verb.fields.items() if name in values]
    return [f"{word} was: {_in_words(value, is_end=is_end)}" for word, value, is_end in named]


def _in_words(value, *, is_end=False):
    """A value as it was kept, as people write it; an end at midnight is the end of the day before."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and MOMENT.fullmatch(value):
        moment = timezone.localtime(datetime.fromisoformat(value))
        if is_end and moment.time() == time():
            return f"the end of {day(moment - timedelta(days=1))}"
        return f"{day(moment)}, {clock(moment)}"
    if isinstance(value, str) and DATE.fullmatch(value):
        return day(date.fromisoformat(value))
    return "nothing" if value in ("", None) else str(value)
