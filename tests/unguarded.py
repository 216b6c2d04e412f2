"""What the database lets nobody change, made changeable for a moment: for tests alone."""

import contextlib

from django.db import connection

GUARDED = (
    "records_event",
    "records_seal",
    "reports_report",
    "reports_section",
    "reports_version",
    "reports_comment",
    "reports_answer",
    "reviews_paneldecision",
    "reviews_decisioncorrection",
)


@contextlib.contextmanager
def unguarded():
    """
    Until the end of the block, rows that are never changed or deleted can be.

    Between two tests with real transactions they have to be emptied, and a test of secrecy plants texts in them.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(name, sql) for name, table, sql in cursor.fetchall() if table in GUARDED]
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
