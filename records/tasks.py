"""Tasks are leaves: they call one function each, and take ids."""

from celery import shared_task
from django.utils import timezone

from records import broker, history, jobs, outbox


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
        run_job.delay(job_pk)
    for message_pk in outbox.sweep(now):
        deliver.delay(message_pk)


@shared_task
def seal_history():
    history.seal()


@shared_task
def mark_broker():
    broker.mark_seen()
