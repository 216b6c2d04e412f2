"""What lists can be narrowed by. Every field is named here; nothing else in an address changes a list."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from meetings import years
from meetings.models import Action, Meeting
from mktogether.lib.filters import Narrowing
from partnerships.standing import standing_of


class MeetingFilter(Narrowing):
    """Meetings by state, board or group, and year of the arrangements."""

    STATES = (("coming", "Coming"), ("past", "Past"), ("cancelled", "Cancelled"), ("all", "All"))

    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")
    board = django_filters.ChoiceFilter(field_name="body__slug")
    year = django_filters.ChoiceFilter(method="in_year")

    class Meta:
        model = Meeting
        fields = []

    def __init__(self, data, *, boards, year_choices, **kwargs):
        super().__init__({**data.dict(), "state": data.get("state") or "coming"}, **kwargs)
        self.filters["board"].extra["choices"] = boards
        self.filters["year"].extra["choices"] = year_choices

    def in_state(self, meetings, _name, state):
        now = timezone.now()
        if state == "coming":
            return meetings.coming(now)
        if state == "past":
            return meetings.past(now)
        if state == "cancelled":
            return meetings.filter(cancelled_at__isnull=False).order_by("-starts_at")
        return meetings.order_by("-starts_at")

    def in_year(self, meetings, _name, year):
        begins, ends = years.span(int(year))
        return meetings.filter(starts_at__gte=begins, starts_at__lt=ends)


class ActionFilter(Narrowing):
    """Actions by whose they are, board or group, and whether they are done or late."""

    NOUNS = {"whose": "choice of people"}

    WHOSE = (("mine", "Mine"), ("agency", "My organisation's"), ("all", "Everybody's"))
    STATES = (("open", "Open"), ("overdue", "Overdue"), ("done", "Done"), ("all", "All"))

    whose = django_filters.ChoiceFilter(choices=WHOSE, method="of_whom")
    board = django_filters.ChoiceFilter(field_name="body__slug")
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")

    class Meta:
        model = Action
        fields = []

    def __init__(self, data, *, boards, user, **kwargs):
        defaults = {"whose": data.get("whose") or "all", "state": data.get("state") or "open"}
        super().__init__({**data.dict(), **defaults}, **kwargs)
        self.user = user
        self.filters["board"].extra["choices"] = boards

    def of_whom(self, actions, _name, whose):
        person = standing_of(self.user).person
        if whose == "all" or person is None:
            return actions
        if whose == "mine":
            return actions.filter(owner=person)
        return actions.filter(Q(agency=person.agency_id) if person.agency_id else Q(pk__in=[]))

    def in_state(self, actions, _name, state):
        today = timezone.localdate()
        if state == "open":
            return actions.open()
        if state == "overdue":
            return actions.overdue(today)
        if state == "done":
            return actions.filter(done_at__isnull=False).order_by("-done_at")
        return actions.order_by("-due_on", "-id")
