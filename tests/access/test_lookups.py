"""Lists are narrowed by the filters that are named for them, and by nothing else that an address can say."""

import random
import re
from itertools import islice

import pytest
from django.apps import apps
from django.db import transaction

from tests.access import walking
from tests.access import world as worlds
from tests.access.walking import address, ask, routes
from tests.access.world import CASES

pytestmark = pytest.mark.django_db

OURS = ("records", "partnerships", "meetings", "reviews", "finance", "assurance", "reports")
LOOKUPS = ("", "__startswith", "__icontains", "__gte", "__isnull", "__in", "__regex", "__range", "__year")
OF_LIBRARIES = ("order_by", "ordering", "sort", "o", "group_by", "fields", "values", "expand", "limit", "format")
LISTS = (
    "meetings:list",
    "actions:list",
    "workbench:scenarios",
    "boards:list",
    "partners:list",
    "arrangements:list",
    "people:list",
    "cases:list",
    "reports:list",
    "reports:comments",
    "history:search",
    "money:list",
    "money:year",
)
ROLES = ("member", "team", "other group")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


def names():
    """Names that an ORM would understand: fields, fields of related rows, and passwords above all, without an end."""
    chance = random.Random(20261125)
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    fields = [field.name for model in models for field in model._meta.get_fields()]
    relations = [field.name for model in models for field in model._meta.get_fields() if field.is_relation]
    yield from ("id", "pk", "area", "body__area", "opened_by__password__startswith", "owner__user__email__icontains")
    yield from OF_LIBRARIES
    while True:
        path = chance.sample(relations, chance.randint(0, 3))
        yield "__".join([*path, chance.choice([*fields, "password", "email", "session_key"])]) + chance.choice(LOOKUPS)


def page(client, path, query):
    """The page that the list answers, without the secrets of its forms and the address to which they lead back."""
    content = ask(client, "GET", path, query_params=query).content
    return re.sub(rb'name="(csrfmiddlewaretoken|submission|back)" value="[^"]+"', b"", content)


def filters_of(client, path):
    """The names that the list's own forms and links use."""
    html = ask(client, "GET", path).content.decode()
    return {"page", *re.findall(r'name="([^"]+)"', html), *re.findall(r"[?&;]([a-z_]+)=", html)}


def test_every_list_is_asked():
    listing = {name for name, _view in routes() if re.search(r"(^|:|_)(list|search|log)$", name)}
    assert listing <= set(LISTS)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ROLES)
def test_no_name_but_its_own_changes_a_list(world, name, role):
    """Five hundred names for each list, fifty in an address: together they change as little as one by one."""
    client = walking.visitor(world, role)
    path = address(next(case for case in CASES if case.route == name), world)
    own = filters_of(client, path)
    whole = page(client, path, {})
    drawn = [one for one in islice(names(), 560) if one not in own][:500]
    assert len(drawn) == 500
    changed = []
    for start in range(0, 500, 50):
        for value in ("p", "1"):
            if page(client, path, dict.fromkeys(drawn[start : start + 50], value)) != whole:
                changed.append((value, drawn[start : start + 50]))
    assert changed == []
