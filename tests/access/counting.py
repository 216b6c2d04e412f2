"""
How many holes of each kind are planted, and what notices them.

``DJANGO_SETTINGS_MODULE=tests.settings python -m tests.access.counting`` prints it as a table.
"""

import sys

import django

HEAD = "| Holes | Planted | Noticed by the walk | By ordinary tests | Change nothing |\n|---|---|---|---|---|"


def rows():
    """Of each kind: planted, and of them to be noticed by the walk, by ordinary tests, and by nobody with a reason."""
    from tests.access import planting
    from tests.access.elsewhere import NOTICED_BY_ORDINARY_TESTS
    from tests.access.explained import EXPLAINED

    for kind, of_kind in planting.kinds().items():
        keys = {hole.key for hole in of_kind()}
        elsewhere, explained = len(keys & NOTICED_BY_ORDINARY_TESTS), len(keys & EXPLAINED.keys())
        yield kind, len(keys), len(keys) - elsewhere - explained, elsewhere, explained


def table():
    """The same as a table in Markdown, with the sum of all kinds."""
    found = list(rows())
    numbers_of_all = [sum(column) for column in zip(*(numbers for _kind, *numbers in found), strict=True)]
    lines = [
        f"| {kind} | {' | '.join(f'{n:,}' for n in numbers)} |" for kind, *numbers in (*found, ("all", *numbers_of_all))
    ]
    return "\n".join((HEAD, *lines, ""))


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(table())
