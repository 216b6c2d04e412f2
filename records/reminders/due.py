"""What is due: the rows of a kind as the database finds them, with the day of each."""

import datetime as dt

from django.conf import settings
from django.db.models import Case, DateField, DateTimeField, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from records.reminders.kinds import Key

KEY = ("due_target", "due_recipient", "due_day", "due_news")
NO_NEWS = Cast(Value(None), DateTimeField())  # a bare NULL has no type


def is_night(now):
    """Whether it is before the hour of the morning from which people are reminded."""
    return timezone.localtime(now).time() < settings.REMINDERS_FROM


def last_day(now):
    """The last day whose reminders may have gone by ``now``: today from the morning's hour on."""
    today = timezone.localdate(now)
    return today - dt.timedelta(days=1) if is_night(now) else today


def morning(day):
    """The moment of ``day`` from which its reminders go."""
    return timezone.make_aware(dt.datetime.combine(day, settings.REMINDERS_FROM))


def due(kind, now):
    """
    What is due of ``kind`` by ``now``, one row for each thing and person; None where no date can be due today.

    Beside the columns of ``KEY`` it has ``due_area``.
    """
    dues = kind.timing.dues(last_day(now))
    if not dues:
        return None
    spans = [span for of_day in dues.values() for span in of_day]
    whole = (min(first for first, _last in spans), max(last for _first, last in spans))
    cases = (When(_about(kind, of_day), then=Value(day, DateField())) for day, of_day in dues.items())
    return (
        kind.rows(now)
        .filter(_within(kind, [whole]))
        .annotate(
            due_target=F(kind.target),
            due_recipient=F(kind.recipient),
            due_area=F(kind.area),
            due_day=Case(*cases, output_field=DateField()),
            due_news=F(kind.about) if kind.is_news else NO_NEWS,
        )
        .filter(due_day__isnull=False)
    )


def keys(kind, now, targets):
    """The keys of what is due of the things ``targets``, as a set; ``only`` of the kind has its say."""
    rows = kind.rows(now).filter(**{f"{kind.target}__in": targets}).order_by()
    today, found = last_day(now), set()
    for target, recipient, about in rows.values_list(kind.target, kind.recipient, kind.about):
        day = kind.timing.due(timezone.localdate(about) if kind.is_moment else about, today)
        if day is not None:
            found.add(Key(target, recipient, day, about if kind.is_news else None))
    return set(kind.only(found, now)) if kind.only and found else found


def _about(kind, spans):
    """The condition that the date of a row lies in one of ``spans``; of dates, a list, which databases look up."""
    if kind.is_moment:
        return _within(kind, spans)
    days = [first + dt.timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)]
    return Q(**{f"{kind.about}__in": days})


def _within(kind, spans):
    """The same by the first and last date of each span."""
    found = Q()
    for first, last in spans:
        if kind.is_moment:
            begin = timezone.make_aware(dt.datetime.combine(first, dt.time()))
            end = timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time()))
            found |= Q(**{f"{kind.about}__gte": begin, f"{kind.about}__lt": end})
        else:
            found |= Q(**{f"{kind.about}__range": (first, last)})
    return found
