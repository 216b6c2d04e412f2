"""Items have an address of their own, which tells nothing of their number or of how many there are."""

import uuid

from django.db import migrations, models


def give_items_their_ids(apps, schema_editor):
    item_of = apps.get_model("meetings", "AgendaItem")
    for item in item_of.objects.filter(public_id=None).iterator():
        item.public_id = uuid.uuid4()
        item.save(update_fields=["public_id"])


def name_items_in_records(apps, schema_editor):
    """A frozen record says of each item which it is, so that it can be kept from somebody who is excluded from it."""
    ids = {
        (meeting, number): pk
        for meeting, number, pk in apps.get_model("meetings", "AgendaItem").objects.values_list(
            "meeting_id", "number", "pk"
        )
    }
    for record in apps.get_model("meetings", "MeetingRecord").objects.iterator():
        for item in record.content["items"]:
            item.setdefault("id", ids[record.meeting_id, item["number"]])
        record.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField("agendaitem", "public_id", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_items_their_ids, migrations.RunPython.noop),
        migrations.AlterField(
            "agendaitem", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.RunPython(name_items_in_records, migrations.RunPython.noop),
    ]
