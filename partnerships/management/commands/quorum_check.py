"""Runs the scenarios of a file: rules, membership, attendance and votes against the verdicts that it expects."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from partnerships.rules.scenarios import FileError, load, run
from partnerships.rules.scenarios.reading import LONGEST_FILE

WRONG_VERDICT, WRONG_FILE = 1, 2


class Command(BaseCommand):
    """One line a scenario. Exit 1 when a verdict differs from the expected one, 2 when the file is wrong."""

    help = "Runs the scenarios of FILE.yaml without touching the database (docs/quorum.md describes the file)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE.yaml")
        parser.add_argument("--json", action="store_true", help="print one JSON object for machines")

    def handle(self, *, files, **options):
        reports = []
        for name in files:
            try:
                scenarios = load(read(name))
            except FileError as error:
                self.refuse(name, error, as_json=options["json"])
            reports.extend((name, run(scenario)) for scenario in scenarios)
        failed = sum(1 for _name, report in reports if not report.passed)
        if options["json"]:
            self.stdout.write(json.dumps(summary(reports, failed), indent=2, ensure_ascii=False))
        else:
            for _name, report in reports:
                self.stdout.write(report.words)
            self.stdout.write(f"{len(reports)} scenarios, {failed} not as expected.")
        if failed:
            sys.exit(WRONG_VERDICT)

    def refuse(self, name, error, *, as_json):
        """Say where the file is wrong and what was expected there, and exit."""
        if as_json:
            problem = {"line": error.line, "column": error.column, "message": error.message, "expected": error.expected}
            self.stdout.write(json.dumps({"version": 1, "file": name, "error": problem}, indent=2, ensure_ascii=False))
        else:
            self.stderr.write(f"{name}, {error}")
        sys.exit(WRONG_FILE)


def read(name):
    """The text of a file. Raises ``FileError`` where there is none that can be read."""
    try:
        with Path(name).open(encoding="utf-8") as file:
            return file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise FileError(1, f"The file cannot be read ({error.strerror}).", "a file of scenarios") from error
    except UnicodeDecodeError as error:
        raise FileError(1, "The file is no text in UTF-8.", "a text file") from error


def summary(reports, failed):
    """What ``--json`` prints."""
    return {
        "version": 1,
        "passed": len(reports) - failed,
        "failed": failed,
        "scenarios": [{"file": name, **report.as_dict()} for name, report in reports],
    }
