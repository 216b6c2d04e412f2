"""No string of a restricted thing stands where somebody may not see it: in pages, files, mails, logs, work or cache."""

import re

import pytest
from django.db import transaction

from meetings import actions
from records import jobs
from records.models import Job, OutboxMessage
from tests.access import canaries, walking
from tests.access import world as worlds
from tests.access.walking import address, ask
from tests.access.world import CASES, MAY_READ

pytestmark = pytest.mark.django_db
EVERYWHERE = "canary-"
# What may hold no content at all, for anybody: what goes by mail, what workers are told, what is kept for a while.
WITHOUT_CONTENT = ("records_outboxmessage", "records_event", "records_seal", "records_cache", "django_session")
LISTS = ("/people/", "/history/", "/access/grants/", "/meetings/", "/actions/", "/workbench/scenarios/", "/cases/")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    canaries.PLANTED.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


ROLES = list(next(iter(walking.expected().values())))


def forbidden_to(role):
    return [canary.encode() for canary, readers in MAY_READ.items() if role not in readers]


def test_every_text_of_every_restricted_thing_carries_one(world):
    assert len(set(canaries.PLANTED)) >= 60


@pytest.mark.prove
@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_by_following_links_what_they_may_not_see(world, role, caplog):
    """From the home page and every address there is, on through all that the pages lead to."""
    client = walking.visitor(world, role)
    starts = ["/", *(address(case, world) for case in CASES)]
    crawl = canaries.Crawl(client, starts, most=1500)
    forbidden, leaked = forbidden_to(role), []
    for path, answer in crawl.pages():
        leaked += [f"{path}: {canary.decode()}" for canary in forbidden if canary in answer]
    assert leaked == []
    assert crawl.answers > len(starts) - 5
    assert EVERYWHERE not in caplog.text


@pytest.mark.prove
@pytest.mark.parametrize("role", ROLES)
def test_no_search_and_no_filter_finds_one(world, role):
    """Whatever somebody asks a list for, it answers as if what they may not see were not there."""
    client = walking.visitor(world, role)
    forbidden, leaked = forbidden_to(role), []
    for path in (
        "/people/",
        "/history/",
        "/access/grants/",
        "/meetings/",
        "/actions/",
        "/workbench/scenarios/",
        "/cases/",
    ):
        for string in sorted(set(canaries.PLANTED)):
            for name in ("q", "state", "board"):
                answer = ask(client, "GET", path, query_params={name: string}).content
                echoed = answer.replace(string.encode(), b"")  # what was typed stands in its box again
                leaked += [f"{path}?{name}={string}" for canary in forbidden if canary in echoed]
    assert leaked == []


@pytest.mark.prove
def test_mails_history_sessions_and_cache_hold_no_content(world, caplog):
    """After every act that the world knows of was done by somebody who may, whatever they were."""
    caplog.set_level("DEBUG", logger="records")
    held = {}
    for case in CASES:
        role = next((r for r, said in walking.expected()[case.route, case.on, "POST"].items() if said == "act"), None)
        if role is None:
            continue
        client = walking.visitor(world, role)
        with transaction.atomic():
            client.post(address(case, world), case.send(world))
            if tables := canaries.tables_with(EVERYWHERE, WITHOUT_CONTENT):
                held[f"{case.route} ({case.on})"] = tables
            transaction.set_rollback(True)
    assert held == {}
    assert EVERYWHERE not in caplog.text


def test_work_is_told_ids_alone(world, monkeypatch):
    """What goes through the broker is a name and an id, also where the work is about what is confidential."""
    told = []
    monkeypatch.setattr(jobs, "nudge", lambda name, *args: told.append((name, args)))
    with transaction.atomic():
        job = actions.request_minutes(world.in_session, by=world.clerk, confidential=True)
        assert job.state == Job.State.WAITING
        transaction.set_rollback(True)
    assert all(re.fullmatch(r"[\d, ()]*", str(args)) for _name, args in told)
    assert EVERYWHERE not in str(told)


def test_mails_carry_reference_date_and_link(world):
    for message in OutboxMessage.objects.all():
        assert EVERYWHERE not in message.subject + message.text
