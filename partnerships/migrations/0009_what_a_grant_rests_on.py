from django.db import migrations, models


def leads_rest_on_the_team(apps, schema_editor):
    apps.get_model("partnerships", "Grant").objects.filter(kind="case lead").update(rests_on="team")


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0008_access_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="rests_on",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nothing else"),
                    ("team", "being in the MK Together Team"),
                    ("part", "having a place or a specified role"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.RunPython(leads_rest_on_the_team, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "case lead"), _negated=True), ("rests_on", "team"), _connector="OR"
                ),
                name="a_case_lead_is_one_of_the_team",
            ),
        ),
    ]
