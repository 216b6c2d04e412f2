"""Loads arrangements from a file, all of it or nothing."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from partnerships.arrangements import loading, reading
from partnerships.arrangements.source import WrongArrangement
from partnerships.management.migrated import refuse_unmigrated

WRONG_FILE = 2


class Command(BaseCommand):
    """A line for each change. Exit 2, and nothing changed, where the file is wrong."""

    help = "Loads arrangements from FILE.yaml, all of it or nothing (docs/arrangement-file.md describes the file)."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.yaml", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--keep-people",
            action="store_true",
            help="leave members, deputies, chairs and holders of roles alone wherever there has been anybody",
        )

    def handle(self, *, file, dry_run, keep_people, **options):
        refuse_unmigrated()
        try:
            document = reading.read(file)
            done = loading.load(document, dry_run=dry_run, keep_people=keep_people)
        except WrongArrangement as wrong:
            for problem in wrong.problems:
                self.stderr.write(f"{file}, {problem}")
            counted = "1 problem" if len(wrong.problems) == 1 else f"{len(wrong.problems)} problems"
            self.stderr.write(f"{counted}. Nothing was loaded.")
            sys.exit(WRONG_FILE)
        for warning in done.warnings:
            self.stderr.write(f"Warning: {file}, {warning}")
        for sentence in done.changes:
            self.stdout.write(sentence)
        self.stdout.write(_summary(done, dry_run))


def _summary(done, dry_run):
    if not done.changes:
        return "Nothing changes: everything is as the file says."
    counted = "1 change" if len(done.changes) == 1 else f"{len(done.changes)} changes"
    return f"{counted} would be made. Nothing was changed." if dry_run else f"{counted} made."
