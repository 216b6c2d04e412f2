"""What every test stands on."""

import contextlib

from django.db import connection
from django.test import TransactionTestCase

pytest_plugins = ["tests.browser"]

APPEND_ONLY = ("records_event", "records_seal")


@contextlib.contextmanager
def history_can_be_emptied():
    """History refuses to be emptied, as it should; between two tests with real transactions it has to be."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'records%%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


_empty_the_database = TransactionTestCase._fixture_teardown


def _empty_with_history(self):
    with history_can_be_emptied():
        _empty_the_database(self)


TransactionTestCase._fixture_teardown = _empty_with_history
