"""A report that is published stays as it is, and so do the sections that it was made of, whoever asks."""

from django.db import migrations

from mktogether.lib.migrations import by_vendor

REPORT, SECTION = "a published report never changes", "a section of a published report never changes"
OF_SECTION = "EXISTS (SELECT 1 FROM reports_report WHERE id = OLD.report_id AND state = 'published')"


def refusing(table, condition, sentence):
    """Rows of ``table`` for which ``condition`` holds are neither changed nor deleted."""
    return by_vendor(
        postgresql=[
            f"""CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN
                    IF {condition} THEN
                        RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$""",
            f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_stays()""",
        ],
        sqlite=[
            f"CREATE TRIGGER {table}_stays_on_{verb} BEFORE {verb.upper()} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for verb in ("update", "delete")
        ],
        undo_postgresql=[f"DROP TRIGGER {table}_stays ON {table}", f"DROP FUNCTION {table}_stays()"],
        undo_sqlite=[f"DROP TRIGGER {table}_stays_on_{verb}" for verb in ("update", "delete")],
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_append_only")]

    operations = [
        refusing("reports_report", "OLD.state = 'published'", REPORT),
        refusing("reports_section", OF_SECTION, SECTION),
    ]
