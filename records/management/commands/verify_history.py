"""``manage.py verify_history``: whether the history is as it was written."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, day
from records import history
from records.history import anchors
from records.models import Seal

TAIL = "Changes to these show; if the newest of them are deleted, nothing does."


def noted_head(text):
    """A head as an earlier run printed it; anything else is refused."""
    if text and not anchors.HEAD.fullmatch(text):
        raise ValueError(text)
    return text


class Command(BaseCommand):
    help = "Check the history against its seals and the noted heads; ends with 1 and a sentence where it is wrong."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            type=noted_head,
            default="",
            help="A head that an earlier run printed or a mail told, beside those that are found where they are noted.",
        )

    def handle(self, *args, head, **options):
        try:
            noted = anchors.read()
        except anchors.Unreadable as problem:
            raise CommandError(str(problem)) from problem
        heads = [anchor.head for anchor in noted]
        problem = history.verify(*heads, *([head] if head else []))
        if problem:
            raise CommandError(problem)
        self.stdout.write(f"Whole: {Seal.objects.count()} sealed events.")
        self.stdout.write(f"Not sealed yet: {history.unsealed()}. {TAIL}")
        self.stdout.write(_newest(noted, timezone.now()))
        self.stdout.write(f"Head: {history.head() or 'none'}")


def _newest(noted, now):
    if not noted:
        return f"No head is noted in {anchors.path()}: if the end of the history is cut off, nothing shows."
    last = noted[-1].at
    local = timezone.localtime(last)
    return f"Heads noted: {len(noted)}, the newest {_age(now - last)}, on {day(local)} at {clock(local)}."


def _age(age):
    hours = int(age.total_seconds() // 3600)
    if hours < 48:
        return f"{hours} hour{'' if hours == 1 else 's'} ago"
    return f"{hours // 24} days ago"
