"""What the lists of access can be narrowed by. Every field is named here; nothing else in an address changes a list."""

import django_filters
from django.utils import timezone

from mktogether.lib.filters import Narrowing
from partnerships.models import Grant
from partnerships.standing import standing_of


class GrantFilter(Narrowing):
    """Grants by whose they are, what they are, and where they stand."""

    NOUNS = {"whose": "choice of people"}

    WHOSE = (("mine", "Mine"), ("asked", "Those that I am asked about"), ("others", "Other people's"), ("all", "All"))
    STATES = (
        ("open", "In force, or to come"),
        ("waiting", "Waiting"),
        ("review", "To be reviewed"),
        ("over", "Over"),
        ("all", "All"),
    )

    whose = django_filters.ChoiceFilter(choices=WHOSE, method="of_whom")
    kind = django_filters.ChoiceFilter(choices=Grant.Kind.choices, field_name="kind")
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")

    class Meta:
        model = Grant
        fields = []

    def __init__(self, data, *, user, **kwargs):
        defaults = {"whose": data.get("whose") or "all", "state": data.get("state") or "open"}
        super().__init__({**data.dict(), **defaults}, **kwargs)
        self.user = user

    def of_whom(self, grants, _name, whose):
        person = standing_of(self.user).person
        if whose == "all" or person is None:
            return grants
        if whose == "mine":
            return grants.filter(person=person)
        return grants.filter(second=person) if whose == "asked" else grants.exclude(person=person)

    def in_state(self, grants, _name, state):
        now = timezone.now()
        if state == "waiting":
            return grants.waiting(now)
        if state == "review":
            return grants.to_review(now)
        if state == "over":
            return grants.over(now)
        return grants if state == "all" else grants.not_over(now)
