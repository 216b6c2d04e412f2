"""
Seeking, for every hole, the request that notices it, and keeping it in noticed.csv.

``DJANGO_SETTINGS_MODULE=tests.settings python -m tests.access.searching`` seeks for the holes of which none is kept,
and forgets those that are no more; it may be stopped and goes on where it was. With ``--all`` every kept one is asked
first. A part of the holes, ``--part 1/2``, lets two run beside each other.
"""

import argparse
import contextlib
import fcntl
import logging
import sys
import time

import django

SECONDS = 120  # for one hole
YOUNG = 1800  # seconds; an emergency, the shortest of what people have, lasts twice as long


def arguments():
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="ask the kept requests again, too")
    parser.add_argument("--part", default="1/1", help="one part of so many")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="after which a hole is left")
    return parser.parse_args()


def keep(found, there_are):
    """Put what was ``found`` among the kept ones, while nobody else does."""
    from tests.access.noticing import NOTICED, note, noted

    with NOTICED.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note({key: request for key, request in {**noted(), **found}.items() if key in there_are})


@contextlib.contextmanager
def _until_it_grew_old(began):
    """Then all is asked of a new world; not so where the world is young, for a new one would be no better."""
    from tests.access.noticing import WorldGrewOld

    try:
        yield
    except WorldGrewOld:
        if time.monotonic() - began < YOUNG:
            raise


def main():
    """Seek; return how many holes nobody noticed."""
    from django.db import transaction
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    from tests.access import planting
    from tests.access.elsewhere import NOTICED_BY_ORDINARY_TESTS
    from tests.access.explained import EXPLAINED
    from tests.access.noticing import TookTooLong, Visitors, noted

    asked = arguments()
    part, parts = map(int, asked.part.split("/"))
    setup_test_environment()
    DiscoverRunner(verbosity=0).setup_databases()
    logging.disable(logging.CRITICAL)
    holes = {hole.key: hole for hole in planting.holes()}
    to_catch = [key for key in holes if key not in EXPLAINED and key not in NOTICED_BY_ORDINARY_TESTS]
    kept = noted()
    todo = [key for key in to_catch if asked.all or key not in kept]
    todo = sorted(todo, key=lambda key: bool(holes[key].seen_by))[part - 1 :: parts]  # pieces of checks first
    left, missed = list(enumerate(todo, 1)), 0
    while left:
        began_with = time.monotonic()
        with transaction.atomic(), _until_it_grew_old(began_with):
            visitors = Visitors()
            while left:
                number, key = left[0]
                began = time.monotonic()
                try:
                    visit, words = visitors.notice(holes[key], asked.seconds)
                except TookTooLong:
                    visit, words = None, f"nobody in {asked.seconds:.0f} s"
                took = time.monotonic() - began
                sys.stdout.write(f"{number}/{len(todo)}\t{took:.1f}\t{key}\t{visit or ''}\t{words or 'nobody'}\n")
                sys.stdout.flush()
                if visit:
                    keep({key: (visit.role, visit.case.route, visit.case.on, visit.method)}, to_catch)
                else:
                    missed += 1
                del left[0]
            transaction.set_rollback(True)
    return missed


if __name__ == "__main__":
    django.setup()
    sys.exit(1 if main() else 0)
