"""Nothing that people type stands in the history but as its keyed hash, and none of it in a log line."""

import io
import logging

import pytest
from django.db import connection, transaction
from django.test import Client

from mktogether.lib.logs import OneLine
from records.session_store import STATE_SESSION_KEY, SessionStore
from tests.access import world as worlds
from tests.access.walking import WRITES, address, ask, visitor
from tests.access.world import CASES, MAY_READ

TYPED = "canary-typed"
FORGED = f"{TYPED}\r\nCRITICAL portal {TYPED}"
ROLES = ("team", "chair", "member", "case lead", "agency administrator", "information governance", "finance editor")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def log():
    """Everything that is logged, down to the least, as the portal formats it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


class Written:
    """What is written to the history while a request is answered."""

    def __init__(self):
        self.events = []

    def __call__(self, execute, sql, params, many, context):
        match = WRITES.match(sql)
        if match and match[1] in {"records_event", "records_seal", "records_denialcount"}:
            self.events.append(str(params))
        return execute(sql, params, many, context)


def all_at_once(form):
    """The form as somebody sends it who types a canary over two lines into every field."""
    yield {**form, **{name: f"{form[name]} {FORGED}" for name in texts_of(form)}}


def one_by_one(form):
    """The same with one field after another, so that the others are as they should be, and all at once."""
    yield from ({**form, name: FORGED} for name in texts_of(form))
    yield from ({**form, name: f"{form[name]} {TYPED}"} for name in texts_of(form))
    yield from all_at_once(form)


def texts_of(form):
    return [name for name, value in form.items() if isinstance(value, str)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["team", "case lead", "finance editor"])
def test_what_is_typed_stands_in_no_event_and_in_no_log_line(world, role, log):
    walk(world, role, log, all_at_once)


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_what_is_typed_into_one_field_after_another_stands_in_no_event_and_in_no_log_line(world, role, log):
    walk(world, role, log, one_by_one)


def walk(world, role, log, variants):
    """Send every form of the portal as ``role``, typed as ``variants`` says, and look at events and log lines."""
    client = visitor(world, role)
    wrong, acts = [], 0
    for case in CASES:
        for form in variants(case.send(world)):
            written = Written()
            with connection.execute_wrapper(written):
                asked = ask(client, "POST", address(case, world), data=form)
            acts += asked.outcome == "act"
            wrong += [f"{case.route}: {event}" for event in written.events if TYPED in event]
    with connection.execute_wrapper(written := Written()):
        for path in (f"/boards/{TYPED}/", f"/history/of/{TYPED}/{TYPED}/", f"/history/?person={TYPED}&since={TYPED}"):
            ask(client, "GET", path)
    assert wrong == []
    assert [event for event in written.events if TYPED in event] == []
    lines = log.getvalue().splitlines()
    assert [line for line in lines if TYPED in line] == []
    assert [line for line in lines if line.startswith("CRITICAL")] == []
    assert acts or role == "information governance"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["team", "chair", "case lead"])
def test_no_session_holds_what_stands_in_a_thing_that_not_everybody_may_see(world, role, monkeypatch):
    """What is said after an act waits in the session for the next page; they may have been kept out by then."""
    kept, encode = [], SessionStore.encode

    def encoded(store, session):
        kept.append(str({key: value for key, value in session.items() if key != STATE_SESSION_KEY}))
        return encode(store, session)

    monkeypatch.setattr(SessionStore, "encode", encoded)
    client = visitor(world, role)
    for case in CASES:
        ask(client, "POST", address(case, world), data=case.send(world))
    assert len(kept) > 20
    assert [canary for canary in MAY_READ for session in kept if canary in session] == []


@pytest.mark.django_db
def test_a_page_that_fails_logs_where_and_not_what(settings, log):
    settings.ROOT_URLCONF = "tests.mktogether.exploding_urls"
    assert Client(raise_request_exception=False).get("/explodes/").status_code == 500
    said = log.getvalue()
    assert "canary" not in said
    assert "ERROR django.request Internal Server Error: /explodes/ | builtins.RuntimeError at " in said
