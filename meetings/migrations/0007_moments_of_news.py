"""What was told already of changed and cancelled meetings is kept as told: by the moment of the change, not by its day."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

MOMENTS = {"meeting.changed": "arranged_at", "meeting.cancelled": "cancelled_at"}


def name_moments(apps, schema_editor):
    Reminder, Meeting = apps.get_model("records", "Reminder"), apps.get_model("meetings", "Meeting")
    for kind, field in MOMENTS.items():
        moment = Meeting.objects.filter(pk=OuterRef("target_id")).values(field)[:1]
        told = Reminder.objects.filter(kind=kind, news_of__isnull=True)
        latest = told.filter(target_id__in=Meeting.objects.filter(**{f"{field}__isnull": False}).values("pk"))
        newest = Reminder.objects.filter(
            kind=kind, target_id=OuterRef("target_id"), recipient_id=OuterRef("recipient_id")
        ).order_by("-due_on", "-pk")
        latest.filter(pk=Subquery(newest.values("pk")[:1])).update(news_of=Subquery(moment))


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_replies_of_deputies"),
        ("records", "0010_reminders_of_news"),
    ]

    operations = [migrations.RunPython(name_moments, migrations.RunPython.noop)]
