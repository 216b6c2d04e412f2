"""Tasks are leaves: they call one function each, and take ids."""

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from records import broker, history, jobs, outbox, reminders, sessions
from records.history import denials
from records.nudge import nudge

NUDGE_HOLDS = 60  # seconds: where workers are behind, the same rows are not queued without end


@shared_task
def run_job(job_pk):
    jobs.run(job_pk)


@shared_task
def deliver(message_pk):
    outbox.deliver(message_pk)


@shared_task
def sweep():
    """Find what a lost nudge or a killed worker left behind."""
    now = timezone.now()
    for job_pk in jobs.sweep(now):
        run_job.apply_async((job_pk,), expires=NUDGE_HOLDS)
    for message_pk in outbox.sweep(now):
        deliver.apply_async((message_pk,), expires=NUDGE_HOLDS)


@shared_task
def remind():
    """Write the reminders that are due, and hand over what waits; also what a killed worker left of either."""
    reminders.remind(timezone.now())


@worker_ready.connect
def look_at_once(**_kwargs):
    """A worker that starts finds what the one before it left, without waiting for the clock."""
    nudge("records.tasks.remind")
    nudge("records.tasks.sweep")


@shared_task
def seal_history():
    denials.settle(timezone.now())
    history.seal()


@shared_task
def forget_sessions():
    sessions.forget_over(timezone.now())


@shared_task
def mark_broker():
    broker.mark_seen()
