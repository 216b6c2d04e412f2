"""``manage.py count_deadlines``: every deadline counted anew, after the file of kinds or the bank holidays changed."""

from django.core.management.base import BaseCommand
from django.db import transaction

from reviews import actions
from reviews.models import Case


class Command(BaseCommand):
    help = "Count the deadlines of all cases anew. A limit that changed holds for events from its first day on."

    def handle(self, *args, **options):
        changed = counted = 0
        cases = Case.objects.regardless("counted anew by the portal itself, for nobody's eyes").order_by("pk")
        for case in cases.iterator(chunk_size=500):
            with transaction.atomic():
                changed += bool(actions.count(case))
            counted += 1
        self.stdout.write(f"Counted: {counted} cases. Changed: {changed}.")
