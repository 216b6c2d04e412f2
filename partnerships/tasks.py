"""Tasks are leaves: they call one function each."""

from celery import shared_task
from django.utils import timezone

from partnerships.story import anchoring


@shared_task
def note_head():
    anchoring.note_head(timezone.now())
