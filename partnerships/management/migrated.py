"""Whether the database has the tables that a command works with."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

NO_TABLES = "The database has no tables yet"
OLDER_TABLES = "The database has the tables of an older version"


def refuse_unmigrated():
    """Raises CommandError, with the command that mends it, where tables are missing or older than the code."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        what = OLDER_TABLES if executor.loader.applied_migrations else NO_TABLES
        raise CommandError(f"{what}. Run “python manage.py migrate”, and then this again. Nothing was changed.")
