"""What a source may lack: the day of a meeting, who came and how. That a place had no mandate is computed, not kept."""

from django.conf import settings
from django.db import migrations, models


def keep_no_wishes(apps, schema_editor):
    """
    Entries "not applicable" become "reason unknown".

    Where the place had no mandate on the day they count as little as before; where it had one, they never should have.
    """
    rows = apps.get_model("meetings", "Attendance")._base_manager.filter(why_not="not applicable")
    rows.update(why_not="unknown")


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_agendaitem_public_id"),
        ("partnerships", "0011_earlier_bodies"),
        ("records", "0006_area_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_no_wishes, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="attendance",
            name="attendance_says_how_or_why_not",
        ),
        migrations.AddField(
            model_name="meeting",
            name="date_precision",
            field=models.CharField(
                choices=[("day", "To the minute"), ("month", "Only the month")],
                default="day",
                help_text="Only the month: it took place at some time from its start to its end; see meetings/dates.py.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="filled_by",
            field=models.CharField(
                choices=[
                    ("principal", "Member"),
                    ("deputy", "Deputy"),
                    ("substitute", "Substitute"),
                    ("represented", "Represented"),
                    ("nobody", "Nobody"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="why_not",
            field=models.CharField(
                blank=True,
                choices=[("apologies", "Apologies"), ("absent", "Absent without word"), ("unknown", "Reason unknown")],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[("in person", "In person"), ("virtual", "Virtual"), ("hybrid", "In person and virtual")],
                default="virtual",
                help_text="Empty: unknown.",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("filled_by__in", ["principal", "deputy", "substitute"]),
                        ("person__isnull", False),
                        ("why_not", ""),
                        models.Q(("how", ""), _negated=True),
                    ),
                    models.Q(("filled_by", "represented"), ("how", ""), ("person__isnull", True), ("why_not", "")),
                    models.Q(
                        ("filled_by", "nobody"),
                        ("how", ""),
                        ("person__isnull", True),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="attendance_says_how_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_precision__in", ["day", "month"])),
                name="meeting_is_known_to_the_minute_or_the_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_precision", "day"), ("closed_at__isnull", False), _connector="OR"),
                name="only_a_past_meeting_lacks_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("mode", ""), _negated=True), ("date_precision", "month"), _connector="OR"),
                name="meeting_says_how_unless_its_source_does_not",
            ),
        ),
    ]
