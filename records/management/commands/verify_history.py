"""``manage.py verify_history``: whether the history is as it was written."""

import re

from django.core.management.base import BaseCommand, CommandError

from records import history
from records.models import Seal


def noted_head(text):
    """A head as an earlier run printed it; anything else is refused."""
    if text and not re.fullmatch(r"[1-9][0-9]*:[0-9a-f]{64}", text):
        raise ValueError(text)
    return text


class Command(BaseCommand):
    help = "Check the sealed history; ends with 1 and a sentence where something is wrong with it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            type=noted_head,
            default="",
            help="A head that an earlier run printed, kept elsewhere: only with it does a cut-off end show.",
        )

    def handle(self, *args, head, **options):
        problem = history.verify(head)
        if problem:
            raise CommandError(problem)
        self.stdout.write(f"Whole: {Seal.objects.count()} sealed events.")
        self.stdout.write(f"Not sealed yet, and so not covered: {history.unsealed()}.")
        self.stdout.write(f"Head: {history.head() or 'none'}")
