"""Walking the addresses: every route there is, what an answer means, and what asking wrote."""

import contextlib
import copy
import csv
import re
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.world.readers import CONFIDENTIAL_ITEMS, MAY_READ
from tests.visitors import confirm

PERMISSIONS = Path(__file__).with_name("permissions.csv")
TASK = "task"  # instead of a route, where a row says of work in the background for whom it is done
# What reading may write: history, the session of whoever reads, and for a while that they have a section open to write.
READING_MAY_WRITE = {"records_event", "records_earliervalue", "records_denialcount", "django_session", "reports_writer"}
# The page to sign in; whoever sent a form is told there that it was not saved.
SIGN_IN = re.compile(r"/sign-in/\?(?:unsaved=1&)?next=")
COUNTS = {"records_cache"}  # attempts to sign in
WRITES = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


def routes(patterns=None, before=()):
    """Every route of the portal as (name, view); one without a name goes by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            namespace = (pattern.namespace,) if pattern.namespace else ()
            yield from routes(pattern.url_patterns, before + namespace)
        else:
            yield ":".join((*before, pattern.name or str(pattern.pattern))), pattern.callback


def address(case, world):
    """The address of ``case``; below a meeting, the namespace is the meetings' own."""
    return reverse(case.route, kwargs=case.fill(world))


class Asked:
    """What came of one request: its answer, and the tables that it wrote to."""

    def __init__(self, response, content, tables):
        self.response = response
        self.content = content
        self.tables = tables
        self.status = response.status_code

    @property
    def wrote(self):
        return self.tables - READING_MAY_WRITE - COUNTS

    @property
    def is_told(self):
        """Whether the history has it."""
        return "records_event" in self.tables

    @property
    def told(self):
        """All that the answer tells, less what differs by itself: the secret of its forms, and the moment."""
        page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", self.content)
        return self.status, page, {name: said for name, said in self.response.headers.items() if name != "Expires"}

    @property
    def outcome(self):
        """The answer in one word, as permissions.csv has it."""
        if self.status == 302 and SIGN_IN.match(self.response["Location"]):
            return "sign-in"
        if self.wrote:
            return "act"
        return {200: "ok", 204: "ok", 302: "turned away"}.get(self.status, str(self.status))


@contextlib.contextmanager
def noting_writes():
    """A set, into which goes the name of each table that is written to meanwhile."""
    tables = set()

    def note(execute, sql, params, many, context):
        if match := WRITES.match(sql):
            tables.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def ask(client, method, path, **more):
    """Ask for ``path`` and take back whatever it wrote."""
    session = copy.copy(client.cookies)
    with transaction.atomic():
        with noting_writes() as tables:
            response = client.generic(method, path, **more) if method != "POST" else client.post(path, **more)
            content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = session
    return Asked(response, content, tables)


READ_IS_TOLD = {
    "access:evidence",
    "access:quarter_evidence",
    "file",
    "history:export",
    "history:mine",
    "history:person",
    "history:search",
    "history:thing",
    "money:export",
    "people:person",
}


def belongs_in_history(role, case, method, asked):
    """
    Every act, every denial of somebody signed in, and every look at what is confidential, at a file and at the history.

    Told from the answer alone: by its status, and by the strings that stand in confidential items.
    """
    if role == "public":  # by the link of a member, as that member; or by the switch in a mail, by whoever holds it
        return case.route in {"replies:reply", "replies:reply_as_deputy", "reminders:off"} and asked.outcome == "act"
    if asked.outcome in {"403", "404", "act"} or (case.route, method) == ("account_logout", "POST"):
        return True
    in_an_emergency = role.startswith("emergency")  # while that is open, whatever somebody opens
    of_a_case = case.on in {"an open case", "a closed case", "from an open case", "a referral that waits"}
    if asked.outcome == "422" and (in_an_emergency or of_a_case or (case.route.startswith("cases:") and case.on)):
        return True  # a form with its mistakes shows what it is about as the page before did
    shown = (
        in_an_emergency
        or case.route in READ_IS_TOLD
        or of_a_case
        or (case.route.startswith("cases:") and case.on and case.route != "cases:end_audit")  # a button and no case
        or canaries_in(asked) & CONFIDENTIAL_ITEMS
    )
    return (method == "GET" or in_an_emergency) and asked.status == 200 and asked.outcome == "ok" and bool(shown)


def expected():
    """What permissions.csv says of addresses, as {(route, on, method): {role: outcome}}."""
    return {key: row for key, row in _rows() if key[0] != TASK}


def expected_of_tasks():
    """What permissions.csv says of work in the background, as {task: {role: outcome}}."""
    return {key[1]: row for key, row in _rows() if key[0] == TASK}


def _rows():
    with PERMISSIONS.open(newline="") as file:
        for row in csv.DictReader(file):
            yield (row.pop("route"), row.pop("on"), row.pop("method")), row


class Browser(Client):
    """A browser of Django's tests that keeps no copy of what each template was given: a tenth less for each page."""

    def request(self, **request):
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


def visitor(world, role):
    """Somebody of ``role`` as a browser that has signed in, where they have just confirmed that it is they."""
    client = Browser()
    cache.clear()  # whoever confirms for one test after the other is not somebody who guesses
    if world.people[role] is not None:
        client.force_login(world.people[role])
        confirm(client)
    return client


def canaries_in(asked):
    """The strings on the page that stand in things which not everybody may see."""
    return frozenset(canary for canary in MAY_READ if canary.encode() in asked.content)
