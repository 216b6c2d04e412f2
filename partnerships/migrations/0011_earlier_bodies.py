"""Boards of earlier structures, posts of which a source names no holder, and those who attend without a place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0010_grants_keep_more_promises"),
        ("records", "0006_area_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="closed_on",
            field=models.DateField(
                blank=True, help_text="Its last day; empty while it goes on, or not known.", null=True
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="earlier_structure",
            field=models.CharField(
                blank=True, help_text="The arrangements that it belonged to; empty for today's.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="opened_on",
            field=models.DateField(blank=True, help_text="Its first day; empty where that is not known.", null=True),
        ),
        migrations.AddField(
            model_name="body",
            name="succeeded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="partnerships.body",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="in_attendance",
            field=models.BooleanField(
                default=False,
                help_text="Attends and is no member: shown beside the members, and in none of their totals.",
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="post_only",
            field=models.BooleanField(
                default=False, help_text="The source names the post and not who held it: the post itself is the member."
            ),
        ),
        migrations.AlterField(
            model_name="seat",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="partnerships.agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_on__isnull", True),
                    ("closed_on__isnull", True),
                    ("closed_on__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="body_closes_after_it_opens",
                violation_error_message="It closes before it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("succeeded_by__isnull", True),
                    models.Q(
                        models.Q(("succeeded_by", models.F("id")), _negated=True),
                        models.Q(
                            ("closed_on__isnull", False),
                            models.Q(("earlier_structure", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="only_a_body_of_the_past_has_a_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "representation"), _negated=True), name="body_has_an_address_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency__isnull", False), ("in_attendance", True), _connector="OR"),
                name="a_member_comes_from_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_attendance", False), models.Q(("counts", False), ("votes", False)), _connector="OR"
                ),
                name="in_attendance_neither_counts_nor_votes",
            ),
        ),
    ]
