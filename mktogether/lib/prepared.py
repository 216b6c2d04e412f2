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
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression
from django.db.models.query import get_related_populators


class Slot(Expression):
    """Stands in a prepared query for a value that is filled in when it runs."""

    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


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
        compiler, sql, parameters = self._compiled(connection)
        filled = [_filled(parameter, values, connection) for parameter in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows = cursor.fetchall()
        return compiler, compiler.results_iter([rows], tuple_expected=True)

    def _compiled(self, connection):
        kept = vars(connection).setdefault("prepared_queries", {})
        if self not in kept:
            slots = {name: Slot(name, field) for name, field in self.values.items()}
            compiler = self.build(**slots).query.get_compiler(connection=connection)
            kept[self] = (compiler, *compiler.as_sql())
        return kept[self]


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


def _filled(parameter, values, connection):
    if isinstance(parameter, Slot):
        return parameter.output_field.get_db_prep_value(values[parameter.name], connection)
    return parameter
