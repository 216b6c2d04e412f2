"""What the lists of cases, deadlines and referrals can be narrowed by."""

import datetime as dt

import django_filters
from django.db.models import F
from django.utils import timezone

from mktogether.lib.filters import Narrowing
from reviews.models import Case, CaseDeadline, Referral


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


class DeadlineFilter(Narrowing):
    """Deadlines by what is due, by kind of case, and in which order."""

    NOUNS = {"which": "choice of deadlines"}

    WHICH = (
        ("open", "Not met yet"),
        ("missed", "Missed, not met yet"),
        ("week", "Due within 7 days"),
        ("month", "Due within 30 days"),
        ("held", "On hold"),
        ("met", "Met"),
        ("all", "All"),
    )
    ORDERS = (("due", "By the day they are due"), ("reference", "By reference"), ("kind", "By kind of case"))
    SORTED = {
        "due": (F("due_on").asc(nulls_last=True), "case__reference", "code"),
        "reference": ("case__reference", F("due_on").asc(nulls_last=True), "code"),
        "kind": ("case__kind", F("due_on").asc(nulls_last=True), "case__reference", "code"),
    }
    WITHIN = {"week": dt.timedelta(days=7), "month": dt.timedelta(days=30)}

    which = django_filters.ChoiceFilter(choices=WHICH, method="in_state")
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices, field_name="case__kind")
    order = django_filters.ChoiceFilter(choices=ORDERS, method="sorted_by")

    class Meta:
        model = CaseDeadline
        fields = []

    def __init__(self, data, **kwargs):
        defaults = {"which": data.get("which") or "open", "order": data.get("order") or "due"}
        super().__init__({**data.dict(), **defaults}, **kwargs)

    def in_state(self, deadlines, _name, which):
        today = timezone.localdate()
        if which == "all":
            return deadlines
        if which == "met":
            return deadlines.filter(met_on__isnull=False)
        unmet = deadlines.filter(met_on__isnull=True)
        if which == "missed":
            return unmet.filter(due_on__lt=today)
        if which == "held":
            return unmet.filter(held_since__isnull=False)
        return unmet.filter(due_on__range=(today, today + self.WITHIN[which])) if which in self.WITHIN else unmet

    def sorted_by(self, deadlines, _name, order):
        return deadlines.order_by(*self.SORTED[order])


class ReferralFilter(Narrowing):
    """Referrals by whether they wait, and by kind."""

    STATES = (("waiting", "Waiting"), ("accepted", "Accepted"), ("closed", "Closed without a case"), ("all", "All"))

    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(choices=Case.Kind.choices)

    class Meta:
        model = Referral
        fields = []

    def __init__(self, data, **kwargs):
        super().__init__({**data.dict(), "state": data.get("state") or "waiting"}, **kwargs)

    def in_state(self, referrals, _name, state):
        if state == "waiting":
            return referrals.filter(decided_at__isnull=True)
        if state == "accepted":
            return referrals.filter(case__isnull=False)
        return referrals.filter(decided_at__isnull=False, case__isnull=True) if state == "closed" else referrals
