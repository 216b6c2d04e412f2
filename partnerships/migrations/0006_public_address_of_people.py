"""People have an address of their own, which tells nothing of their number."""

import uuid

from django.db import migrations, models


def give_people_their_ids(apps, schema_editor):
    person_of = apps.get_model("partnerships", "Person")
    for person in person_of.objects.filter(public_id=None).iterator():
        person.public_id = uuid.uuid4()
        person.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_one_exclusion_at_a_time")]

    operations = [
        migrations.AddField("person", "public_id", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_people_their_ids, migrations.RunPython.noop),
        migrations.AlterField("person", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
