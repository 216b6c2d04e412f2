"""One exclusion of a person from a thing at any moment."""

from django.db import migrations

from mktogether.lib.migrations import no_overlap


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_grants_and_exclusions")]

    operations = [
        no_overlap("partnerships_exclusion", "person_id", "subject", "subject_id", name="one_exclusion_at_a_time"),
    ]
