"""
Who sees a case: the queryset, the verdict and the page give one answer, for every kind of person of the oracle.

For whoever is not on it, its addresses answer like those of what does not exist, and nothing else knows of it.
"""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client

from partnerships.granting import rules
from partnerships.roles import Act
from partnerships.standing import standing_of
from reviews import access, subjects
from reviews.models import Case
from tests.access import walking
from tests.access import world as worlds
from tests.factories import AnotherAreaFactory, CaseFactory, GrantFactory, TeamMemberFactory
from tests.visitors import confirm

ROLES = [role for role in next(iter(walking.expected().values())) if role != "public"]
ON_IT = {
    "case lead",
    "panel member",
    "independent reviewer",
    "emergency on the case",
    "emergency of the team",
    "scrutineer in the audit",
}
ON_ANOTHER = {"other case", "other area's case lead", "member of many parts"}
ROUTES = [
    case for case in worlds.CASES if case.route.startswith("cases:") and case.on in {"an open case", "a closed case"}
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, made once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def client_of(world, db):
    def of_role(role):
        client = Client()
        client.force_login(world.people[role])
        confirm(client)
        return client

    return of_role


@pytest.mark.parametrize("role", ROLES)
def test_the_queryset_the_verdict_and_the_page_agree(world, client_of, role):
    user = world.people[role]
    client = client_of(role)
    seen = set(Case.objects.visible_to(user))
    for case in Case.objects.all():
        verdict = rules.reaches(standing_of(user), Act.READ_CASE, subjects.CASE, case)
        page = client.get(case.get_absolute_url()).status_code == 200
        assert (case in seen, page) == (verdict, verdict), case
    assert (world.case in seen) == (role in ON_IT)


def test_a_grant_for_a_case_of_another_area_opens_nothing(db):
    grant = GrantFactory(lead=True, thing=CaseFactory(area=AnotherAreaFactory()), person=TeamMemberFactory())
    assert not Case.objects.visible_to(grant.person.user).exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_its_leads_keep_a_case_and_nobody_does_so_without_seeing_it(world, db, role):
    user = world.people[role]
    kept = {case for case in Case.objects.all() if access.may_manage(user, case)}
    assert kept <= set(Case.objects.visible_to(user))
    assert (world.case in kept) == (role == "case lead")


@pytest.mark.parametrize("role", ROLES)
def test_cases_are_named_in_the_head_of_the_page_only_for_those_who_find_any(world, client_of, role):
    listed = b'href="/cases/"' in client_of(role).get("/accessibility/").content
    registers_or_audits = {"team", "excluded from the case", "other area's team", "scrutineer"}
    assert listed == (role in ON_IT | ON_ANOTHER | registers_or_audits)


@pytest.mark.parametrize(
    ("role", "methods"),
    [
        *((role, ["GET"]) for role in sorted(set(ROLES) - ON_IT)),
        *((role, ["POST", "HEAD", "PUT"]) for role in ("team", "excluded from the case", "lead who left the team")),
    ],
)
def test_for_everybody_else_it_answers_like_what_does_not_exist(world, client_of, role, methods):
    client = client_of(role)
    for case in ROUTES:
        if case.on != "an open case":
            continue
        path = walking.address(case, world)
        nowhere = path.replace(str(case.fill(world)["public_id"]), str(uuid.uuid4()))
        for method in methods:
            form = {"data": case.send(world)} if method == "POST" else {}
            hidden, missing = (walking.ask(client, method, address, **form) for address in (path, nowhere))
            assert hidden.told == missing.told, f"{method} {path}"
            assert hidden.status in {404, 405}
            assert not hidden.wrote


@pytest.mark.parametrize("role", sorted(set(ROLES) - ON_IT - ON_ANOTHER))
def test_the_list_of_everybody_else_is_empty_and_says_so_in_the_same_words(world, client_of, role):
    client = client_of(role)
    for query in ("", "?state=all", "?state=closed", "?kind=child", "?page=2"):
        answer = client.get(f"/cases/{query}")
        assert b"You are on no case of this choice." in answer.content


def test_the_titles_of_its_pages_carry_nothing_of_it(world, client_of):
    client = client_of("case lead")
    titles = set()
    for case in ROUTES:
        page = client.get(walking.address(case, world)).content.decode()
        titles |= set(re.findall(r"<title>(.*?)</title>", page))
    assert titles == {"Case – MK Together"}
