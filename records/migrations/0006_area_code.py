import re

import django.core.validators
from django.db import migrations, models


def give_codes(apps, schema_editor):
    """The first letters of the words of an area's name, with a figure where another area has them already."""
    areas = apps.get_model("records", "Area").objects
    taken = set()
    for area in areas.order_by("id"):
        code = free(of_name(area.name), taken)
        taken.add(code)
        areas.filter(pk=area.pk).update(code=code)


def of_name(name):
    words = re.findall(r"[A-Z]+", name.upper())
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return letters[:3] or "A"


def free(code, taken):
    candidates = [code, *(f"{code}{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_denial_count"),
    ]

    operations = [
        migrations.AddField(model_name="area", name="code", field=models.CharField(default="", max_length=6)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="area",
            name="code",
            field=models.CharField(
                help_text="Stands at the front of references, such as MK in MK-2026-C-007.",
                max_length=6,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z][A-Z0-9]*\\Z", "Enter capital letters and figures, such as MK."
                    )
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="area_has_a_code"),
        ),
    ]
