"""What the search of the history can be narrowed by. Every field is named here."""

import datetime as dt

import django_filters
from django.db.models import Q
from django.utils import timezone

from mktogether.lib.filters import Narrowing
from partnerships.story import kinds
from records.history.verbs import Group, named
from records.models import Event

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
GROUPS = [(group.value, group.value.capitalize()) for group in Group]


def _begins(day):
    """The moment at which a day begins here; days before or after all that the portal knows are as good as its ends."""
    return timezone.make_aware(dt.datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), dt.time()))


def nouns():
    """The kinds of thing that the history knows, as choices."""
    return sorted((kind.noun.replace(" ", "-"), kind.noun.capitalize()) for kind in kinds.every())


class EventFilter(Narrowing):
    """Events by who, what sort of act, kind of thing, board or group, and day."""

    NOUNS = {
        "act": "sort of act",
        "thing": "kind of thing",
        "board": "board or group",
        "since": "first day",
        "until": "last day",
    }

    person = django_filters.ChoiceFilter(field_name="actor_id")
    act = django_filters.ChoiceFilter(choices=GROUPS, method="of_group")
    thing = django_filters.ChoiceFilter(method="about")
    board = django_filters.ChoiceFilter(method="on_board")
    since = django_filters.DateFilter(method="from_day")
    until = django_filters.DateFilter(method="to_day")

    class Meta:
        model = Event
        fields = []

    def __init__(self, data, *, people, boards, **kwargs):
        super().__init__(data, **kwargs)
        self.boards = {body.slug: body for body in boards}
        self.filters["person"].extra["choices"] = people
        self.filters["thing"].extra["choices"] = nouns()
        self.filters["board"].extra["choices"] = [(body.slug, body.name) for body in boards]

    def of_group(self, events, _name, group):
        return events.filter(verb__in=named(group))

    def about(self, events, _name, noun):
        labels = [kind.label for kind in kinds.every() if kind.noun.replace(" ", "-") == noun]
        return events.filter(Q(target__in=labels) | Q(within__in=labels))

    def on_board(self, events, _name, slug):
        return events.filter(kinds.on_board(self.boards[slug]))

    def from_day(self, events, _name, first):
        return events.filter(at__gte=_begins(first))

    def to_day(self, events, _name, last):
        return events.filter(at__lt=_begins(min(last, LAST_DAY) + dt.timedelta(days=1)))

    def problem(self):
        """What is wrong with the days, in a sentence for their field; empty where nothing is."""
        chosen = self.chosen()
        first, last = chosen.get("since"), chosen.get("until")
        return "The first day is after the last. Change one of them." if first and last and first > last else ""

    def dates(self):
        """The days that were typed, as the boxes show them again."""
        return {name: self.data.get(name, "") for name in ("since", "until")}
