"""Promises that the database keeps, in one line each."""

from django.db.models import CheckConstraint, F, Q


def paired(*fields, name):
    """All of ``fields`` are set, or none is."""
    unset = Q(**{f"{field}__isnull": True for field in fields})
    filled = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(condition=unset | filled, name=name)


def in_order(first, second, *, name, message, strictly=False):
    """``second`` is not before ``first`` (after it, if ``strictly``); an unset one leaves the order open."""
    comparison = "gt" if strictly else "gte"
    unset = Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True})
    return CheckConstraint(
        condition=unset | Q(**{f"{second}__{comparison}": F(first)}), name=name, violation_error_message=message
    )


def one_of(field, choices, *, name):
    """``field`` holds one of the values of ``choices`` (a Django ``Choices`` class)."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def filled(field, *, name):
    """``field`` is not the empty text."""
    return CheckConstraint(condition=~Q(**{field: ""}), name=name)
