"""``manage.py note_returned_mail``: notes which mail came back, as the mail server reports it."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.reminders import returned

MOST_BYTES = 10 * 1024 * 1024  # a report brings the mail that came back; ours are small


class Command(BaseCommand):
    help = (
        "Read reports of mail that came back and note them under “What did not go out”: from files, as a mailbox in "
        "the form Maildir keeps them, or one report from standard input, as a mail server pipes it."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="A report; none: standard input.")

    def handle(self, *args, files, **options):
        noted = 0
        for name, report in self._reports(files):
            if len(report) > MOST_BYTES:
                raise CommandError(f"{name} is larger than 10 MB, which no report of a mail of the portal is.")
            noted += returned.note(report)
        self.stdout.write(f"Noted of {noted} mail{'' if noted == 1 else 's'}.")

    def _reports(self, files):
        if not files:
            yield "What was piped", sys.stdin.buffer.read(MOST_BYTES + 1)
        for file in files:
            try:
                with file.open("rb") as source:
                    yield str(file), source.read(MOST_BYTES + 1)
            except OSError as problem:
                raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
