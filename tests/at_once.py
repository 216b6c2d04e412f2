"""Several people who act at the same moment, each with a connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from mktogether.lib.verdict import Refusal


def at_once(*acts):
    """What comes of each of ``acts``, begun at the same moment; in their order."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def said_at_once(*acts):
    """What is said to each who acts at the same moment: why it is refused; empty where it is done."""
    return at_once(*(lambda act=act: _said(act) for act in acts))


def _said(act):
    try:
        act()
    except Refusal as refusal:
        return refusal.sentence
    return ""
