"""Denials of a minute are counted until they are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_signed_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="DenialCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account_id", models.BigIntegerField()),
                ("area_id", models.BigIntegerField(null=True)),
                ("minute", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account_id", "minute"), name="one_count_of_denials_a_minute")
                ],
            },
        ),
    ]
