"""How long an audit of rapid reviews may last."""

import datetime as dt

MONTHS = 6


def longest(begun: dt.datetime) -> dt.datetime:
    """The latest end of an audit that was begun at ``begun``: six months and the rest of that day."""
    months = begun.month - 1 + MONTHS
    year, month = begun.year + months // 12, months % 12 + 1
    first_after = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=begun.tzinfo)
    last_day = (first_after - dt.timedelta(days=1)).day
    return begun.replace(year=year, month=month, day=min(begun.day, last_day)) + dt.timedelta(days=1)
