"""
Holes of which the walk of the addresses cannot tell, because its world has nothing that would show them, and the
ordinary tests that do: those of the place where the check is used.
"""

import os
import subprocess
import sys

# Beginnings of a hole's key, and which ordinary tests look at what it is in; the longest one counts.
TESTS = {
    "finance": ("tests/finance",),
    "meetings": ("tests/meetings", "tests/partnerships/granting"),
    "partnerships.explaining": ("tests/partnerships/explaining", "tests/partnerships/pages"),
    "partnerships.granting": ("tests/partnerships/granting",),
    "partnerships.leaving": ("tests/partnerships/leaving",),
    "partnerships.reviewing": ("tests/partnerships/reviewing",),
    "partnerships.story": ("tests/partnerships/story",),
    "records": ("tests/records",),
}
NOTICED_BY_ORDINARY_TESTS = frozenset(
    {
        "finance.models.ContributionQuerySet.seen_by 7: always False",
        "meetings.access.may_rearrange 1: always False",
    }
)


def is_noticed(key):
    """Whether the ordinary tests of its place turn red while the hole ``key`` is planted."""
    place = max((beginning for beginning in TESTS if key.startswith(f"{beginning}.")), key=len)
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.access.planted")
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    run = subprocess.run(
        [*command, "-m", "not browser and not prove", *TESTS[place]],
        env=environment | {"PLANTED_HOLE": key},
        capture_output=True,
        check=False,
    )
    if run.returncode not in {0, 1}:
        raise RuntimeError(f"The tests did not run: {run.stdout.decode()[-400:]}")
    return run.returncode == 1
