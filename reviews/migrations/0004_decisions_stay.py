"""What a panel decided is never changed: a correction stands beside it."""

from django.db import migrations

from mktogether.lib.migrations import append_only


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_a_case_in_time")]

    operations = [
        append_only("reviews_paneldecision"),
        append_only("reviews_decisioncorrection"),
    ]
