"""
The lookup ``among``: rows whose number is one of many that are known, as one parameter instead of one for each.

``pk__in`` with five hundred ids costs Django milliseconds for every query that holds them, and a page of somebody who
is on many cases holds them again and again. ``pk__among`` hands the database one list, which a prepared query can take
too: its slot is of ``Numbers``.
"""

import json

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, IntegerField, Lookup


class Numbers(Field):
    """Whole numbers in any collection, as one value of a prepared query; no column is of this kind."""

    def cast_db_type(self, connection):
        """What PostgreSQL calls it."""
        return "bigint[]"

    def get_db_prep_value(self, value, connection, prepared=False):
        """A list as the database takes it, in order."""
        numbers = sorted(int(one) for one in value)
        return numbers if connection.vendor == "postgresql" else json.dumps(numbers)


@IntegerField.register_lookup
class Among(Lookup):
    """``Case.objects.filter(pk__among=ids)``; ``ids`` are whole numbers in any collection, or the slot for them."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self):
        """The numbers in order, so that the same ones make the same query; a slot stays as it is."""
        return self.rhs if self._is_slot() else sorted(int(one) for one in self.rhs)

    def as_sql(self, compiler, connection):
        """No query at all where there is no number, as with ``in``."""
        column, params = self.process_lhs(compiler, connection)
        numbers, more = self._numbers(compiler, connection)
        sql = f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 - a column's name, from the model
        return sql, [*params, *more]

    def as_postgresql(self, compiler, connection):
        """PostgreSQL takes a list as it is."""
        column, params = self.process_lhs(compiler, connection)
        numbers, more = self._numbers(compiler, connection)
        return f"{column} = ANY({numbers})", [*params, *more]

    def _is_slot(self):
        return hasattr(self.rhs, "resolve_expression")

    def _numbers(self, compiler, connection):
        if self._is_slot():
            return compiler.compile(self.rhs)
        if not self.rhs:
            raise EmptyResultSet
        return "%s", [NUMBERS.get_db_prep_value(self.rhs, connection)]


NUMBERS = Numbers()
