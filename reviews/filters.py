"""What the list of cases can be narrowed by."""

import django_filters

from mktogether.lib.filters import Narrowing
from reviews.models import Case


class CaseFilter(Narrowing):
    """Cases by whether they are open, and by kind."""

    STATES = (("open", "Open"), ("closed", "Closed"), ("all", "All"))

    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices)

    class Meta:
        model = Case
        fields = []

    def __init__(self, data, **kwargs):
        super().__init__({**data.dict(), "state": data.get("state") or "open"}, **kwargs)

    def in_state(self, cases, _name, state):
        return cases if state == "all" else cases.filter(closed_at__isnull=state == "open")
