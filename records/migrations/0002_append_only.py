"""History is append-only, whoever asks; and the table that counts attempts to sign in."""

from django.core.management import call_command
from django.db import migrations

from mktogether.lib.migrations import append_only


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        append_only("records_event"),
        append_only("records_seal"),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
