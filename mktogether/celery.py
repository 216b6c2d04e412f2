"""The queue. Tasks are nudges: rows in the database are the truth; a sweeper finds what a lost nudge left behind."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktogether.settings")

app = Celery("mktogether")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
