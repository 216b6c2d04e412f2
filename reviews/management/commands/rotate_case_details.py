"""``manage.py rotate_case_details``: what is sealed with an older key is sealed anew with the first one."""

from django.core.management.base import BaseCommand, CommandError

from mktogether.lib.encryption import Unreadable
from reviews.actions.sealing import seal_all_anew


class Command(BaseCommand):
    help = "Seal the details of cases anew with the first of CASE_DETAILS_KEYS. Run it again if it was cut off."

    def handle(self, *args, **options):
        try:
            rows = seal_all_anew()
        except Unreadable as problem:
            raise CommandError(f"{problem} What was sealed anew before stays so.") from problem
        self.stdout.write(f"Sealed anew: {rows} people in cases.")
