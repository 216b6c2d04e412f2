"""``manage.py open_first_account``: the account with which somebody of the team of a new area begins."""

import datetime as dt
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from mktogether.lib.verdict import Refusal
from partnerships.arrangements import moments
from partnerships.first_accounts import open_first_account
from partnerships.management.migrated import refuse_unmigrated


def a_day(text):
    """The day that ``text`` writes."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no day. Write a day, such as 2026-04-01.") from None


class Command(BaseCommand):
    """Says whose account it is, and that the mail is on its way. Nothing is changed where it is refused."""

    help = (
        "Opens the first account of AREA, for a post of its team, and sends the mail with which its holder chooses a "
        "password (docs/operations.md)."
    )

    def add_arguments(self, parser):
        parser.add_argument("area", metavar="AREA", help="the key of the area, as in its file, such as milton-keynes")
        parser.add_argument("email", metavar="EMAIL", help="the address with which they sign in")
        parser.add_argument("--post", required=True, help="a post that the arrangements name with the role “team”")
        parser.add_argument("--agency", default="", help="its agency, where several have such a post")
        parser.add_argument(
            "--from", dest="day", type=a_day, metavar="DAY", help="the first day in the team; today without it"
        )

    def handle(self, *, area, email, post, agency, day, **options):
        refuse_unmigrated()
        try:
            opened = open_first_account(area=area, post=post, email=email, agency=agency, day=day)
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        person, since = opened.person, moments.in_words(opened.office.starts_at)
        self.stdout.write(f"{person.post} has the account {person.user.email}.")
        known = " by the arrangements" if opened.held_it_before else ""
        self.stdout.write(f"Of the team of {person.area} from {since}{known}.")
        self.stdout.write("The mail with which they choose a password is on its way; its link works for 30 minutes.")
