"""A form changes what it shows and nothing else, whatever else is sent along with it."""

import datetime as dt
import re
import uuid

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from tests.access import walking
from tests.access import world as worlds
from tests.access.walking import address
from tests.access.world import CASES

pytestmark = pytest.mark.django_db

OURS = ("records", "partnerships", "meetings", "reviews", "finance", "assurance", "reports")
ACTING = ("team", "chair", "member", "case lead", "information governance", "agency administrator", "finance editor")
EXPECTED = walking.expected()
# They hold an address or a number of their own.
BY_THEMSELVES = {"message_id", "key", "text", "inputs", "file", "secret_digest"}
# As mails name them: by their id, which PostgreSQL gives out once, or by a number that is drawn at random.
REFERENCE = re.compile(r"\b(Access |Exclusion |R-)(?:\d+|[A-Z\d]{6})\b")
LOGS = {"records.Event", "records.EarlierValue", "records.Submission"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


def our_models():
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def extras(world, shown):
    """Every field of every model, with a value that would do harm; but for those that a page of the portal shows."""
    hostile = {}
    for model in our_models():
        for field in model._meta.concrete_fields:
            hostile[field.name] = hostile[field.attname] = _harmful(world, field)
    return {name: value for name, value in hostile.items() if name not in shown}


def _harmful(world, field):
    stranger = world.people["other group"]
    if isinstance(field, models.ForeignKey):
        others = {"Area": world.elsewhere.area_id, "Body": world.other.pk, "User": stranger.pk}
        return others.get(field.remote_field.model.__name__, stranger.person.pk)
    for kinds, value in VALUES:
        if isinstance(field, kinds):
            return value
    return "hostile"


VALUES = (
    (models.BooleanField, "on"),
    ((models.DateTimeField, models.DateField), "2001-01-01"),
    ((models.IntegerField, models.DecimalField), "1"),
)


def shown_names(world):
    """The names of the fields in all forms of all pages that somebody who acts is shown."""
    found = set()
    for role in ACTING:
        if role in world.people:
            client = walking.visitor(world, role)
            for case in CASES:
                if EXPECTED[case.route, case.on, "GET"][role] != "ok":
                    continue
                html = walking.ask(client, "GET", address(case, world)).content.decode(errors="replace")
                found |= set(re.findall(r'name="([^"]+)"', html))
    return found


def known_rows():
    """The ids of all rows of the world, by model; what a form does to them is taken back each time."""
    kept = [model for model in our_models() if model._meta.label not in LOGS]
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in kept}


def effect(client, path, data, known):
    """What the form does: the rows of all tables it wrote to, but for what differs from one time to another."""
    with transaction.atomic():
        with walking.noting_writes() as written:
            client.post(path, data)
        rows = {
            model._meta.label: sorted(_settled(model, row, known) for row in model._base_manager.values())
            for model in known
            if model._meta.db_table in written
        }
        transaction.set_rollback(True)
    return rows


def _settled(model, row, known):
    """A row as text: moments and tokens as "some", ids as "new" unless the row was there before."""
    plain = {}
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        target = model if field.primary_key else getattr(field.remote_field, "model", None)
        if field.name == "subject_id":
            target = next((thing for thing in known if thing._meta.label == row["subject"]), None)
        if value is not None and target in known and value not in known[target]:
            value = "new"
        elif isinstance(value, (dt.datetime, uuid.UUID)) or field.name in BY_THEMSELVES:
            value = "some"
        elif field.name == "password" and value.startswith("!"):
            value = "none that could be typed"  # drawn anew each time
        elif isinstance(value, str):
            value = REFERENCE.sub(r"\1", value)
        plain[field.attname] = value
    return repr(sorted(plain.items()))


@pytest.fixture
def clock_that_stands(monkeypatch, world):
    """What a record keeps as text, such as the minute of closing, is the same both times."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.usefixtures("clock_that_stands")
def test_nothing_that_a_form_does_not_show_is_changed_by_it(world):
    hostile = extras(world, shown_names(world))
    assert len(hostile) > 60
    known = known_rows()
    widened, acted = [], 0
    for case in CASES:
        role = next((role for role in ACTING if EXPECTED[case.route, case.on, "POST"].get(role) == "act"), None)
        if role is None or case.route.startswith("account_"):
            continue
        client = walking.visitor(world, role)
        path = address(case, world)
        plain = effect(client, path, case.send(world), known)
        stuffed = effect(client, path, {**hostile, **case.send(world)}, known)
        acted += 1
        changed = plain.keys() | stuffed.keys()
        widened += [f"{case.route} ({case.on}): {label}" for label in changed if plain.get(label) != stuffed.get(label)]
    assert widened == []
    assert acted > 15
