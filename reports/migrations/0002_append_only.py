"""What was written, said and answered stays as it was: versions, comments and answers are never changed or deleted."""

from django.db import migrations

from mktogether.lib.migrations import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_report")]

    operations = [
        append_only("reports_version"),
        append_only("reports_comment"),
        append_only("reports_answer"),
    ]
