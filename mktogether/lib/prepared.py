"""
Queries whose SQL is written once and run again with other values.

Django builds the SQL of a queryset anew each time, which for a query with several joins costs ten times what running it
does. The few that every page needs are prepared::

    POSTS = Prepared(
        lambda area: Person.objects.filter(area=area).values_list("id", "post"), area=BigAutoField()
    )
    POSTS(area=7)  # [(1, "Chair"), …]

``PreparedModels`` gives instances of the model instead, with those that ``select_related`` names. Only what changes a
value can be prepared. A query whose shape depends on its values (lists, optional filters) cannot.

PostgreSQL is told the SQL once for each connection as well, and keeps how it is best run: working that out takes it
longer than running a query with several joins.
"""

from itertools import count
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression
from django.db.models.query import get_related_populators

NUMBERS = count(1)
TOLD = WeakKeyDictionary()  # of each connection as the driver has it, the names of the statements it was told


class Slot(Expression):
    """Stands in a prepared query for a value that is filled in when it runs, the ``number``th of them."""

    def __init__(self, name, number, output_field):
        super().__init__(output_field=output_field)
        self.name = name
        self.number = number

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def as_postgresql(self, compiler, connection):
        return f"${self.number}", []


class Prepared:
    """
    A query that ``build`` makes of slots, one for each field in ``values``.

    ``build`` is called with the slots by name and returns a ``values_list`` queryset. Its SQL is kept with the
    connection, and so for one thread and one database.
    """

    def __init__(self, build, **values):
        self.build = build
        self.values = values

    def __call__(self, **values):
        """The rows for ``values``, as a list of tuples."""
        _compiler, rows = self._rows(values)
        return list(rows)

    def _rows(self, values):
        connection = connections[DEFAULT_DB_ALIAS]
        compiler, statement = self._compiled(connection)
        filled = [_filled(parameter, values, connection) for parameter in statement.parameters]
        with connection.cursor() as cursor:
            statement.tell(connection)
            cursor.execute(statement.sql, filled)
            rows = cursor.fetchall()
        return compiler, compiler.results_iter([rows], tuple_expected=True)

    def _compiled(self, connection):
        kept = vars(connection).setdefault("prepared_queries", {})
        if self not in kept:
            slots = [Slot(name, number, field) for number, (name, field) in enumerate(self.values.items(), 1)]
            compiler = self.build(**{slot.name: slot for slot in slots}).query.get_compiler(connection=connection)
            kind = Told if connection.vendor == "postgresql" else Sent
            kept[self] = compiler, kind(compiler, slots, connection)
        return kept[self]


class Sent:
    """SQL that is sent whole each time."""

    def __init__(self, compiler, slots, connection):
        self.sql, self.parameters = compiler.as_sql()

    def tell(self, connection):
        """Nothing need be told beforehand."""


class Told:
    """SQL that PostgreSQL is told once for each connection, under a name by which it is then asked."""

    def __init__(self, compiler, slots, connection):
        self.name = f"prepared_{next(NUMBERS)}_{compiler.query.model._meta.db_table}"
        types = [slot.output_field.cast_db_type(connection) for slot in slots]
        self.told = f"PREPARE {self.name}{_listed(types)} AS {connection.ops.compose_sql(*compiler.as_sql())}"
        self.sql = f"EXECUTE {self.name}{_listed(['%s'] * len(slots))}"
        self.parameters = slots

    def tell(self, connection):
        """Tell it where this connection has not heard it; a transaction that is taken back leaves it told."""
        told = TOLD.setdefault(connection.connection, set())
        if self.name not in told:
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(self.told)
            told.add(self.name)


class PreparedModels(Prepared):
    """A prepared query for instances: ``build`` returns a queryset of a model, with or without ``select_related``."""

    def __call__(self, **values):
        """The instances for ``values``, as a list."""
        compiler, rows = self._rows(values)
        model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
        own = slice(places[0], places[-1] + 1)
        names = [column[0].target.attname for column in compiler.select[own]]
        related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
        found = []
        for row in rows:
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[own])
            for one in related:
                one.populate(row, instance)
            found.append(instance)
        return found


def _listed(words):
    return f"({', '.join(words)})" if words else ""


def _filled(parameter, values, connection):
    if isinstance(parameter, Slot):
        return parameter.output_field.get_db_prep_value(values[parameter.name], connection)
    return parameter
