"""Telling a worker that a row is waiting."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(task, *ids):
    """
    Publish ``task`` for ``ids``; return whether the broker took it.

    May fail: the row is in the database and the sweeper will find it.
    """
    try:
        current_app.send_task(task, args=ids, retry=False)
    except (OperationalError, OSError):
        logger.warning("The broker does not answer; the sweeper will find %s %s.", task, ids)
        return False
    return True
