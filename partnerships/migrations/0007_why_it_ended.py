"""Deputisings, chairs and specified roles say why they ended, as appointments do."""

from django.db import migrations, models

from mktogether.lib.migrations import no_overlap_again


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_public_address_of_people")]

    operations = [
        *(
            migrations.AddField(model, "ended_because", models.CharField(blank=True, default="", max_length=200), False)
            for model in ("nameddeputy", "chairing", "office")
        ),
        no_overlap_again("partnerships_chairing", "body_id", "part", name="one_chair_for_a_body"),
    ]
