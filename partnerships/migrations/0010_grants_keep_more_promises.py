"""What the actions refuse of grants and exclusions, the database refuses too; exclusions get an address of their own."""

import datetime as dt
import uuid

from django.db import migrations, models
from django.db.models.expressions import CombinedExpression

from mktogether.lib.migrations import no_overlap_again


def give_exclusions_their_ids(apps, schema_editor):
    exclusion_of = apps.get_model("partnerships", "Exclusion")
    for exclusion in exclusion_of._base_manager.filter(public_id=None).iterator():
        exclusion.public_id = uuid.uuid4()
        exclusion.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0009_what_a_grant_rests_on")]

    operations = [
        migrations.AddField("exclusion", "public_id", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_exclusions_their_ids, migrations.RunPython.noop),
        migrations.AlterField(
            "exclusion", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by__isnull", True), ("ends_at__isnull", True)),
                    models.Q(("ended_by__isnull", False), ("ends_at__isnull", False)),
                    _connector="OR",
                ),
                name="exclusion_ends_at_and_ended_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "wanted_until__lte",
                        CombinedExpression(models.F("wanted_from"), "+", models.Value(dt.timedelta(days=367))),
                    )
                ),
                name="a_grant_is_for_twelve_months_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second__isnull", True),
                    models.Q(
                        models.Q(("second", models.F("proposed_by")), _negated=True),
                        models.Q(("second", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nobody_is_asked_about_their_own_grant",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", True),
                        models.Q(("approved_by", models.F("second")), ("second__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("refused_by__isnull", True),
                        models.Q(("refused_by", models.F("second")), ("second__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="whoever_was_asked_decides_on_a_grant",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at__isnull", True), ("refused_at__isnull", True), _connector="OR"),
                name="a_grant_is_decided_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True),
                    models.Q(
                        ("approved_at__lt", models.F("wanted_until")),
                        models.Q(
                            ("confirm_by__isnull", True), ("approved_at__lt", models.F("confirm_by")), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_grant_is_approved_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by__isnull", True), models.Q(("ended_because", ""), _negated=True), _connector="OR"
                ),
                name="an_ended_grant_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "emergency"), _negated=True),
                    ("starts_at__isnull", True),
                    models.Q(
                        ("approved_at__isnull", False),
                        (
                            "ends_at__lte",
                            CombinedExpression(models.F("starts_at"), "+", models.Value(dt.timedelta(seconds=3600))),
                        ),
                    ),
                    _connector="OR",
                ),
                name="an_emergency_takes_two_and_lasts_an_hour",
            ),
        ),
        no_overlap_again(
            "partnerships_exclusion", "person_id", "subject", "subject_id", name="one_exclusion_at_a_time"
        ),
    ]
