"""Promises that Django's constraints cannot express, by vendor: PostgreSQL first, SQLite by triggers."""

from django.db.migrations import RunPython


def by_vendor(*, postgresql, sqlite, undo_postgresql, undo_sqlite):
    """An operation that runs the statements of the database at hand; each argument is a list of statements."""

    def forwards(apps, schema_editor):
        _run(schema_editor, {"postgresql": postgresql, "sqlite": sqlite})

    def backwards(apps, schema_editor):
        _run(schema_editor, {"postgresql": undo_postgresql, "sqlite": undo_sqlite})

    return RunPython(forwards, backwards)


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def append_only(table):
    """Rows of ``table`` can be added and never changed or deleted, whoever asks."""
    refusal = _append_only_refusal(table)
    return by_vendor(
        postgresql=[
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
            f"""CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
        ],
        sqlite=_append_only_triggers(table),
        undo_postgresql=[
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"DROP TRIGGER {table}_never_emptied ON {table}",
            f"DROP FUNCTION {table}_append_only()",
        ],
        undo_sqlite=[f"DROP TRIGGER {table}_never_{verb}" for verb in ("update", "delete")],
    )


def append_only_again(table):
    """
    The promise of ``append_only`` anew, after a migration for which SQLite made ``table`` again without its triggers.

    Stands before and after the operations that do so, so that it holds whichever way they are run.
    """
    anew = [f"DROP TRIGGER IF EXISTS {table}_never_{verb}" for verb in ("update", "delete")]
    anew += _append_only_triggers(table)
    return by_vendor(postgresql=[], sqlite=anew, undo_postgresql=[], undo_sqlite=anew)


def _append_only_refusal(table):
    return f"{table} is append-only"


def _append_only_triggers(table):
    return [
        f"CREATE TRIGGER {table}_never_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_append_only_refusal(table)}'); END"
        for verb in ("update", "delete")
    ]


def no_overlap(table, *columns, name):
    """Of rows of ``table`` alike in ``columns``, no two hold at the same moment of [starts_at, ends_at)."""
    same = ", ".join(f"{column} WITH =" for column in columns)
    return by_vendor(
        postgresql=[
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} "
            f"EXCLUDE USING gist ({same}, tstzrange(starts_at, ends_at) WITH &&)",
        ],
        sqlite=_no_overlap_on_sqlite(table, columns, name),
        undo_postgresql=[f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
        undo_sqlite=[f"DROP TRIGGER {name}_{verb}" for verb in ("insert", "update")],
    )


def no_overlap_again(table, *columns, name):
    """Put the promise of ``no_overlap`` back where SQLite built ``table`` anew, which drops its triggers."""
    return by_vendor(
        postgresql=[], sqlite=_no_overlap_on_sqlite(table, columns, name), undo_postgresql=[], undo_sqlite=[]
    )


def _no_overlap_on_sqlite(table, columns, name):
    alike = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
    overlap = (  # names of tables and columns from our migrations, never from a request
        f"SELECT 1 FROM {table} other WHERE other.id IS NOT NEW.id AND {alike}"
        " AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at)"
        " AND (NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at)"
    )
    return _refused_where(table, overlap, name)


def _refused_where(table, exists, name):
    """Triggers that refuse a row of ``table`` for which the query ``exists`` finds another."""
    return [
        f"CREATE TRIGGER {name}_{verb} BEFORE {verb.upper()} ON {table} WHEN EXISTS ({exists}) "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        for verb in ("insert", "update")
    ]


def no_shared_day(table, *columns, name, first="first_day", last="last_day"):
    """Of rows of ``table`` alike in ``columns``, no two hold on one day of [first, last]; no last day: for ever."""
    same = ", ".join(f"{column} WITH =" for column in columns)
    alike = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
    shared = (  # names of tables and columns from our migrations, never from a request
        f"SELECT 1 FROM {table} other WHERE other.id IS NOT NEW.id AND {alike}"
        f" AND (other.{last} IS NULL OR other.{last} >= NEW.{first})"
        f" AND (NEW.{last} IS NULL OR NEW.{last} >= other.{first})"
    )
    return by_vendor(
        postgresql=[
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} "
            f"EXCLUDE USING gist ({same}, daterange({first}, {last}, '[]') WITH &&)",
        ],
        sqlite=_refused_where(table, shared, name),
        undo_postgresql=[f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
        undo_sqlite=[f"DROP TRIGGER {name}_{verb}" for verb in ("insert", "update")],
    )
