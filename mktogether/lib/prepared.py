"""
Queries whose SQL is written once and run again with other values.

Django builds the SQL of a queryset anew each time, which for a query with several joins costs ten times what running it
does. The few that every page needs are prepared::

    POSTS = Prepared(
        lambda area: Person.objects.filter(area=area).values_list("id", "post"), area=BigAutoField()
    )
    POSTS(area=7)  # [(1, "Chair"), …]

Only what changes a value can be prepared. A query whose shape depends on its values (lists, optional filters) cannot.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression


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
        connection = connections[DEFAULT_DB_ALIAS]
        compiler, sql, parameters = self._compiled(connection)
        filled = [_filled(parameter, values, connection) for parameter in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows = cursor.fetchall()
        return list(compiler.results_iter([rows], tuple_expected=True))

    def _compiled(self, connection):
        kept = vars(connection).setdefault("prepared_queries", {})
        if self not in kept:
            slots = {name: Slot(name, field) for name, field in self.values.items()}
            compiler = self.build(**slots).query.get_compiler(connection=connection)
            kept[self] = (compiler, *compiler.as_sql())
        return kept[self]


def _filled(parameter, values, connection):
    if isinstance(parameter, Slot):
        return parameter.output_field.get_db_prep_value(values[parameter.name], connection)
    return parameter
