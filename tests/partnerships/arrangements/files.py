"""Loading the files of arrangements in tests, and the structure in the database as plain values, by natural keys."""

from pathlib import Path

from partnerships import models
from partnerships.arrangements import dumping, loading, reading
from records.models import Area

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "arrangements"
# Older editions first, as docs/arrangement-file.md says.
FILES = ("milton-keynes-2017-18", "milton-keynes-2021-22", "milton-keynes-2024", "luton-2024")


def load_file(name, **options):
    """Load one of the files in fixtures/arrangements."""
    return load_text((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), **options)


def load_text(text, **options):
    """Load the file that ``text`` is."""
    return loading.load(reading.document(text), **options)


def load_all():
    """Load every file, older editions first."""
    return [load_file(name) for name in FILES]


def dumps():
    """Each edition in the database as a file, older ones first."""
    editions = models.Arrangement.objects.order_by("first_day")
    return {edition.key: dumping.dump(edition) for edition in editions}


SKIPPED = {"id", "public_id", "user"}
NATURAL = {
    models.Agency: ("area__slug", "short_name"),
    models.AgencyAlias: ("area__slug", "name"),
    models.Arrangement: ("area__slug", "key"),
    models.RelevantAgency: ("arrangement__key", "agency__short_name"),
    models.SpecifiedRole: ("arrangement__key", "order"),
    models.Body: ("area__slug", "slug"),
    models.FormerName: ("body__slug", "last_day"),
    models.Line: ("body__slug", "order", "starts_on"),
    models.TermsOfReference: ("body__area__slug", "body__slug", "starts_on"),
    models.Seat: ("body__area__slug", "body__slug", "key", "starts_at"),
    models.Person: ("area__slug", "agency__short_name", "post"),
    models.Appointment: ("seat__body__slug", "seat__key", "starts_at"),
    models.NamedDeputy: ("seat__body__slug", "seat__key", "person__post"),
    models.Chairing: ("body__slug", "part", "starts_at"),
    models.Office: ("kind", "person__agency__short_name", "person__post"),
}


def structure():
    """Everything that a file holds, from the database: for each model its rows by natural keys, without any id."""
    found = {"Area": sorted(Area.objects.values_list("slug", "name", "code"))}
    for model, key in NATURAL.items():
        columns = [field.name for field in model._meta.concrete_fields if field.name not in SKIPPED]
        values = [
            (_key(row, key), {column: _plain(getattr(row, column)) for column in columns})
            for row in model.objects.all()
        ]
        found[model.__name__] = sorted(values, key=lambda pair: [str(part) for part in pair[0]])
    found["shared"] = sorted(models.Body.shared_with.through.objects.values_list("body__slug", "area__slug"))
    return found


def _key(row, key):
    values = []
    for path in key:
        value = row
        for part in path.split("__"):
            value = getattr(value, part) if value is not None else None
        values.append(value)
    return tuple(values)


def _plain(value):
    return f"{type(value).__name__} {value}" if hasattr(value, "pk") else value
