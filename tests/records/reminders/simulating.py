"""
Days that pass: beats that tick, outages in which none does, and what should have gone out by arithmetic of its own.

Nothing here asks the code that it tries: the bank holidays are written down, and the days are counted by hand.
"""

import datetime as dt
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db import connection

from meetings.models import Action
from records import reminders
from records.models import OutboxMessage, Reminder
from tests.factories import ActionFactory, AppointmentFactory, ReminderChoiceFactory

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)
BANK_HOLIDAYS = {
    *(dt.date(2026, 12, day) for day in (25, 28)),
    *(dt.date(2027, *day) for day in ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28))),
    *(dt.date(2028, *day) for day in ((1, 3), (4, 14), (4, 17))),
}
CLOCK_CHANGES = {dt.date(2027, 3, 28), dt.date(2027, 10, 31)}
SLOTS = {"action.due": (-5, 0), "action.overdue": tuple(range(1, 121, 5))}
USUAL = ("00:00", "07:59", "08:00", "12:30", "23:59")


def working_days_from(day, n):
    """The n-th working day after ``day``, counted by hand; before it where ``n`` is negative."""
    step = DAY if n > 0 else -DAY
    while n:
        day += step
        if day.weekday() < 5 and day not in BANK_HOLIDAYS:
            n -= 1 if n > 0 else -1
    return day


def due(kind, about, today):
    """The latest day of ``kind`` that has come by ``today`` for something due on ``about``; None where none holds."""
    come = [slot for slot in (working_days_from(about, n) for n in SLOTS[kind]) if slot <= today]
    if not come or (kind == "action.due" and today > about):
        return None
    return come[-1] if kind == "action.due" or today <= come[-1] + 28 * DAY else None


def ticks_of(day):
    """The moments of ``day`` at which the beats tick: more in the night and morning of a change of the clock."""
    clocks = set(USUAL)
    if day in CLOCK_CHANGES:
        clocks |= {f"{hour:02}:{minute:02}" for hour in (0, 1, 2, 3, 7, 8) for minute in (0, 15, 30, 45)}
    walls = sorted(dt.datetime.combine(day, dt.time.fromisoformat(clock)) for clock in clocks)
    moments = {wall.replace(tzinfo=LONDON, fold=fold).astimezone(dt.UTC) for wall in walls for fold in (0, 1)}
    return sorted(moments)


@dataclass
class Seen:
    """What went out: for each reminder when, and how often."""

    went: dict = field(default_factory=dict)
    times: Counter = field(default_factory=Counter)

    def note(self, key, at):
        self.went.setdefault(key, at)
        self.times[key] += 1


@dataclass
class World:
    """Actions of some people, with the day on which each is done."""

    first: dt.date
    days: int
    chance: random.Random
    outages: set = field(default_factory=set)

    def build(self, number):
        owners = [AppointmentFactory(with_account=True).person for _ in range(8)]
        for owner in owners[::2]:
            ReminderChoiceFactory(area=owner.area, recipient_id=owner.pk, way="at once")
        self.actions = []
        for n in range(number):
            owner = owners[n % len(owners)]
            about = self.first + self.chance.randrange(-20, self.days + 10) * DAY
            done = about + self.chance.choice([-9, -3, 0, 2, 9, 30, 70]) * DAY
            self.actions.append((ActionFactory(owner=owner, area=owner.area, due_on=about), done))

    def fail(self, number):
        """``number`` times the beats are away for one to nine days; one of them lies over a change of the clock."""
        changes = sorted(change for change in CLOCK_CHANGES if self.first < change < self.first + self.days * DAY)
        begins = [changes[0] - DAY] if changes else []
        while len(begins) < number:
            begins.append(self.first + self.chance.randrange(self.days - 12) * DAY)
        for begin in begins:
            self.outages |= {begin + n * DAY for n in range(self.chance.randrange(1, 10))}

    def run(self, beats):
        """Let the days pass; ``beats(now, day)`` is what happens at each tick. Returns what went out."""
        self.user = self.actions[0][0].owner.user
        seen = Seen()
        for day in (self.first + n * DAY for n in range(self.days)):
            done = [action.pk for action, over in self.actions if over <= day]
            Action.objects.filter(pk__in=done).update(
                done_at=dt.datetime.combine(day, dt.time(), dt.UTC), done_by=self.user
            )
            for now in ticks_of(day) if day not in self.outages else ():
                beats(now, day, seen)
        return seen

    def expected(self):
        """When each reminder should have gone, by arithmetic: on the first day with a beat on which it was due."""
        found = {}
        for day in (self.first + n * DAY for n in range(self.days)):
            if day in self.outages:
                continue
            for action, over in self.actions:
                for kind in SLOTS if over > day else ():
                    slot = due(kind, action.due_on, day)
                    if slot:
                        morning = dt.datetime.combine(day, dt.time(8), LONDON)
                        found.setdefault((kind, action.pk, slot), morning.astimezone(dt.UTC))
        return found


class TwoBeats:
    """The real thing, twice at each tick: one after the other, or now and then at the same moment."""

    def __init__(self, chance, at_once=0.0):
        self.chance, self.at_once, self.known = chance, at_once, set()

    def __call__(self, now, day, seen):
        if self.chance.random() < self.at_once:
            together = [threading.Thread(target=self.beat, args=(now,)) for _beat in range(2)]
            for thread in together:
                thread.start()
            for thread in together:
                thread.join()
        else:
            reminders.remind(now)
            reminders.remind(now)
        for row in Reminder.objects.filter(state="handed over").exclude(pk__in=self.known):
            self.known.add(row.pk)
            seen.note((row.kind, row.target_id, row.due_on), now)

    @staticmethod
    def beat(now):
        try:
            reminders.remind(now)
        finally:
            connection.close()


def two_careless_beats(now, day, seen):
    """As many portals do it: at eight, whatever has its day today is sent, by each beat that there is."""
    if now.astimezone(LONDON).time() != dt.time(8):
        return
    for _beat in range(2):
        for action in Action.objects.filter(done_at=None):
            for kind, slots in SLOTS.items():
                if day in {working_days_from(action.due_on, n) for n in slots}:
                    seen.note((kind, action.pk, day), now)


def wrong(seen, expected):
    """What is wrong with ``seen``, counted: missed, repeated, early, late, and what nobody was to have."""
    mailed = Counter(
        row for row in Reminder.objects.filter(message__isnull=False).values_list("kind", "target_id", "due_on")
    )
    return Counter(
        {
            "missed": len(expected.keys() - seen.went.keys()),
            "unasked": len(seen.went.keys() - expected.keys()),
            "repeated": sum(times - 1 for times in (seen.times | mailed).values() if times > 1),
            "early": sum(seen.went[key] < at for key, at in expected.items() if key in seen.went),
            "late": sum(seen.went[key] > at for key, at in expected.items() if key in seen.went),
        }
    )


def one_mail_a_day():
    """How often somebody who has one mail a day had two."""
    keys = OutboxMessage.objects.filter(key__startswith="reminders:").values_list("key", flat=True)
    return len(keys) - len(set(keys))
