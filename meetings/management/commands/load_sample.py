"""Load the sample: an invented year of meetings under the arrangements of October 2024."""

from django.core.management.base import BaseCommand, CommandError

from meetings.sample import loading
from meetings.sample.accounts import PASSWORD
from meetings.sample.files import WrongFile
from mktogether.lib.verdict import Refusal


class Command(BaseCommand):
    help = "Loads the sample, all of it or nothing. What people have entered since it was loaded is never deleted."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do nothing if the sample was loaded before")

    def handle(self, *args, once, **options):
        try:
            loading.refuse_in_production()
            if once and loading.is_loaded():
                self.stdout.write("The sample was loaded before and stays as it is.")
                return
            meetings = loading.load()
        except (Refusal, WrongFile) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"The sample is loaded: {meetings} meetings. Everybody in it signs in with the password {PASSWORD}; "
            "sample_sign_ins lists their addresses."
        )
