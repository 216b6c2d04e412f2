"""
Every route, with every method, as every kind of person, against permissions.csv.

The file says what the portal promises, in words: ``ok`` (the page), ``act`` (the form took effect), ``422`` (the form
is shown again with a sentence), ``turned away`` (led elsewhere, and nothing done), ``sign-in``, ``403``, ``404`` and
``405``. It is for people to read and kept apart from the code: a new route fails here until somebody has said
who may ask for it.
"""

import uuid
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from records import files
from records.access import PUBLIC, SIGNED_IN
from tests.access import walking
from tests.access import world as worlds
from tests.access.walking import address, ask, belongs_in_history, canaries_in
from tests.access.world import CASES, MAY_READ
from tests.access.world.readers import UNSEEN

EXPECTED = walking.expected()
ROLES = list(next(iter(EXPECTED.values())))
QUICK = ("public", "member", "other group")
# With every role only in the long run; the others differ from these in nothing that a method could matter for.
IN_SHORT = [pytest.param(role, marks=() if role in QUICK else pytest.mark.prove) for role in ROLES]
NOTHING = {"sign-in", "turned away", "403", "404", "405"}
PUBLIC_ROUTES = {
    "home",
    "health",
    "accessibility",
    "privacy",
    "cookies",
    "worried",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_signup",
    "calendars:calendar",
    "replies:reply",
    "replies:reply_as_deputy",
    "reports:list",
    "reports:report",
    "reports:picture",
    "reports:pdf",
    "reports:figures",
    "reports:figure",
    "reminders:off",
    "arrangements:published",
}
# Its address is signed, and mail programs switch off by a bare POST (RFC 8058).
WITHOUT_THE_PAGES_SECRET = {"reminders:off"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, made once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def visitor(world, db):
    """Somebody of a role, as a browser that has signed in."""
    return partial(walking.visitor, world)


def key(case, method):
    return case.route, case.on, method


# --- The list of routes ---


def test_every_view_says_who_may_ask_for_it():
    declared = {name: getattr(view, "declared_access", None) for name, view in walking.routes()}
    assert {name: access for name, access in declared.items() if access not in {PUBLIC, SIGNED_IN}} == {}


def test_only_these_routes_are_public():
    assert {name for name, view in walking.routes() if view.declared_access == PUBLIC} == PUBLIC_ROUTES


def test_every_route_is_walked():
    """A route that is missing here gets a Case in world.py and its rows in permissions.csv."""
    assert {name for name, _view in walking.routes()} == {case.route for case in CASES}


def test_permissions_csv_has_a_row_for_each_case_and_none_besides():
    assert set(EXPECTED) == {key(case, method) for case in CASES for method in ("GET", "POST")}


def test_permissions_csv_has_a_column_for_each_role_and_none_besides(world):
    assert list(world.people) == ROLES


# --- The walk ---


@pytest.mark.parametrize("role", ROLES)
def test_what_somebody_may_ask_for(visitor, world, role):
    client = visitor(role)
    wrong, wrote, leaked, untold, read = [], [], [], [], set()
    for case in CASES:
        for method in ("GET", "POST"):
            said = EXPECTED[key(case, method)][role]
            if said == "405":
                continue  # see below
            asked = ask(
                client, method, address(case, world), **({"data": case.send(world)} if method == "POST" else {})
            )
            words = f"{method} {case.route} ({case.on})"
            if asked.outcome != said:
                wrong.append(f"{words}: {asked.outcome}")
            shown = canaries_in(asked)
            read |= shown
            leaked += [f"{words}: {canary}" for canary in shown if role not in MAY_READ[canary]]
            if asked.is_told != belongs_in_history(role, case, method, asked):
                untold.append(f"{words}: {asked.outcome}")
            if method == "GET":
                wrote += [f"{words}: {table}" for table in asked.wrote]
    assert wrong == []
    assert wrote == [], "asking with GET changed something"
    assert leaked == [], "a page tells what this person may not see"
    assert untold == [], "the history lacks it, or holds what does not belong there"
    assert {canary for canary, readers in MAY_READ.items() if role in readers} - read - {UNSEEN} == set()


@pytest.mark.parametrize("role", IN_SHORT)
def test_no_method_is_taken_that_is_not_for_the_address(visitor, world, role):
    client = visitor(role)
    taken = []
    for case in CASES:
        for method in ("GET", "POST"):
            if EXPECTED[key(case, method)][role] == "405":
                asked = ask(client, method, address(case, world))
                if asked.outcome != "405" or asked.is_told:
                    taken.append(f"{method} {case.route} ({case.on}): {asked.outcome}")
    assert taken == []


@pytest.mark.parametrize("role", IN_SHORT)
def test_head_is_answered_as_get_without_the_content(visitor, world, role):
    client = visitor(role)
    wrong = []
    for case in CASES:
        head = ask(client, "HEAD", address(case, world))
        if head.outcome != EXPECTED[key(case, "GET")][role] or head.content or head.wrote:
            wrong.append(f"{case.route} ({case.on}): {head.outcome}")
    assert wrong == []


@pytest.mark.parametrize("role", IN_SHORT)
def test_options_does_nothing_and_tells_no_more_than_get(visitor, world, role):
    client = visitor(role)
    hidden = [canary for canary, readers in MAY_READ.items() if role not in readers]
    wrong = []
    for case in CASES:
        told = ask(client, "OPTIONS", address(case, world))
        tells_more = told.outcome not in {EXPECTED[key(case, "GET")][role], *NOTHING} and told.content
        if tells_more or told.wrote or any(canary.encode() in told.content for canary in hidden):
            wrong.append(f"{case.route} ({case.on}): {told.outcome}")
    assert wrong == []


@pytest.mark.parametrize("role", IN_SHORT)
def test_no_form_takes_effect_without_the_pages_secret(visitor, world, role):
    client = visitor(role)
    client.handler.enforce_csrf_checks = True
    outcomes = {
        f"{case.route} ({case.on})": ask(client, "POST", address(case, world), data=case.send(world)).outcome
        for case in CASES
        if case.route not in WITHOUT_THE_PAGES_SECRET
    }
    assert {case: outcome for case, outcome in outcomes.items() if outcome != "403"} == {}


VARIANTS = [
    {"headers": {"Range": "bytes=0-9"}},
    {"headers": {"If-None-Match": "*", "If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"}},
    {"headers": {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}},
    {"headers": {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}},
    {"headers": {"X-Original-URL": "/", "X-Rewrite-URL": "/", "X-Forwarded-Prefix": "/"}},
    {"query_params": {"format": "json", "_method": "POST", "part": "1", "since": "-1"}},
]
# Whatever looks at one of them sees it in this one too; which one lets somebody through, the long run tells.
ALL_AT_ONCE = {
    "headers": {name: value for variant in VARIANTS for name, value in variant.get("headers", {}).items()},
    "query_params": VARIANTS[-1]["query_params"],
}


@pytest.mark.parametrize("role", ["public", "other group"])
@pytest.mark.parametrize(
    "variant",
    [ALL_AT_ONCE, *(pytest.param(variant, id=str(variant), marks=pytest.mark.prove) for variant in VARIANTS)],
)
def test_no_variant_of_a_refused_request_gets_through(visitor, world, role, variant):
    client = visitor(role)
    wrong = []
    for case in CASES:
        said = EXPECTED[key(case, "GET")][role]
        if said in {"404", "403", "sign-in"}:
            asked = ask(client, "GET", address(case, world), **variant)
            if asked.outcome != said:
                wrong.append(f"{case.route} ({case.on}): {asked.outcome}")
    assert wrong == []


@pytest.mark.parametrize(
    "spelling",
    [
        lambda path: path.rstrip("/"),
        lambda path: path + "/",
        lambda path: f"http://testserver/{path}",
        lambda path: path.rstrip("/") + ".json",
        lambda path: path.rstrip("/") + "%2e",
        lambda path: path.rstrip("/") + "%2f",
        lambda path: path.upper(),
        lambda path: path + "..;/",
    ],
    ids=["no slash", "two slashes", "slashes before", ".json", "%2e", "%2f", "capitals", "..;"],
)
def test_no_other_spelling_of_an_address_gets_through(visitor, world, spelling):
    client = visitor("other group")
    answers = {}
    for case in CASES:
        if EXPECTED[key(case, "GET")]["other group"] == "404":
            path = spelling(address(case, world))
            asked = ask(client, "GET", path)
            answers[path] = (asked.status, asked.response.get("Location", ""))
    let_through = {path: answer for path, answer in answers.items() if answer[0] not in {301, 404, 405}}
    assert let_through == {}
    assert not [answer for answer in answers.values() if answer[1] and not answer[1].startswith("/")]


# --- Objects of others ---


MISSING = {
    "slug": "nowhere",
    **dict.fromkeys(("older", "newer"), "nowhere"),
    **{name: str(uuid.uuid4()) for name in ("public_id", "thing_id", "key")},
    "name": "1999-00",
    "token": "1-1-0123456789abcdef.x",
    "secret": "never-was",
}


def test_what_somebody_may_not_see_is_answered_like_what_does_not_exist(visitor, world):
    client = visitor("other group")
    compared = 0
    for case in CASES:
        if not case.on or not case.fill(world) or EXPECTED[key(case, "GET")]["other group"] != "404":
            continue
        parts = {name: str(value) for name, value in case.fill(world).items()}
        path = address(case, world)
        nowhere = "/boards/nowhere/"
        for name, missing in MISSING.items():
            nowhere = path.replace(parts[name], missing) if name in parts else nowhere
        if parts.keys() == {"pk"}:
            nowhere = reverse(case.route, kwargs={"pk": 10**9})
        hidden, missing = ask(client, "GET", path), ask(client, "GET", nowhere)
        assert hidden.told == missing.told, path
        compared += 1
    assert compared > 20


def test_access_ends_with_the_place_at_the_next_request(visitor, world):
    client = visitor("member")
    place = world.people["member"].person.appointments.get()
    path = world.in_session.get_absolute_url()
    assert ask(client, "GET", path).status == 200
    place.ends_at = timezone.now()
    place.save()
    assert ask(client, "GET", path).status == 404


def test_access_begins_with_the_place_and_not_before(visitor, world):
    client = visitor("place not begun")
    place = world.people["place not begun"].person.appointments.get()
    path = world.in_session.get_absolute_url()
    assert ask(client, "GET", path).status == 404
    place.starts_at = timezone.now()
    place.save()
    assert ask(client, "GET", path).status == 200


def test_a_part_in_another_area_opens_nothing_here(visitor, world):
    """Not even to that area's team, but for what is its own: a board that it shares, and planning its own meetings."""
    client = visitor("other area's team")
    seen = [
        address(case, world)
        for case in CASES
        if case.on
        and "published" not in case.on
        and not case.is_secret
        and case.route != "reminders:off"  # for whoever holds the mail
        and ask(client, "GET", address(case, world)).status not in {404, 405}
    ]
    own = ["/boards/shared/chair/", "/boards/shared/terms/new/", "/meetings/new/"]
    assert sorted(seen) == [*own, "/password/reset/1-cx1-00000000000000000000000000000000/"]


# --- What nobody declared ---


def test_a_view_that_says_nothing_of_access_does_not_exist(visitor, world, settings, caplog):
    settings.ROOT_URLCONF = "tests.access.careless_urls"
    for role in ("public", "team"):
        client = visitor(role)
        assert ask(client, "GET", "/forgotten/").status == 404
        assert ask(client, "POST", "/forgotten/").status == 404
    assert "No access is declared for forgotten/" in caplog.text


def test_a_rule_that_fails_lets_nobody_in(visitor, world, monkeypatch):
    """A broken rule is a fault of ours; it must not become an open door."""
    for broken in (lambda user: None, lambda user: 1 / 0):
        monkeypatch.setitem(files.RULES, world.open_file.kind, broken)
        asked = ask(visitor("member"), "GET", world.open_file.get_absolute_url())
        assert asked.status in {404, 500}
        assert b"%PDF" not in asked.content
