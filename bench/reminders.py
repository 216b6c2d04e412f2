"""
Reminders beside plain SQL: ``python -m bench.reminders`` writes 100,000 that are due, and hands over a thousand.

The floor of writing is one hand-written ``INSERT … SELECT`` of the same rows, with its days worked out beforehand; the
sweep that finds nothing new is held against the same statement run again. Handing over has no floor: it goes by SMTP to
a server on this machine, in a process of its own, from two threads, and is measured in seconds.
"""

import datetime as dt
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import django

DUE, HANDED, PEOPLE, ROUNDS = 100_000, 1_000, 500, 5
KIND = "action.overdue"
FLOOR = """
INSERT INTO records_reminder
    (area_id, kind, target_id, recipient_id, due_on, send_from, state, why, written_at)
SELECT action.area_id, 'action.overdue', action.id, action.owner_id, day.due_on, day.send_from, 'waiting', '', now()
FROM meetings_action action
JOIN unnest(%s::date[], %s::date[], %s::timestamptz[]) AS day (about, due_on, send_from) ON day.about = action.due_on
WHERE action.done_at IS NULL
ON CONFLICT DO NOTHING
"""


def fill():
    """Actions that are overdue by up to twelve weeks, of people who want each reminder as it comes."""
    from django.db import connection

    from tests import factories as make

    make.UserFactory.reset_sequence(2_000_000)  # the run's other rows have the first addresses
    body = make.BodyFactory(area=make.AnotherAreaFactory(slug="reminders", code="RM"), slug="reminders")
    owners = [
        make.AppointmentFactory(seat__body=body, seat__agency__area=body.area, with_account=True).person
        for _n in range(PEOPLE)
    ]
    for owner in owners:
        make.ReminderChoiceFactory(area=body.area, recipient_id=owner.pk, way="at once")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            """
            INSERT INTO meetings_action (public_id, area_id, body_id, what, owner_id, due_on)
            SELECT gen_random_uuid(), %s, %s, 'Bring the report', (%s::bigint[])[1 + n %% %s],
                   current_date - 4 - (n %% 80)
            FROM generate_series(1, %s) n
            """,
            [body.area_id, body.pk, [owner.pk for owner in owners], PEOPLE, DUE],
        )
        cursor.execute("ANALYZE")


def forget():
    """No reminder is written yet; the table is as it was at first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_reminder")


def by_hand(now):
    """The floor."""
    from django.db import connection

    from records.reminders.due import last_day, morning
    from records.reminders.kinds import KINDS

    dues = KINDS[KIND].timing.dues(last_day(now))
    days = [
        (first + dt.timedelta(days=n), due, morning(due))
        for due, spans in dues.items()
        for first, last in spans
        for n in range((last - first).days + 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, [list(column) for column in zip(*days, strict=True)])


def timed(act, *arguments):
    """How long it takes, in seconds."""
    began = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - began


def writing(now):
    """Seconds of portal and floor, writing everything and sweeping again; and what the portal took of memory."""
    from records.models import Reminder
    from records.reminders import writing

    written, found = set(), {"portal": [], "floor": [], "portal again": [], "floor again": []}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _round in range(ROUNDS):
        for side, act in (("portal", writing.write_due), ("floor", by_hand)):
            forget()
            found[side].append(timed(act, now))
            written.add(Reminder.objects.count())
            if len(written) > 1 or min(written) < DUE:  # the run's other rows hold a few more
                raise SystemExit(f"The two did not write the same rows: {written}.")
            found[f"{side} again"].append(timed(act, now))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return found, grown


def handing_over(now, port):
    """How long it takes to hand over a thousand reminders, each a mail of its own."""
    from django.conf import settings

    from records import outbox
    from records.models import OutboxMessage, Reminder
    from records.reminders import sending

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    ours = Reminder.objects.filter(area__slug="reminders")
    kept = list(ours.order_by("pk").values_list("pk", flat=True)[:HANDED])
    Reminder.objects.exclude(pk__in=kept).delete()

    began = time.perf_counter()
    sending.send_due(now)
    waiting = list(OutboxMessage.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True))
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(outbox.deliver, waiting))
    seconds = time.perf_counter() - began
    sent = OutboxMessage.objects.filter(state="sent").count()
    if sent < HANDED:
        raise SystemExit(f"Of {HANDED} reminders {sent} were handed over.")
    return seconds


def main():
    """Print what was measured, as JSON."""
    django.setup()
    from celery import current_app
    from django.conf import settings
    from django.utils import timezone

    from bench.mail_server import running
    from records.reminders.kinds import KINDS

    current_app.conf.broker_url = "memory://"
    for name in [name for name in KINDS if name != KIND]:
        del KINDS[name]
    fill()
    settings.REMINDERS_FROM = dt.time(0)  # at whatever hour this is measured
    now = timezone.now()
    found, grown = writing(now)
    with running() as port:
        seconds = handing_over(now, port)
    ratios = sorted(ours / floor for ours, floor in zip(found["portal"], found["floor"], strict=True))
    again = sorted(ours / floor for ours, floor in zip(found["portal again"], found["floor again"], strict=True))
    json.dump(
        {
            "writing": [ratios[0], median(ratios), ratios[-1]],
            "again": [again[0], median(again), again[-1]],
            "memory": grown,
            "handed over": seconds,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
