"""Writes arrangements as a file that load_arrangement reads."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnerships.arrangements import popolo
from partnerships.arrangements.dumping import dump
from partnerships.management.migrated import refuse_unmigrated
from partnerships.models import Arrangement


class Command(BaseCommand):
    """Prints the file, or writes it to --output. Without a KEY it lists what there is."""

    help = "Writes the arrangements KEY of AREA as YAML (docs/arrangement-file.md describes the file)."

    def add_arguments(self, parser):
        parser.add_argument("area", nargs="?", metavar="AREA", help="the key of the area, such as milton-keynes")
        parser.add_argument("key", nargs="?", metavar="KEY", help="the key of the arrangements, such as handbook-2024")
        parser.add_argument("--output", type=Path, metavar="FILE.yaml", help="the file to write; printed without it")

        parser.add_argument("--popolo", action="store_true", help="the structure as JSON in the Popolo vocabulary")

    def handle(self, *, area, key, output, **options):
        refuse_unmigrated()
        editions = Arrangement.objects.select_related("area")
        found = editions.filter(area__slug=area, key=key).first() if area and key else None
        if found is None:
            if area and key:
                raise CommandError(f"There are no arrangements “{key}” of “{area}”.\n{_list(editions)}")
            self.stdout.write(_list(editions))
            return
        text = f"{json.dumps(popolo.of(found), indent=2, ensure_ascii=False)}\n" if options["popolo"] else dump(found)
        if output is None:
            self.stdout.write(text, ending="")
            return
        output.write_text(text, encoding="utf-8")
        self.stdout.write(f"“{found.name}” is written to {output}.")


def _list(editions):
    rows = [f"{row.area.slug} {row.key}: {row.name}, from {row.first_day}" for row in editions]
    return "\n".join(["Arrangements here, as AREA KEY:", *rows]) if rows else "No arrangements are loaded."
