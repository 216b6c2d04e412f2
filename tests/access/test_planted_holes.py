"""Whether the walk of the addresses notices a hole: each one that planting.py knows must be caught."""

import pytest
from django.db import transaction

from tests.access import planting, walking
from tests.access import world as worlds
from tests.access.walking import address, ask
from tests.access.world import CASES, MAY_READ

pytestmark = [pytest.mark.django_db, pytest.mark.prove]
EXPECTED = walking.expected()
FIRST = ("member", "other group", "other area's team", "named deputy", "excluded member", "team")


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    """The world with a browser for each role, made once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = worlds.build()
        clients = {role: walking.visitor(world, role) for role in world.people}
        ordered = sorted(clients, key=lambda role: FIRST.index(role) if role in FIRST else len(FIRST))
        yield world, [(role, clients[role]) for role in ordered]
        transaction.set_rollback(True)


def noticed(world, clients):
    """The first answer that is not what permissions.csv says, or that tells what its reader may not see."""
    for role, client in clients:
        forbidden = [canary.encode() for canary, readers in MAY_READ.items() if role not in readers]
        for case in CASES:
            path = address(case, world)
            for method, data in (("GET", None), ("POST", case.send(world))):
                asked = ask(client, method, path, **({"data": data} if data is not None else {}))
                if asked.outcome != EXPECTED[case.route, case.on, method][role]:
                    return f"{method} {case.route} ({case.on}) as {role}: {asked.outcome}"
                if any(canary in asked.content for canary in forbidden):
                    return f"{method} {case.route} ({case.on}) as {role}: a canary"
    return ""


def caught(hole, world, clients):
    """How the hole was noticed; empty where it was not."""
    planting.forget_prepared()
    try:
        with hole.planted():
            asked = [(role, client) for role, client in clients if role in (hole.seen_by or world.people)]
            return noticed(world, asked)
    finally:
        planting.forget_prepared()


def test_without_a_hole_there_is_nothing_to_notice(visitors):
    assert noticed(*visitors) == ""


def test_every_hole_is_caught_or_explained(visitors, caplog):
    """The whole list; those that no request can tell from a whole check stand in EXPLAINED with the reason."""
    caplog.set_level("CRITICAL")
    unnoticed = {str(hole) for hole in planting.holes() if not caught(hole, *visitors)}
    assert unnoticed - set(planting.EXPLAINED) == set()
