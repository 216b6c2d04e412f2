"""Published counts of the reviews of a year."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_area_code"),
        ("reviews", "0001_case"),
    ]

    operations = [
        migrations.CreateModel(
            name="YearCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(help_text="The first day of the year, 1 April.")),
                ("key", models.SlugField(help_text="By which reports ask for it.", max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("count", models.PositiveIntegerField()),
                ("source", models.CharField(help_text="The document, and where in it.", max_length=200)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="year_counts", to="records.area"
                    ),
                ),
            ],
            options={
                "ordering": ["-first_day", "order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "first_day", "key"), name="one_count_for_a_key_in_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("first_day__day", 1), ("first_day__month", 4)),
                        name="a_year_begins_on_the_first_of_april",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="year_count_says_of_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="year_count_names_its_source"
                    ),
                ],
            },
        ),
    ]
