"""
Checks that web and worker share one broker.

The database holds a token; whoever starts first leaves it in the broker too. A process that finds the token of
another database there, or none although it was there a moment ago, is connected to a broker that the others do not
share, and stops with a sentence. A token that has been gone for longer was lost by the broker, and is left there again.

Where the broker is a folder, a process that is killed while it writes leaves half a file, which no other can read. A
worker takes those away when it starts: each stands for a nudge, whose row the sweeper finds.
"""

import datetime as dt
import json
import logging
from pathlib import Path
from urllib.parse import urlsplit

import redis
from celery import current_app
from celery.signals import worker_init
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils import timezone

from records.models import BrokerMark

logger = logging.getLogger(__name__)
KEY = "mktogether:broker-mark"
SEEN_LATELY = dt.timedelta(minutes=3)
NOT_SHARED = (
    "The broker that this process uses ({address}) is not the one that the other processes use. "
    "Set REDIS_URL to the same Redis for web, worker and beat."
)
OF_ANOTHER = (
    "The broker at {address} belongs to a portal with another database. Give each portal a Redis database of its own "
    "in REDIS_URL; if the other portal is gone, empty its Redis database first."
)


def check_shared():
    """Raise ImproperlyConfigured when this process's broker is not the one that the others use."""
    mark = _mark()
    found = _read()
    if found is not None and found != str(mark.token):
        raise ImproperlyConfigured(OF_ANOTHER.format(address=_address()))
    seen_lately = mark.seen_at is not None and timezone.now() - mark.seen_at < SEEN_LATELY
    if found is None and seen_lately:
        raise ImproperlyConfigured(NOT_SHARED.format(address=_address()))
    if found is None:
        _write(str(mark.token))
    _note_seen()


def mark_seen():
    """A worker ran this through the broker: note it, and leave the token there again in case the broker lost it."""
    _write(str(_mark().token))
    _note_seen()


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


def stop_unless_shared():
    """For the start of a process: end it with the sentence where its broker is not shared."""
    try:
        check_shared()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from problem
    finally:
        connections.close_all()  # processes fork from here, and must not inherit one connection


@worker_init.connect
def check_at_worker_start(**_kwargs):
    """A worker with the wrong broker would wait for ever; it stops instead."""
    stop_unless_shared()
    if _is_folder():
        take_away_what_is_cut_off()


def take_away_what_is_cut_off():
    """Take out of the broker's folder what was cut off while it was written; return how many files that were."""
    found = [path for folder in _folders() for path in folder.glob("*.*") if _is_cut_off(path)]
    for path in found:
        path.unlink(missing_ok=True)
    if found:
        logger.warning("%s files of the broker were cut off while they were written, and taken away.", len(found))
    return len(found)


def _folders():
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    return [Path(options[name]) for name in ("data_folder_in", "control_folder") if name in options]


def _is_cut_off(path):
    try:
        json.loads(path.read_bytes())
    except FileNotFoundError:
        return False  # another worker took it
    except ValueError:
        return True
    return False


def _mark():
    mark, _created = BrokerMark.objects.get_or_create(pk=1)
    return mark


def _note_seen():
    BrokerMark.objects.filter(pk=1).update(seen_at=timezone.now())


def _is_folder():
    return settings.CELERY_BROKER_URL.startswith("filesystem")


def _folder():
    return Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).parent


def _address():
    """Where the broker is, without its password."""
    if _is_folder():
        return str(_folder())
    parts = urlsplit(settings.CELERY_BROKER_URL)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}"


def _ask(question):
    """The answer of the broker to ``question``; raises ImproperlyConfigured where it gives none."""
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=1, decode_responses=True
        ) as broker:
            return question(broker)
    except redis.RedisError as problem:
        raise ImproperlyConfigured(
            f"The broker at {_address()} does not answer ({type(problem).__name__}). Start Redis, or set REDIS_URL."
        ) from problem


def _read():
    if _is_folder():
        path = _folder() / "mark"
        return path.read_text() if path.exists() else None
    return _ask(lambda broker: broker.get(KEY))


def _write(token):
    if _is_folder():
        (_folder() / "mark").write_text(token)
    else:
        _ask(lambda broker: broker.set(KEY, token))
