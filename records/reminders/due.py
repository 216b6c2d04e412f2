"""What is due: the rows of a kind as the database finds them, with the day of each."""

import datetime as dt

from django.db.models import Case, DateField, DateTimeField, F, Q, Value, When
from django.utils import timezone

from records.reminders.kinds import Key

HOUR = dt.time(8, 0)  # local time, which both changes of the clock leave alone
KEY = ("due_target", "due_recipient", "due_day")


def last_day(now):
    """The last day whose reminders may have gone by ``now``: today from the morning's hour on."""
    here = timezone.localtime(now)
    return here.date() if here.time() >= HOUR else here.date() - dt.timedelta(days=1)


def morning(day):
    """The moment of ``day`` from which its reminders go."""
    return timezone.make_aware(dt.datetime.combine(day, HOUR))


def due(kind, now, *, targets=None):
    """
    What is due of ``kind`` by ``now``, one row for each thing and person; None where no date can be due today.

    Beside the columns of ``KEY`` it has ``due_area`` and ``due_from``, the moment from which it goes. ``targets``
    narrows it to these things.
    """
    dues = kind.timing.dues(last_day(now))
    if not dues:
        return None
    found = kind.rows(now) if targets is None else kind.rows(now).filter(**{f"{kind.target}__in": targets})
    spans = [span for of_day in dues.values() for span in of_day]
    whole = (min(first for first, _last in spans), max(last for _first, last in spans))
    return (
        found.filter(_about(kind, [whole]))
        .annotate(
            due_target=F(kind.target),
            due_recipient=F(kind.recipient),
            due_area=F(kind.area),
            due_day=_by_day(kind, dues, lambda day: day, DateField()),
            due_from=_by_day(kind, dues, morning, DateTimeField()),
        )
        .filter(due_day__isnull=False)
    )


def _by_day(kind, dues, value, field):
    """For each row the ``value`` of the day on which it is due; nothing where its date is due on none."""
    cases = (When(_about(kind, spans), then=Value(value(day), output_field=field)) for day, spans in dues.items())
    return Case(*cases, output_field=field)


def keys(kind, now, *, targets=None):
    """The keys of what is due, as a set; ``only`` of the kind has its say."""
    rows = due(kind, now, targets=targets)
    if rows is None:
        return set()
    found = {Key(*row) for row in rows.order_by().values_list(*KEY)}
    return set(kind.only(found, now)) if kind.only and found else found


def _about(kind, spans):
    """The condition that the date of a row lies in one of ``spans``."""
    found = Q()
    for first, last in spans:
        if kind.is_moment:
            begin = timezone.make_aware(dt.datetime.combine(first, dt.time()))
            end = timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time()))
            found |= Q(**{f"{kind.about}__gte": begin, f"{kind.about}__lt": end})
        else:
            found |= Q(**{f"{kind.about}__range": (first, last)})
    return found
