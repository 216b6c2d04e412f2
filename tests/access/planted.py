"""
A plug-in of pytest: the ordinary tests run with one hole planted, so that one sees whether they notice it.

``PLANTED_HOLE="module.function 3: part 0 left out" pytest -p tests.access.planted tests/…``
"""

import itertools
import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def _planted_hole(django_db_setup):
    from tests.access import planting  # needs the portal, which is set up by now

    holes = itertools.chain(planting.of_keeping_and_sending(), planting.holes())
    hole = next(hole for hole in holes if hole.key == os.environ["PLANTED_HOLE"])
    with hole.planted():
        yield
