"""One member for a place, one chair and one vice-chair for a body, at any moment."""

from django.db import migrations

from mktogether.lib.migrations import no_overlap


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [
        no_overlap("partnerships_appointment", "seat_id", name="one_member_for_a_place"),
        no_overlap("partnerships_chairing", "body_id", "part", name="one_chair_for_a_body"),
    ]
