"""Rows that the database makes of other rows by itself, so that none of them comes into this process."""

from django.db import connection


def insert_from(model, rows, *columns):
    """
    Insert into the table of ``model`` what the ``values_list`` queryset ``rows`` selects, in the order of ``columns``.

    A row that a constraint of uniqueness refuses is left out. Returns how many were inserted.
    """
    sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(column).column) for column in columns)
    # Names of tables and columns come from our models, and every value is a parameter.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) {sql} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
