"""Where a board stands in an edition, which each edition says for itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0013_arrangements"),
    ]

    operations = [
        migrations.AddField(
            model_name="termsofreference",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, help_text="Where the body stands in the edition."),
        ),
        migrations.AlterField(
            model_name="body",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, help_text="Where it stands in the newest arrangements."),
        ),
    ]
