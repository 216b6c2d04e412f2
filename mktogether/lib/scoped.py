"""
Rows that belong to somebody's eyes: a queryset that forgot whose they are raises instead of answering.

A model whose rows not everybody may see has a :class:`ScopedQuerySet`. Whoever looks for its rows says for whom, with
``visible_to(user)``, or says why that does not matter here, with ``regardless(why)``. The guard stands while something
is done on behalf of a person, which a request and a job say with :func:`on_behalf_of`; what the portal does by itself
(loading a sample, sweeping, migrations) has no reader whose eyes could be passed by.
"""

import contextlib
from contextvars import ContextVar

from django.db import models
from django.db.models.sql import Query

READER = ContextVar("reader", default=None)


class Unscoped(RuntimeError):
    """Rows were looked up on behalf of a person, and nothing said which of them that person may see."""


@contextlib.contextmanager
def on_behalf_of(user):
    """Until the end of the block, every look at scoped rows must say whose eyes they are for."""
    token = READER.set(user)
    try:
        yield
    finally:
        READER.reset(token)


@contextlib.contextmanager
def regardless(why):
    """Lift the guard for code that is not ours and looks at rows by itself, such as a check of uniqueness."""
    if not why:
        raise ValueError("Say why it does not matter here who may see these rows.")
    with on_behalf_of(None):
        yield


class ScopedQuery(Query):
    """A query that knows whether somebody said whose rows it may answer with."""

    scope = ""

    def get_compiler(self, *args, **kwargs):
        """Every way to the database leads through here, also that of a query inside another."""
        refuse_unscoped(self)
        return super().get_compiler(*args, **kwargs)


def refuse_unscoped(query):
    """Raise Unscoped where ``query`` looks on behalf of a person and says nothing of whose rows these are."""
    if READER.get() is not None and not query.scope:
        raise Unscoped(f"{query.model._meta.label} was looked up without visible_to(user) or regardless(why)")


class ScopedQuerySet(models.QuerySet):
    """
    A queryset whose rows not everybody may see. A subclass says in ``seen_by(user)`` which somebody sees.

    The scope is kept with the query, so filters, counts, joins and copies of it stay scoped.
    """

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query if query is not None or model is None else ScopedQuery(model), using, hints)

    def seen_by(self, user):
        """The rows that ``user`` may see, and no others."""
        raise NotImplementedError(f"{type(self).__name__} does not say what somebody may see")

    def visible_to(self, user):
        """The rows that ``user`` may see; all others are, for them, not there."""
        return self._scoped("visible_to").seen_by(user)

    def regardless(self, why):
        """All rows: ``why`` says to the next reader of the code why it does not matter here who may see them."""
        if not why:
            raise ValueError("Say why it does not matter here who may see these rows.")
        return self._scoped(why)

    def __or__(self, other):
        """The rows of both, of which each has to say whose they are: one would bring in what the other left out."""
        return super().__or__(self._as_scoped_as(other))

    def __xor__(self, other):
        """The rows of one of both, as of ``|``."""
        return super().__xor__(self._as_scoped_as(other))

    def raw(self, *args, **kwargs):
        """SQL by hand names no scope, so that it is refused while somebody's eyes matter."""
        refuse_unscoped(self.query)
        return super().raw(*args, **kwargs)

    def update(self, **values):
        """Change rows, which needs a scope as reading them does."""
        refuse_unscoped(self.query)
        return super().update(**values)

    def delete(self):
        """Delete rows, which needs a scope as reading them does."""
        refuse_unscoped(self.query)
        return super().delete()

    def _as_scoped_as(self, other):
        """``other``, where both say whose rows they are, or neither does and is asked for that later."""
        if bool(self.query.scope) != bool(other.query.scope):
            for rows in (self, other):
                refuse_unscoped(rows.query)
        return other

    def _scoped(self, scope):
        found = self._chain()
        found.query.scope = scope
        return found
