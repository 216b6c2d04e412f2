"""Events say whose page they are told on too, and carry the portal's signature."""

from django.db import migrations, models

from mktogether.lib.migrations import append_only_again


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_audience"),
    ]

    operations = [
        append_only_again("records_event"),
        migrations.AddField(
            model_name="event",
            name="after",
            field=models.BigIntegerField(default=0, help_text="The newest event when this one was written."),
        ),
        migrations.AddField(
            model_name="event",
            name="details",
            field=models.JSONField(default=dict, help_text="Ids and counts that belong to it; never content."),
        ),
        migrations.AddField(
            model_name="event",
            name="signature",
            field=models.CharField(
                blank=True,
                help_text="Written with the key; empty before there were any.",
                max_length=80,
                null=True,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="within",
            field=models.CharField(
                blank=True, help_text="The model of what this is told of too, if any.", max_length=60
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="within_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="event",
            name="target",
            field=models.CharField(blank=True, help_text="The model, such as meetings.Meeting, if any.", max_length=60),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["within", "within_id", "id"], name="event_told_with_an_object"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor_id", "id"], name="event_of_an_account"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["verb", "id"], name="event_of_a_verb"),
        ),
        append_only_again("records_event"),
    ]
