"""
Checks that web and worker share one broker.

The database holds a token; whoever starts first leaves it in the broker too. A process that finds another token
there, or none although a worker was heard through the broker a moment ago, is connected to a broker that the others
do not share, and stops with a sentence.
"""

import datetime as dt
from pathlib import Path

import redis
from celery import current_app
from celery.signals import worker_init
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from records.models import BrokerMark

KEY = "mktogether:broker-mark"
HEARD_LATELY = dt.timedelta(minutes=3)
NOT_SHARED = (
    "The broker that this process uses ({address}) is not the one that the other processes use. "
    "Set REDIS_URL to the same Redis for web, worker and beat."
)


def check_shared():
    """Raise ImproperlyConfigured when this process's broker is not the one that the others use."""
    mark = _mark()
    found = _read()
    heard = mark.seen_at is not None and timezone.now() - mark.seen_at < HEARD_LATELY
    if found == str(mark.token):
        return
    if found is not None or heard:
        raise ImproperlyConfigured(NOT_SHARED.format(address=_address()))
    _write(str(mark.token))


def mark_seen():
    """A worker ran this through the broker: note it, and leave the token there again in case the broker lost it."""
    mark = _mark()
    _write(str(mark.token))
    BrokerMark.objects.filter(pk=mark.pk).update(seen_at=timezone.now())


def check_queue_is_the_projects(app_configs, **kwargs):
    """A task published by this process goes to the project's broker, and not to a default one."""
    if current_app.conf.broker_url == settings.CELERY_BROKER_URL:
        return []
    return [
        checks.Error(
            "Tasks would be published to a broker that no worker of the portal reads.",
            hint="Import the Celery app in mktogether/__init__.py and set CELERY_BROKER_URL from REDIS_URL.",
            id="records.E001",
        )
    ]


@worker_init.connect
def check_at_worker_start(**_kwargs):
    """A worker with the wrong broker would wait for ever; it stops instead."""
    try:
        check_shared()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from problem


@transaction.atomic
def _mark():
    mark, _created = BrokerMark.objects.get_or_create(pk=1)
    return mark


def _folder():
    return Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).parent


def _address():
    """The broker's address without its password."""
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        return str(_folder())
    return settings.CELERY_BROKER_URL.rpartition("@")[2]


def _redis():
    return redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=1)


def _read():
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        path = _folder() / "mark"
        return path.read_text() if path.exists() else None
    try:
        found = _redis().get(KEY)
    except redis.RedisError as problem:
        raise ImproperlyConfigured(
            f"The broker at {_address()} does not answer ({type(problem).__name__}). Start Redis, or set REDIS_URL."
        ) from problem
    return found.decode() if found else None


def _write(token):
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        (_folder() / "mark").write_text(token)
    else:
        _redis().set(KEY, token)
