"""Print who can sign in to the sample."""

from django.core.management.base import BaseCommand, CommandError

from meetings.sample import accounts, loading
from mktogether.lib.verdict import Refusal

HEADINGS = ("Role", "E-mail", "Password")


class Command(BaseCommand):
    help = "Prints the sample's accounts: role in words, e-mail address and password."

    def handle(self, *args, **options):
        try:
            loading.refuse_in_production()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        rows = [HEADINGS, *accounts.sign_ins(loading.folder())]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
